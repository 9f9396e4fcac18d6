import { sql, type QueryExecutorProvider } from 'kysely';
import type { Database } from './handle.ts';
import { firstLetter } from './migrations/0001-first-letter.ts';
import { people } from './migrations/0002-people.ts';
import { delivery } from './migrations/0003-delivery.ts';
import { returns } from './migrations/0004-returns.ts';
import { secretKeys } from './migrations/0005-secret-keys.ts';
import { countsByTime } from './migrations/0006-counts-by-time.ts';
import { turnsWithoutTimes } from './migrations/0007-turns-without-times.ts';

/** Brings the tables from one version to the next. Runs once, inside the transaction that notes the version. */
type Migration = (db: QueryExecutorProvider) => Promise<void>;

/** Oldest first. What has been released is never edited: add the next one. */
const MIGRATIONS: readonly Migration[] = [
  firstLetter,
  people,
  delivery,
  returns,
  secretKeys,
  countsByTime,
  turnsWithoutTimes,
];

/** Of the tables that this program knows. */
export const TABLES_VERSION = MIGRATIONS.length;

const LOCK = 7_366_990; // any number that no other program on the server uses

/** Runs the migrations this database has not seen, inside the caller's transaction, one process at a time. */
export async function migrate(db: Pick<Database, 'sql' | 'engine'>): Promise<void> {
  // SQLite needs no lock of its own: our transactions take the file's only write lock when they begin.
  if (db.engine === 'postgres') await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(db.sql);

  const version = await versionOf(db);
  if (version > TABLES_VERSION) throw new NewerDatabase(version);
  for (const migration of MIGRATIONS.slice(version)) await migration(db.sql);
  await sql`update schema_version set version = ${TABLES_VERSION}`.execute(db.sql);
}

/** Whether the tables are as this program knows them: a newer one may have changed them since it started. */
export async function tablesAreCurrent(db: Database): Promise<boolean> {
  const { rows } = await sql<{ version: number }>`select version from schema_version`.execute(db.sql);
  return rows[0]?.version === TABLES_VERSION;
}

async function versionOf(db: Pick<Database, 'sql'>): Promise<number> {
  await sql`create table if not exists schema_version (version integer not null)`.execute(db.sql);
  const { rows } = await sql<{ version: number }>`select version from schema_version`.execute(db.sql);
  const [row] = rows;
  if (!row) await sql`insert into schema_version (version) values (0)`.execute(db.sql);
  return row?.version ?? 0;
}

/** The database was written by a newer program than this one. */
export class NewerDatabase extends Error {
  constructor(version: number) {
    super(
      `The database was written by a newer Pennypost (version ${version} of its tables; this program knows ${TABLES_VERSION}). Start the newer program, or restore a backup from before it.`,
    );
  }
}
