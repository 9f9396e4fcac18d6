import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { closeDatabase, openDatabase } from '../../src/store/database.ts';
import { moveToPostgres } from '../../src/store/move.ts';
import type { Tell } from '../../src/store/move-table.ts';
import { aPostgresDatabase, SEALER } from '../builders.ts';

/** More than are copied, and more than are compared, at a time. */
const ROWS = 1_234;

type Value = string | number | null;
type Rows = Readonly<Record<string, Value>>[];

let folder: string;
let file: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pennypost-move-'));
  file = join(folder, 'pennypost.sqlite');
  await closeDatabase(await openDatabase({ databaseUrl: null, file, sealer: SEALER }));
  fill(file);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let target: Awaited<ReturnType<typeof aPostgresDatabase>>;
let client: Client;
beforeEach(async () => {
  target = await aPostgresDatabase(inject('postgresUrl'));
  client = new Client({ connectionString: target.databaseUrl });
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await target.remove();
});

const moved = (tell: Tell = () => {}, from = file) =>
  moveToPostgres({ file: from, databaseUrl: target.databaseUrl, tell });
const tablesThere = async () => {
  const { rows } = await client.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
  );
  return rows.map(({ name }) => name);
};
const makeTables = async () =>
  closeDatabase(await openDatabase({ databaseUrl: target.databaseUrl, file: '', sealer: SEALER }));

