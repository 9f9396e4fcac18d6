import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { backUp } from '../../src/store/backup.ts';
import { closeDatabase, openDatabase } from '../../src/store/database.ts';
import { aLetter, keep, SEALER } from '../builders.ts';
import { askOperators, handOver, startProgram, type Program } from '../programs.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pennypost-backup-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a backup', () => {
  const database = () => join(folder, 'pennypost.sqlite');
  const file = () => join(folder, 'backup.sqlite');
  beforeEach(async () => {
    const db = await openDatabase({ databaseUrl: null, file: database(), sealer: SEALER });
    await db.sql.insertInto('campaigns').values({ id: 'hikvision', createdAt: 0 }).execute();
    await keep(db, aLetter());
    await closeDatabase(db);
  });
  const damage = () => {
    const bytes = readFileSync(database());
    bytes.fill(7, 2 * 4096 + 10, 6 * 4096);
    writeFileSync(database(), bytes);
  };

  test('is whole, of the same tables, and nobody else’s to read', () => {
    expect(backUp(database(), file())).toMatchObject({ ok: true, value: { letters: 1, deliveries: 0 } });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    const copy = new DatabaseSync(file(), { readOnly: true });
    expect(copy.prepare('select id from letters').all()).toEqual([{ id: 'letter-1' }]);
    copy.close();
  });

  test('leaves nothing else behind, neither beside itself nor beside the database', () => {
    backUp(database(), file());
    expect(readdirSync(folder).toSorted()).toEqual(['backup.sqlite', 'pennypost.sqlite']);
  });

  test('holds what stands only in the log so far, and waits for no writer', async () => {
    const db = await openDatabase({ databaseUrl: null, file: database(), sealer: SEALER });
    const writing = new DatabaseSync(database());
    writing.exec(`begin immediate; update letters set own_words = 99`);
    expect(backUp(database(), file())).toMatchObject({ ok: true, value: { letters: 1 } });
    writing.close();
    await closeDatabase(db);
  });

  test.each([
    ['part-exists', () => writeFileSync(`${file()}.part`, '')],
    ['no-database', () => rmSync(database())],
    ['damaged', damage],
  ] as const)('is refused: %s', (problem, arrange) => {
    arrange();
    expect(backUp(database(), file())).toEqual({ ok: false, error: problem });
    expect(existsSync(file())).toBe(false);
  });

  test('is refused where a file of that name is, which stays as it was', () => {
    writeFileSync(file(), 'yesterday’s');
    expect(backUp(database(), file())).toEqual({ ok: false, error: 'file-exists' });
    expect(readFileSync(file(), 'utf8')).toBe('yesterday’s');
  });

  test('is refused where its folder is not there', () => {
    expect(backUp(database(), join(folder, 'nowhere/backup'))).toEqual({ ok: false, error: 'not-writable' });
  });
});

describe('on the command line', () => {
  test('says what it made, why not, and which tool PostgreSQL has for it', { timeout: 60_000 }, async () => {
    const file = join(folder, 'backup.sqlite');
    const settings = { VAR_DIR: join(folder, 'var') };
    expect((await askOperators(settings, 'backup', file)).said).toContain('There is no database');
    await askOperators(settings, 'notices');
    expect(await askOperators(settings, 'backup', file)).toEqual({
      status: 0,
      said: expect.stringMatching(
        /backup\.sqlite is whole: 0 letters and 0 deliveries, version \d+ of the tables\.\n$/,
      ),
    });
    expect(await askOperators(settings, 'backup', file)).toMatchObject({ status: 1 });
    expect(await askOperators(settings, 'backup')).toMatchObject({ status: 1 });

    const { status, said } = await askOperators({ DATABASE_URL: 'postgres://ada:secret@db.example/x' }, 'backup', file);
    expect([status, said]).toEqual([1, expect.stringContaining('pg_dump --format=custom')]);
    expect(said).not.toContain('secret');
  });
});

describe('restoring', () => {
  const running: Program[] = [];
  const start = async (varDir: string) => {
    const program = await startProgram({ VAR_DIR: varDir });
    running.push(program);
    return program;
  };
  afterEach(async () => {
    for (const program of running.splice(0)) await program.stop();
  });

  test(
    'a backup made while letters come in gives every letter that was kept by then',
    { timeout: 90_000 },
    async () => {
      const [varDir, restored, file] = ['var', 'restored', 'backup.sqlite'].map((name) => join(folder, name)) as [
        string,
        string,
        string,
      ];
      const server = await start(varDir);
      const kept: string[] = [];
      const enough = new AbortController();
      const writing = [1, 2, 3].map(async (writer) => {
        for (let letter = 1; !enough.signal.aborted; letter++)
          kept.push(await handOver(server.url, `ada.${writer}.${letter}@example.org`));
      });
      await expect.poll(() => kept.length, { timeout: 30_000 }).toBeGreaterThan(20);

      const before = [...kept];
      expect(await askOperators({ VAR_DIR: varDir }, 'backup', file)).toMatchObject({ status: 0 });
      const meanwhile = kept.length - before.length;
      const after = kept.length;
      await expect.poll(() => kept.length, { timeout: 30_000 }).toBeGreaterThan(after + 5);
      enough.abort();
      await Promise.all(writing);
      await server.stop();
      expect(meanwhile).toBeGreaterThan(0);

      mkdirSync(restored);
      copyFileSync(file, join(restored, 'pennypost.sqlite'));
      copyFileSync(join(varDir, 'secret-key'), join(restored, 'secret-key'));
      const again = await start(restored);
      const statusOf = async (path: string) => (await fetch(new URL(path, again.url))).status;
      expect(await Promise.all(before.map(statusOf))).toEqual(before.map(() => 200));
      expect(await statusOf(kept.at(-1)!)).toBe(404);
      await handOver(again.url, 'bob@example.org');
    },
  );
});
