import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { CamelCasePlugin, Kysely, sql, type Transaction } from 'kysely';
import { err, ok, type Result } from '../domain/result.ts';
import { migrate, TABLES_VERSION } from './migrate.ts';
import { moveTable, tablesOf, type Tell } from './move-table.ts';
import type { Schema } from './schema.ts';

export type MoveProblem =
  | 'no-database'
  | 'in-use'
  | 'source-of-other-version'
  | 'target-of-other-version'
  | 'target-not-empty';

interface Needs {
  /** The SQLite file. It stays as it is. */
  readonly file: string;
  readonly databaseUrl: string;
  readonly tell: Tell;
}

/**
 * Copies a whole campaign from SQLite into an empty PostgreSQL database and compares every row: all of it or, if anything goes wrong, nothing.
 * Nobody can write to the file meanwhile. Gives how many rows there are.
 */
export async function moveToPostgres({ file, databaseUrl, tell }: Needs): Promise<Result<number, MoveProblem>> {
  if (!existsSync(file)) return err('no-database');
  const source = openAlone(file);
  if (!source) return err('in-use');
  const target = await openTarget(databaseUrl);
  try {
    if (versionIn(source) !== TABLES_VERSION) return err('source-of-other-version');
    return ok(await target.transaction().execute((tx) => moveAll(source, tx, tell)));
  } catch (cause) {
    if (cause instanceof Refused) return err(cause.problem);
    throw cause;
  } finally {
    source.close();
    await target.destroy();
  }
}

/** Thrown to have the transaction undone. */
class Refused extends Error {
  readonly problem: MoveProblem;
  constructor(problem: MoveProblem) {
    super(problem);
    this.problem = problem;
  }
}

const BUSY = 5;

/** Undefined when another process has it open: what that one wrote afterwards would stay behind. */
function openAlone(file: string): DatabaseSync | undefined {
  const source = new DatabaseSync(file, { timeout: 1_000 });
  try {
    source.exec('pragma locking_mode = exclusive; begin exclusive');
    return source;
  } catch (cause) {
    source.close();
    if ((cause as { errcode?: number }).errcode === BUSY) return undefined;
    throw cause;
  }
}

async function openTarget(databaseUrl: string): Promise<Kysely<Schema>> {
  const { postgresDialect } = await import('./postgres.ts');
  return new Kysely<Schema>({ dialect: postgresDialect(databaseUrl), plugins: [new CamelCasePlugin()] });
}

function versionIn(source: DatabaseSync): number {
  return Number(source.prepare('select version from schema_version').get()?.['version']);
}

async function moveAll(source: DatabaseSync, tx: Transaction<Schema>, tell: Tell): Promise<number> {
  await makeReady(tx);
  const target = tx.withoutPlugins(); // tables and columns by the names they have
  const tables = tablesOf(source);
  for (const { name } of tables) {
    const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(target);
    if (rows.length > 0) throw new Refused('target-not-empty');
  }

  let total = 0;
  for (const table of tables) total += await moveTable(source, target, table, tell);
  return total;
}

/** Tables where there are none; where there are some, they must be ours, and of our version. */
async function makeReady(tx: Transaction<Schema>): Promise<void> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = current_schema()`.execute(tx);
  if (tables.length === 0) return migrate({ sql: tx, engine: 'postgres' });
  if (!tables.some(({ name }) => name === 'schema_version')) throw new Refused('target-not-empty');
  const { rows } = await sql<{ version: number }>`select version from schema_version`.execute(tx);
  if (rows[0]?.version !== TABLES_VERSION) throw new Refused('target-of-other-version');
}
