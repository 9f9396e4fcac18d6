import { CamelCasePlugin, Kysely } from 'kysely';
import type { Database, Disk } from './handle.ts';
import { migrate } from './migrate.ts';
import type { Schema } from './schema.ts';
import type { Sealer } from './seal.ts';
import { sqliteIn } from './sqlite.ts';

export type { Database };

interface Options {
  /** "postgres://…"; null: SQLite in `file`. */
  readonly databaseUrl: string | null;
  readonly file: string;
  readonly sealer: Sealer;
}

/** Opens the database and brings its tables up to date. Throws when it cannot be reached or a newer program has written it. */
export async function openDatabase({ databaseUrl, file, sealer }: Options): Promise<Database> {
  const { dialect, disk } = databaseUrl === null ? sqliteIn(file) : await postgresAt(databaseUrl);
  const sql = new Kysely<Schema>({ dialect, plugins: [new CamelCasePlugin()] });
  const db: Database = { sql, engine: databaseUrl === null ? 'sqlite' : 'postgres', sealer, disk };
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
  const disk: Disk = { waitAtCommit: () => {}, onDisk: async () => {} }; // a commit there is answered when it is
  return { dialect: postgresDialect(databaseUrl), disk };
}

/**
 * Does all of `work` or, if it throws, none of it. An expected failure that is returned commits what was written before it.
 * Inside a transaction it joins that one.
 */
export function inTransaction<T>(db: Database, work: (tx: Database) => Promise<T>): Promise<T> {
  if (db.sql.isTransaction) return work(db);
  return db.sql.transaction().execute((sql) => work({ ...db, sql }));
}

/**
 * For what nobody has been told yet and what may be lost when the power goes, such as a claim: it does not wait for the disk. What is committed
 * after it is never on the disk without it. PostgreSQL never keeps the whole process waiting, so there it is done as everything else.
 */
export function withoutDiskWait<T>(db: Database, work: (db: Database) => Promise<T>): Promise<T> {
  if (db.engine === 'postgres' || db.sql.isTransaction) return work(db);
  return db.sql.connection().execute(async (connection) => {
    db.disk.waitAtCommit(false);
    try {
      return await work({ ...db, sql: connection });
    } finally {
      db.disk.waitAtCommit(true);
    }
  });
}

export function closeDatabase(db: Database): Promise<void> {
  return db.sql.destroy();
}
