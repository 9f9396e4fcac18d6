import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { sql, type QueryExecutorProvider } from 'kysely';

/** Told as it goes: so many rows of a table are copied; at the end all of them, and the same on both sides. */
export type Tell = (progress: { readonly table: string; readonly rows: number; readonly compared: boolean }) => void;

/** A table as SQLite describes it. */
export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  /** What its rows are put in order by: its primary key, or, where it has none, all its columns. */
  readonly order: readonly { readonly name: string; readonly isText: boolean }[];
  readonly refersTo: readonly string[];
}

type Row = readonly (string | number | null)[];

const BATCH = 200; // rows; PostgreSQL takes at most 65,535 values in one statement
const FETCHED = 1_000;
const TOLD_EVERY = 10_000;

/** Every table but the one that holds the version; a table comes after those it refers to. */
export function tablesOf(source: DatabaseSync): readonly Table[] {
  const names = source
    .prepare(`select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' and name <> ?`)
    .all('schema_version')
    .map(({ name }) => String(name));
  const waiting = names.map((name) => describe(source, name));
  const ordered: Table[] = [];
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ name, refersTo }) =>
      refersTo.every((other) => other === name || ordered.some((done) => done.name === other)),
    );
    if (next === -1)
      throw new Error(`These tables refer to one another: ${waiting.map(({ name }) => name).join(', ')}`);
    ordered.push(...waiting.splice(next, 1));
  }
  return ordered;
}

function describe(source: DatabaseSync, name: string): Table {
  const columns = source.prepare('select name, type, pk from pragma_table_info(?) order by cid').all(name);
  const references = source.prepare('select distinct "table" as name from pragma_foreign_key_list(?)').all(name);
  const key = columns
    .filter(({ pk }) => Number(pk) > 0)
    .toSorted((one, other) => Number(one['pk']) - Number(other['pk']));
  const order = (key.length > 0 ? key : columns).map((column) => ({
    name: String(column['name']),
    isText: column['type'] === 'TEXT',
  }));
  return { name, columns: namesIn(columns), order, refersTo: namesIn(references) };
}

function namesIn(rows: readonly Record<string, unknown>[]): string[] {
  return rows.map(({ name }) => String(name));
}

/** Copies the rows of one table, then reads them back and compares each. Gives how many. */
export async function moveTable(
  source: DatabaseSync,
  target: QueryExecutorProvider,
  table: Table,
  tell: Tell,
): Promise<number> {
  let copied = 0;
  let batch: Row[] = [];
  const flush = async () => {
    if (batch.length > 0) await insert(target, table, batch);
    copied += batch.length;
    if (batch.length > 0 && copied % TOLD_EVERY < batch.length)
      tell({ table: table.name, rows: copied, compared: false });
    batch = [];
  };
  for (const row of rowsIn(source, table)) if (batch.push(row) === BATCH) await flush();
  await flush();

  await compare(rowsIn(source, table), rowsOut(target, table), table);
  tell({ table: table.name, rows: copied, compared: true });
  return copied;
}

/** Byte by byte, and nothing before something: the one order that both sides have. */
function* rowsIn(source: DatabaseSync, { name, columns, order }: Table): Generator<Row> {
  const bytes = order.map((one) => (one.isText ? quoted(one.name) : `cast(${quoted(one.name)} as text)`));
  const statement = source.prepare(
    `select ${columns.map(quoted).join()} from ${quoted(name)} order by ${bytes.map((one) => `${one} nulls first`).join()}`,
  );
  for (const row of statement.iterate()) yield columns.map((column) => plain(row[column], name));
}

function quoted(name: string): string {
  return `"${name}"`;
}

function plain(value: unknown, table: string): string | number | null {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  throw new Error(`The table ${table} has a value that is neither text nor a number`);
}

async function insert(target: QueryExecutorProvider, { name, columns }: Table, rows: readonly Row[]): Promise<void> {
  const values = sql.join(rows.map((row) => sql`(${sql.join(row)})`));
  await sql`insert into ${sql.table(name)} (${sql.join(columns.map((one) => sql.ref(one)))}) values ${values}`.execute(
    target,
  );
}

async function* rowsOut(target: QueryExecutorProvider, { name, columns, order }: Table): AsyncGenerator<Row> {
  const bytes = sql.join(order.map((one) => sql`${sql.ref(one.name)}::text collate "C" nulls first`));
  const selected = sql.join(columns.map((one) => sql.ref(one)));
  await sql`declare moved no scroll cursor for select ${selected} from ${sql.table(name)} order by ${bytes}`.execute(
    target,
  );
  for (;;) {
    const { rows } = await sql<Record<string, unknown>>`fetch ${sql.lit(FETCHED)} from moved`.execute(target);
    for (const row of rows) yield columns.map((column) => plain(row[column], name));
    if (rows.length < FETCHED) break;
  }
  await sql`close moved`.execute(target);
}

async function compare(here: Iterable<Row>, there: AsyncIterable<Row>, { name }: Table): Promise<void> {
  const ours = here[Symbol.iterator]();
  let same = 0;
  for await (const row of there) {
    const next = ours.next();
    if (next.done || hashOf(next.value) !== hashOf(row))
      throw new Error(`The table ${name} is not the same on both sides after ${same} rows`);
    same++;
  }
  if (!ours.next().done)
    throw new Error(`The table ${name} has more than ${same} rows in SQLite, and not in PostgreSQL`);
}

function hashOf(row: Row): string {
  return createHash('sha256').update(JSON.stringify(row)).digest('hex');
}
