import { existsSync, readFileSync } from 'node:fs';
import { importContacts } from '../actions/import-contacts.ts';
import { readConfig } from '../config.ts';
import { readContacts } from '../records/contacts-file.ts';
import { readCouncils } from '../records/councils.ts';
import { closeDatabase } from '../store/database.ts';
import { openStore } from './store.ts';
import { refuse, say, type Verb } from './verb.ts';

export const contactsImport: Verb = {
  words: 'contacts import',
  usage: `FILE
      Takes in where councils want their mail, from a CSV file with the columns
      code        the council's official code: E09000028
      email       the council's own address for letters
      source      where you found it: a web address, a phone call
      checked_on  the day you found it: 2026-11-23
`,
  async run([file, ...rest]) {
    if (file === undefined || rest.length > 0) return null;
    if (!existsSync(file)) return refuse(`There is no file ${file}.\n`);

    const contacts = readContacts(readFileSync(file, 'utf8'), readCouncils(new URL('../../data/', import.meta.url)));
    if (!contacts.ok)
      return refuse(
        `Nothing was taken in. Mend these lines of ${file} and try again:\n${contacts.error.map((line) => `  ${line}\n`).join('')}`,
      );

    const db = await openStore(readConfig(process.env));
    await importContacts(db, contacts.value);
    await closeDatabase(db);
    say(`${contacts.value.length} addresses taken in. A running server uses them within a minute.\n`);
    return 0;
  },
};
