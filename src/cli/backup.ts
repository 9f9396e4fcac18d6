import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { backUp, type BackupProblem } from '../store/backup.ts';
import { refuse, say, type Verb } from './verb.ts';

export const backup: Verb = {
  words: 'backup',
  usage: `FILE
      Copies the database, as it is at this moment, into a new file and checks it. The server goes on meanwhile.
      What is sealed in it can be read only with the SECRET_KEY: keep that elsewhere.
`,
  async run([file, ...rest]) {
    if (file === undefined || rest.length > 0) return null;
    const { databaseUrl, varDir } = readConfig(process.env);
    if (databaseUrl !== null) return refuse(WITH_PG_DUMP);

    const database = join(varDir, 'pennypost.sqlite');
    const made = backUp(database, file);
    if (!made.ok) return refuse(WHY_NOT[made.error](file, database));
    const { version, letters, deliveries } = made.value;
    say(`${file} is whole: ${letters} letters and ${deliveries} deliveries, version ${version} of the tables.\n`);
    return 0;
  },
};

const WITH_PG_DUMP = `This campaign is on PostgreSQL, which has a tool of its own for that: pg_dump --format=custom --file=FILE "$DATABASE_URL"\n`;

const WHY_NOT: Readonly<Record<BackupProblem, (file: string, database: string) => string>> = {
  'no-database': (_, database) => `There is no database ${database}: is VAR_DIR the one of the server?\n`,
  'file-exists': (file) => `There is a file ${file} already, and it stays. Name one that is not there yet.\n`,
  'part-exists': (file) =>
    `There is a file ${file}.part: another backup is being made, or one broke off. In the latter case delete it.\n`,
  'not-writable': (file) => `${file}.part cannot be written: is its folder there, and yours to write in?\n`,
  'no-room': (file) => `There is not enough room on the disk for ${file}.\n`,
  damaged: (file, database) =>
    `The copy of ${database} is not sound, so there is no ${file}. The disk or the database may be damaged: docs/operating.md says what to do.\n`,
};
