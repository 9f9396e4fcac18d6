import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import type { Database } from '../src/store/database.ts';
import type { SealedText } from '../src/store/seal.ts';

/** A value of the database, and where it stands. */
export interface Value {
  /** "letters.sealed". */
  readonly where: string;
  readonly text: string;
}

/** Every value of every column of every table that the database has, also those that the program does not know. */
export async function everythingIn(db: Database): Promise<readonly Value[]> {
  const tables = await namesOfTables(db);
  const all: Value[] = [];
  for (const table of tables) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(db.sql);
    for (const row of rows)
      for (const [column, value] of Object.entries(row))
        if (value !== null) all.push({ where: `${table}.${column}`, text: String(value) });
  }
  return all;
}

async function namesOfTables(db: Database): Promise<readonly string[]> {
  const { rows } = await (
    db.engine === 'sqlite'
      ? sql<{ name: string }>`select name from sqlite_schema where type = 'table'`
      : sql<{ name: string }>`select table_name as name from information_schema.tables where table_schema = 'public'`
  ).execute(db.sql);
  return rows.map(({ name }) => name);
}

/** What was sealed, opened; anything else as it stands. */
export function opened(db: Database, { text }: Value): string {
  return db.sealer.keyIds.some((id) => text.startsWith(`${id}.`)) ? db.sealer.open(text as SealedText) : text;
}

/** The bytes of a SQLite database: of its file, and of the files beside it. */
export function bytesOf(file: string): string {
  return ['', '-wal', '-shm'].map((ending) => readFileSync(`${file}${ending}`, 'latin1')).join('');
}