describe('moving a campaign to PostgreSQL', () => {
  test('takes every row of every table along, and leaves the file as it was', async () => {
    const before = readFileSync(file);
    const told: Parameters<Tell>[0][] = [];
    const tables = tablesIn(file);
    expect(await moved((progress) => told.push(progress))).toEqual({ ok: true, value: ROWS * tables.length });

    expect(
      told
        .filter(({ compared }) => compared)
        .map(({ table }) => table)
        .toSorted(),
    ).toEqual(tables);
    for (const table of tables) {
      const { rows } = await client.query<Record<string, Value>>(`select * from "${table}"`);
      expect([table, inOrder(rows)]).toEqual([table, inOrder(rowsIn(file, table))]);
    }
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('goes into a database whose tables are there and empty', async () => {
    await makeTables();
    expect(await moved()).toMatchObject({ ok: true });
  });

  test('takes rows along that only nothing and something tell apart, and rows that are the same', async () => {
    const alike = join(folder, 'alike.sqlite');
    copyFileSync(file, alike);
    const source = new DatabaseSync(alike);
    source.exec(`insert into letter_log select letter_id, step, delivery_id, at, state, null from letter_log where step <= 5;
      insert into letter_log select letter_id, step, delivery_id, at, state, why from letter_log where step <= 2`);
    source.close();

    const tables = tablesIn(file);
    expect(await moved(undefined, alike)).toEqual({ ok: true, value: ROWS * tables.length + 5 + 4 });
    const { rows } = await client.query<Record<string, Value>>('select * from letter_log');
    expect(inOrder(rows)).toEqual(inOrder(rowsIn(alike, 'letter_log')));
  });

  test('leaves nothing behind when a row arrives other than it left', async () => {
    await makeTables();
    await client.query(`create function one_more() returns trigger language plpgsql
      as 'begin if new.total = 700 then new.total = 701; end if; return new; end'`);
    await client.query('create trigger one_more before insert on counts for each row execute function one_more()');

    await expect(moved()).rejects.toThrow(/The table counts is not the same on both sides/);
    expect((await client.query('select * from campaigns')).rows).toEqual([]);
  });

  test('leaves nothing behind when a row does not arrive', async () => {
    await makeTables();
    await client.query(`create function lost() returns trigger language plpgsql
      as 'begin if new.total = 1234 then return null; end if; return new; end'`);
    await client.query('create trigger lost before insert on counts for each row execute function lost()');

    await expect(moved()).rejects.toThrow(/The table counts/);
    expect((await client.query('select * from campaigns')).rows).toEqual([]);
  });
});

describe('is refused, and changes nothing,', () => {
  test('without a file', async () => {
    expect(await moved(undefined, join(folder, 'nowhere'))).toEqual({ ok: false, error: 'no-database' });
  });

  test('while a server has the file open', async () => {
    const db = await openDatabase({ databaseUrl: null, file, sealer: SEALER });
    expect(await moved()).toEqual({ ok: false, error: 'in-use' });
    await closeDatabase(db);
    expect(await tablesThere()).toEqual([]);
  });

  test.each([-1, 1])('when the file is of another version (%i)', async (step) => {
    const older = join(folder, `other${step}.sqlite`);
    copyFileSync(file, older);
    const source = new DatabaseSync(older);
    source.exec(`update schema_version set version = version + ${step}`);
    source.close();
    expect(await moved(undefined, older)).toEqual({ ok: false, error: 'source-of-other-version' });
    expect(await tablesThere()).toEqual([]);
  });

  test.each([-1, 1])('when the tables in PostgreSQL are of another version (%i)', async (step) => {
    await makeTables();
    await client.query(`update schema_version set version = version + ${step}`);
    expect(await moved()).toEqual({ ok: false, error: 'target-of-other-version' });
  });

  test('when there is a row in PostgreSQL', async () => {
    await makeTables();
    await client.query(`insert into remembered values ('key', '1', 0)`);
    expect(await moved()).toEqual({ ok: false, error: 'target-not-empty' });
    expect((await client.query('select * from campaigns')).rows).toEqual([]);
  });

  test('when PostgreSQL holds the tables of something else', async () => {
    await client.query('create table letters (id integer)');
    expect(await moved()).toEqual({ ok: false, error: 'target-not-empty' });
    expect(await tablesThere()).toEqual(['letters']);
  });
});

/** Rows for every table there is, whatever it will be: text beyond ASCII, quotes and line breaks, large numbers, and nothing where nothing may be. */
function fill(into: string): void {
  const db = new DatabaseSync(into, { enableForeignKeyConstraints: false });
  db.exec('begin');
  for (const table of tablesIn(into)) {
    const columns = db.prepare('select name, type, "notnull", pk from pragma_table_info(?)').all(table);
    const parents = db.prepare('select "from", "table", "to" from pragma_foreign_key_list(?)').all(table);
    const insert = db.prepare(`insert into "${table}" values (${columns.map(() => '?').join()})`);
    for (let row = 1; row <= ROWS; row++)
      insert.run(
        ...columns.map(({ name, type, notnull, pk }) => {
          const parent = parents.find(({ from }) => from === name);
          if (parent) return text(String(parent['to']), row);
          if (!Number(notnull) && !Number(pk) && row % 3 === 0) return null;
          if (type === 'TEXT') return text(String(name), row);
          return type === 'bigint' || type === 'BIGINT' ? 1_763_900_000_000 + row : row;
        }),
      );
  }
  db.exec('commit');
  if (db.prepare('pragma foreign_key_check').all().length > 0) throw new Error('The rows do not refer to one another');
  db.close();
}

function text(column: string, row: number): string {
  return `${column} ${row} “Ŵ བོད 🙂”\n'quoted' \\ "twice"`;
}

function tablesIn(sqlite: string): string[] {
  return read(
    sqlite,
    `select name from sqlite_schema where type = 'table' and name <> 'schema_version' order by 1`,
  ).map(({ name }) => String(name));
}

function rowsIn(sqlite: string, table: string): Rows {
  return read(sqlite, `select * from "${table}"`);
}

function read(sqlite: string, query: string): Rows {
  const db = new DatabaseSync(sqlite);
  const rows = db.prepare(query).all() as Rows;
  db.close();
  return rows;
}

/** As text, numbers too (the driver gives large ones as text), in an order of their own. */
function inOrder(rows: Rows): string[] {
  return rows
    .map((row) =>
      JSON.stringify(Object.entries(row).map(([name, value]) => [name, value === null ? null : `${value}`])),
    )
    .toSorted();
}
