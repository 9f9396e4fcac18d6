import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { PauseScope } from '../../src/domain/pause.ts';
import { withoutDiskWait, inTransaction, type Database } from '../../src/store/database.ts';
import { pause, pausesOn } from '../../src/store/pauses.ts';
import { together } from '../../src/store/together.ts';
import { aDatabase, NOON, onBothEngines } from '../builders.ts';

const names = ['campaign:1', 'campaign:2', 'campaign:3', 'campaign:4', 'campaign:5'] as const;
const kept = async (db: Database) => (await pausesOn(db)).map(({ scope }) => scope);

const writePauses = async (tx: Database, scopes: readonly PauseScope[]) => {
  for (const scope of scopes) {
    await pause(tx, scope, NOON);
    if (scope === 'campaign:2') throw new Error('the letter is odd');
  }
};

onBothEngines('what is written together', (store) => {
  test('is all there once it is done, few or many', async () => {
    const write = together(store.db, writePauses);
    await write('everything');
    expect(await kept(store.db)).toEqual(['everything']);

    const others = names.filter((name) => name !== 'campaign:2');
    await Promise.all(others.map(write));
    expect(await kept(store.db)).toEqual([...others, 'everything']);
  });

  test('loses nothing by one that fails, which leaves nothing behind and hears why', async () => {
    const ends = await Promise.allSettled(names.map(together(store.db, writePauses)));

    expect(ends.map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, true, true]);
    expect(ends[1]).toMatchObject({ reason: { message: 'the letter is odd' } });
    expect(await kept(store.db)).toEqual(names.filter((name) => name !== 'campaign:2'));
  });

  test('shares a transaction, 24 pieces at most', async () => {
    const sizes: number[] = [];
    const write = together(store.db, async (tx, pieces: readonly number[]) => {
      expect(tx.sql.isTransaction).toBe(true);
      sizes.push(pieces.length);
    });
    await Promise.all(Array.from({ length: 28 }, (_, at) => write(at)));

    expect(sizes).toEqual([24, 4]);
  });
});

describe('on SQLite', () => {
  const store = aDatabase();
  const withDisk = (onDisk: () => Promise<void>) => ({ ...store.db, disk: { ...store.db.disk, onDisk } });

  test('what is written together is done once the disk has it', async () => {
    const disk = Promise.withResolvers<void>();
    const write = together(
      withDisk(() => disk.promise),
      writePauses,
    );
    let done = false;
    const writing = write('everything').then(() => (done = true));
    await expect.poll(() => kept(store.db)).toEqual(['everything']);
    expect(done).toBe(false);

    disk.resolve();
    await writing;
    expect(done).toBe(true);
  });

  test('what the disk does not take is not done', async () => {
    const onDisk = () => Promise.reject(new Error('the disk is broken'));
    await expect(together(withDisk(onDisk), writePauses)('everything')).rejects.toThrow('the disk is broken');
  });

  test('what is done in passing does not wait for the disk, and what comes after it does, also when it failed', async () => {
    const waits = async (db: Database) =>
      (await sql<{ synchronous: number }>`pragma synchronous`.execute(db.sql)).rows[0]?.synchronous;
    const [NORMAL, FULL] = [1, 2];

    for (let time = 0; time < 2; time++) {
      expect(await withoutDiskWait(store.db, waits)).toBe(NORMAL);
      expect(await waits(store.db)).toBe(FULL);
    }
    await expect(withoutDiskWait(store.db, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await waits(store.db)).toBe(FULL);
    expect(await inTransaction(store.db, (tx) => withoutDiskWait(tx, waits))).toBe(FULL);
  });
});
