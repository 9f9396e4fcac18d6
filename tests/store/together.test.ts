import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { inPassing, inTransaction, type Database } from '../../src/store/database.ts';
import { pause, pausesOn } from '../../src/store/pauses.ts';
import { together } from '../../src/store/together.ts';
import { aDatabase, NOON, onBothEngines } from '../builders.ts';

const names = ['campaign:1', 'campaign:2', 'campaign:3', 'campaign:4', 'campaign:5'] as const;
const kept = async (db: Database) => (await pausesOn(db)).map(({ scope }) => scope);

onBothEngines('work that is committed together', (store) => {
  test('is all there once it is done, few or many', async () => {
    const write = together(store.db);
    await write((tx) => pause(tx, 'everything', NOON));
    expect(await kept(store.db)).toEqual(['everything']);

    await Promise.all(names.map((name) => write((tx) => pause(tx, name, NOON))));
    expect(await kept(store.db)).toEqual([...names, 'everything']);
  });

  test('loses nothing by one that fails, which leaves nothing behind and hears why', async () => {
    const write = together(store.db);
    const all = names.map((name) =>
      write(async (tx) => {
        await pause(tx, name, NOON);
        if (name === 'campaign:2') throw new Error('the letter is odd');
      }),
    );
    const ends = await Promise.allSettled(all);

    expect(ends.map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, true, true]);
    expect(ends[1]).toMatchObject({ reason: { message: 'the letter is odd' } });
    expect(await kept(store.db)).toEqual(names.filter((name) => name !== 'campaign:2'));
  });
});

describe('on SQLite', () => {
  const store = aDatabase();

  test('work that comes at the same time shares a transaction', async () => {
    const write = together(store.db);
    let open = 0;
    const keptAfter = names.slice(0, 4).map(async (name) => {
      await write(async (tx) => {
        open++;
        await pause(tx, name, NOON);
      });
      return (await kept(store.db)).length;
    });

    expect(await Promise.all(keptAfter)).toEqual([4, 4, 4, 4]);
    expect(open).toBe(4);
  });

  test('what is done in passing does not wait for the disk, and what comes after it does, also when it failed', async () => {
    const waits = async (db: Database) =>
      (await sql<{ synchronous: number }>`pragma synchronous`.execute(db.sql)).rows[0]?.synchronous;
    const [NORMAL, FULL] = [1, 2];

    for (let time = 0; time < 2; time++) {
      expect(await inPassing(store.db, waits)).toBe(NORMAL);
      expect(await waits(store.db)).toBe(FULL);
    }
    await expect(inPassing(store.db, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await waits(store.db)).toBe(FULL);
    expect(await inTransaction(store.db, (tx) => inPassing(tx, waits))).toBe(FULL);
  });
});
