import { CamelCasePlugin, Kysely } from 'kysely';
import type { Database } from './handle.ts';
import { migrate } from './migrate.ts';
import type { Schema } from './schema.ts';
import type { Sealer } from './seal.ts';
import { sqliteDialect } from './sqlite.ts';

export type { Database };

interface Options {
  /** "postgres://…"; null: SQLite in `file`. */
  readonly databaseUrl: string | null;
  readonly file: string;
  readonly sealer: Sealer;
}

/** Opens the database and brings its tables up to date. Throws when it cannot be reached or a newer program has written it. */
export async function openDatabase({ databaseUrl, file, sealer }: Options): Promise<Database> {
  const dialect = databaseUrl === null ? sqliteDialect(file) : await postgresAt(databaseUrl);
  const sql = new Kysely<Schema>({ dialect, plugins: [new CamelCasePlugin()] });
  const db: Database = { sql, engine: databaseUrl === null ? 'sqlite' : 'postgres', sealer };
  try {
    await inTransaction(db, migrate);
    return db;
  } catch (cause) {
    await closeDatabase(db);
    throw cause;
  }
}

/** Its driver is loaded only where it is used: most run on SQLite, on a small server. */
async function postgresAt(databaseUrl: string) {
  const { postgresDialect } = await import('./postgres.ts');
  return postgresDialect(databaseUrl);
}

/**
 * Does all of `work` or, if it throws, none of it. An expected failure that is returned commits what was written before it.
 * Inside a transaction it joins that one.
 */
export function inTransaction<T>(db: Database, work: (tx: Database) => Promise<T>): Promise<T> {
  if (db.sql.isTransaction) return work(db);
  return db.sql.transaction().execute((sql) => work({ ...db, sql }));
}

export function closeDatabase(db: Database): Promise<void> {
  return db.sql.destroy();
}
