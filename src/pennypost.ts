import './node-version.js';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importContacts } from './actions/import-contacts.ts';
import { readConfig, SettingsError, type Config } from './config.ts';
import { readContacts } from './records/contacts-file.ts';
import { readCouncils } from './records/councils.ts';
import { practiceSecretKey } from './secret-key.ts';
import { closeDatabase, openDatabase, type Database } from './store/database.ts';
import { sealer } from './store/seal.ts';

const USAGE = `The operator's command line. It works beside a running server.

  npm run pennypost -- contacts import FILE
      Takes in where councils want their mail, from a CSV file with the columns
      code        the council's official code: E09000028
      email       the council's own address for letters
      source      where you found it: a web address, a phone call
      checked_on  the day you found it: 2026-11-23
`;

/** Does what the operator asks for. Gives the exit code. */
async function run([noun, verb, file, ...rest]: readonly string[]): Promise<number> {
  if (noun !== 'contacts' || verb !== 'import' || file === undefined || rest.length > 0) return refuse(USAGE);
  if (!existsSync(file)) return refuse(`There is no file ${file}.\n`);

  const contacts = readContacts(readFileSync(file, 'utf8'), readCouncils(new URL('../data/', import.meta.url)));
  if (!contacts.ok)
    return refuse(
      `Nothing was taken in. Mend these lines of ${file} and try again:\n${contacts.error.map((line) => `  ${line}\n`).join('')}`,
    );

  const db = await openStore(readConfig(process.env));
  await importContacts(db, contacts.value);
  await closeDatabase(db);
  process.stdout.write(`${contacts.value.length} addresses taken in. A running server uses them within a minute.\n`);
  return 0;
}

function openStore({ secretKey, varDir, databaseUrl }: Config): Promise<Database> {
  return openDatabase({
    databaseUrl,
    file: join(varDir, 'pennypost.sqlite'),
    sealer: sealer(secretKey ?? practiceSecretKey(varDir)),
  });
}

function refuse(text: string): number {
  process.stderr.write(text);
  return 1;
}

try {
  if (existsSync('.env')) process.loadEnvFile('.env');
  process.exitCode = await run(process.argv.slice(2));
} catch (cause) {
  if (!(cause instanceof SettingsError)) throw cause;
  process.exitCode = refuse(`${cause.message}\n`);
}
