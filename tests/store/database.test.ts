import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { closeDatabase, inTransaction, openDatabase, type Database } from '../../src/store/database.ts';
import { letterById } from '../../src/store/letters.ts';
import { countsOf } from '../../src/store/counts.ts';
import { forgetBefore, recall, remember } from '../../src/store/remembered.ts';
import { aDatabase, after, aLetter, keep, NOON, onBothEngines, SEALER } from '../builders.ts';

onBothEngines('a database', (store) => {
  test('keeps what it has when it is opened again', async () => {
    await remember(store.db, 'key', 'answer', NOON);
    const again = await store.openAgain();

    expect(await recall(again, 'key')).toMatchObject({ answer: 'answer' });
    await closeDatabase(again);
  });

  test('counts right when three processes count at once', async () => {
    await Promise.all([1, 2, 3].map(() => countTenTimes(store.where)));

    expect(await countsOf(store.db, 'counted')).toMatchObject([{ total: 30 }]);
  });

  test('written by a newer program is refused, and says what to do', async () => {
    await sql`update schema_version set version = version + 1`.execute(store.db.sql);

    await expect(store.openAgain()).rejects.toThrow(/newer Pennypost.*Start the newer program/);
    await sql`update schema_version set version = version - 1`.execute(store.db.sql);
  });

  test('does all of a transaction or none of it', async () => {
    const failing = inTransaction(store.db, async (tx) => {
      await remember(tx, 'key', 'answer', NOON);
      throw new Error('the power went');
    });

    await expect(failing).rejects.toThrow('the power went');
    expect(await recall(store.db, 'key')).toBeUndefined();
  });

  test('lets a transaction inside a transaction fail with it', async () => {
    const failing = inTransaction(store.db, async (tx) => {
      await inTransaction(tx, (inner) => remember(inner, 'key', 'answer', NOON));
      throw new Error('the power went');
    });

    await expect(failing).rejects.toThrow('the power went');
    expect(await recall(store.db, 'key')).toBeUndefined();
  });

  test('keeps what others write out of a transaction that fails', async () => {
    const failing = inTransaction(store.db, async (tx) => {
      await remember(tx, 'mine', 1, NOON);
      throw new Error('the power went');
    });
    await Promise.allSettled([failing, remember(store.db, 'theirs', 2, NOON)]);

    expect(await recall(store.db, 'mine')).toBeUndefined();
    expect(await recall(store.db, 'theirs')).toMatchObject({ answer: 2 });
  });
});

/** SQLite's own way to a full disk: it may take no page more than it has. */
async function fillUp(db: Database): Promise<void> {
  const { rows } = await sql<{ pageCount: number }>`pragma page_count`.execute(db.sql);
  await sql`pragma max_page_count = ${sql.lit(rows[0]?.pageCount)}`.execute(db.sql);
}

async function makeRoom(db: Database): Promise<void> {
  await sql`pragma max_page_count = 4294967294`.execute(db.sql);
}

async function countTenTimes({ databaseUrl, file }: { databaseUrl: string | null; file: string }): Promise<void> {
  const script = new URL('counting-process.ts', import.meta.url).pathname;
  await promisify(execFile)(process.execPath, [script, databaseUrl ?? '', file]);
}

describe('a database in a file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pennypost-test-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const open = (file: string) => openDatabase({ databaseUrl: null, file, sealer: SEALER });

  test('is made in a folder that was not there', async () => {
    const file = join(folder, 'a/b/pennypost.db');
    await closeDatabase(await open(file));

    expect(existsSync(file)).toBe(true);
  });

  test('is made ready once when three processes start at once', async () => {
    const file = join(folder, 'pennypost.db');
    await Promise.all([1, 2, 3].map(() => countTenTimes({ databaseUrl: null, file })));
    const db = await open(file);

    expect(await countsOf(db, 'counted')).toMatchObject([{ total: 30 }]);
    await closeDatabase(db);
  });

  test('has each commit on the disk before it answers, and lets readers read meanwhile', async () => {
    const db = await open(join(folder, 'pennypost.db'));

    expect((await sql`pragma synchronous`.execute(db.sql)).rows).toEqual([{ synchronous: 2 }]);
    expect((await sql`pragma journal_mode`.execute(db.sql)).rows).toEqual([{ journalMode: 'wal' }]);
    expect((await sql`pragma foreign_keys`.execute(db.sql)).rows).toEqual([{ foreignKeys: 1 }]);
    expect((await sql`pragma busy_timeout`.execute(db.sql)).rows).toEqual([{ timeout: 5000 }]);
    await closeDatabase(db);
  });

  test('overwrites what is deleted', async () => {
    const file = join(folder, 'pennypost.db');
    const db = await open(file);
    await remember(db, 'key', 'the words of somebody', NOON);
    await sql`pragma wal_checkpoint(truncate)`.execute(db.sql);
    expect(readFileSync(file).toString('latin1')).toContain('the words of somebody');

    await forgetBefore(db, after(NOON, 1));
    await closeDatabase(db);
    expect(readFileSync(file).toString('latin1')).not.toContain('the words of somebody');
  });

  test('that finds no room says so, keeps nothing of what it could not finish, and goes on when there is room', async () => {
    const db = await open(join(folder, 'pennypost.db'));
    await fillUp(db);
    const writing = inTransaction(db, async (tx) => {
      await remember(tx, 'a key', 'short', NOON);
      await remember(tx, 'another', 'x'.repeat(100_000), NOON);
    });
    await expect(writing).rejects.toThrow(/database or disk is full/);
    expect(await recall(db, 'a key')).toBeUndefined();

    await makeRoom(db);
    await remember(db, 'a key', 'long', NOON);
    expect(await recall(db, 'a key')).toMatchObject({ answer: 'long' });
    await closeDatabase(db);
  });

  test('holds no name, address or sentence that can be read without the key', async () => {
    const file = join(folder, 'pennypost.db');
    const db = await open(file);
    await sql`insert into campaigns (id, created_at) values ('hikvision', 0)`.execute(db.sql);
    const letter = await keep(db, aLetter());
    expect(await letterById(db, letter.id)).toEqual(letter);
    await closeDatabase(db);

    const bytes = readFileSync(file).toString('latin1');
    for (const word of ['Ada', 'ada@example.org', 'Example Street', 'SE1 2DL', 'Southwark', 'Mo Member', 'look into'])
      expect(bytes).not.toContain(word);
  });
});

describe('a database on a PostgreSQL server', () => {
  const store = aDatabase('postgres');

  test('is made ready once when three processes start at once', async () => {
    await sql`drop schema public cascade`.execute(store.db.sql);
    await sql`create schema public`.execute(store.db.sql);
    await Promise.all([1, 2, 3].map(() => countTenTimes(store.where)));

    expect(await countsOf(store.db, 'counted')).toMatchObject([{ total: 30 }]);
  });
});

test('a PostgreSQL server that is not there is said to be, within seconds', async () => {
  const databaseUrl = 'postgres://nobody@127.0.0.1:1/nothing';
  await expect(openDatabase({ databaseUrl, file: '', sealer: SEALER })).rejects.toThrow(/ECONNREFUSED/);
});
