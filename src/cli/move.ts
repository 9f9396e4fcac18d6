import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { moveToPostgres, type MoveProblem } from '../store/move.ts';
import type { Tell } from '../store/move-table.ts';
import { refuse, say, type Verb } from './verb.ts';

export const move: Verb = {
  words: 'move',
  usage: `
      Copies the SQLite database in VAR_DIR into the empty PostgreSQL database that DATABASE_URL names, and compares every row.
      Stop the server first. The file stays as it is.
`,
  async run(rest) {
    if (rest.length > 0) return null;
    const { databaseUrl, varDir } = readConfig(process.env);
    if (databaseUrl === null) return refuse('Set DATABASE_URL to the empty PostgreSQL database to move to.\n');

    const file = join(varDir, 'pennypost.sqlite');
    const moved = await moveToPostgres({ file, databaseUrl, tell });
    if (!moved.ok) return refuse(WHY_NOT[moved.error](file));
    say(`All ${moved.value} rows are in PostgreSQL. Start Pennypost with the same SECRET_KEY and this DATABASE_URL.\n`);
    say(
      `${file} is as it was, and no longer used. It is full of people’s letters: delete it when you have seen that all is well.\n`,
    );
    return 0;
  },
};

const tell: Tell = ({ table, rows, compared }) =>
  say(`${table}: ${rows} ${rows === 1 ? 'row' : 'rows'}${compared ? ', the same on both sides' : ' copied …'}\n`);

const NOTHING = 'Nothing has been copied.';

const WHY_NOT: Readonly<Record<MoveProblem, (file: string) => string>> = {
  'no-database': (file) => `There is no database ${file}: is VAR_DIR the one of the server? ${NOTHING}\n`,
  'in-use': (file) => `A process has ${file} open, and could still write to it. Stop the server first. ${NOTHING}\n`,
  'source-of-other-version': (file) =>
    `${file} was written by another version of Pennypost. Start this one on it once, without DATABASE_URL, and stop it again. ${NOTHING}\n`,
  'target-of-other-version': () =>
    `The PostgreSQL database was made by another version of Pennypost. Name an empty one. ${NOTHING}\n`,
  'target-not-empty': () => `The PostgreSQL database is not empty. Name an empty one. ${NOTHING}\n`,
};
