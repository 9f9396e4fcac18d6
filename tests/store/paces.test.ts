import { expect, test } from 'vitest';
import { closeDatabase } from '../../src/store/database.ts';
import { takeTurns, type WantedTurn } from '../../src/store/paces.ts';
import { after, minutes, NOON, onBothEngines } from '../builders.ts';

onBothEngines('turns that are taken together', (store) => {
  const wants = (key: string, gapMs: number): WantedTurn => ({ key: [key], gapMs });
  /** Milliseconds from now. */
  const waits = async (wanted: readonly WantedTurn[], now = NOON) =>
    (await takeTurns(store.db, wanted, now)).map((turn) => turn.getTime() - now.getTime());

  test('come one after the other under each key, in the order in which they were asked for', async () => {
    const wanted = [wants('b', 100), wants('a', 10), wants('b', 200), wants('b', 300), wants('a', 20)];

    expect(await waits(wanted)).toEqual([0, 0, 100, 300, 10]);
    expect(await waits([wants('a', 1), wants('b', 1)])).toEqual([30, 600]);
  });

  test('come after those that were taken before, and at once where those are over', async () => {
    await waits([wants('a', minutes(1)), wants('b', minutes(3))]);

    expect(await waits([wants('a', 1), wants('b', 1), wants('b', 1)], after(NOON, minutes(2)))).toEqual([
      0,
      minutes(1),
      minutes(1) + 1,
    ]);
  });

  test('may be none', async () => {
    expect(await waits([])).toEqual([]);
  });

  test('are each somebody’s own among several processes, whatever the order of their keys', async () => {
    const other = await store.openAgain();
    const forth = [wants('a', 1), wants('b', 1), wants('c', 1)];
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        takeTurns(at % 2 ? other : store.db, at % 2 ? forth : forth.toReversed(), NOON),
      ),
    );
    await closeDatabase(other);

    const underB = all.map(([, turn]) => turn!.getTime() - NOON.getTime()).toSorted((one, two) => one - two);
    expect(underB).toEqual(Array.from({ length: 20 }, (_, at) => at));
  });

  test('under a key of today wait for those under older keys', async () => {
    await waits([wants('old', minutes(5)), wants('older', minutes(9)), wants('new', minutes(1))]);
    const rotated = { key: ['new', 'old', 'older'], gapMs: 10 } as const;

    expect(await waits([rotated, rotated])).toEqual([minutes(9), minutes(9) + 10]);
    expect(await waits([rotated], after(NOON, minutes(10)))).toEqual([0]);
  });
});
