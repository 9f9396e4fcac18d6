import { expect, test } from 'vitest';
import { turnKeeper } from '../../src/actions/take-turns.ts';
import type { Pace } from '../../src/domain/pace.ts';
import type { OutboxItem } from '../../src/store/outbox.ts';
import { after, hours, minutes, NOON, onBothEngines } from '../builders.ts';

const PACE: Pace = { lettersAnHour: 30, lettersAMinute: 60, connections: 2, hours: null };
const ADA = 'ada@council.example';

onBothEngines('the turn of a letter', (store) => {
  const keeper = (details: Partial<Pace> = {}, chance = 0) => {
    const keeping = {
      now: NOON,
      /** How long a letter waits, and for whose turn; null: it goes at once. */
      wait: async (address: string, paced: OutboxItem['paced'] = null) => {
        const turn = await turns.take(address, { paced });
        if ('until' in turn) return [turn.until.getTime() - keeping.now.getTime(), turn.turnOf];
        keeping.open.push(turn.done);
        return null;
      },
      open: [] as (() => void)[],
    };
    const pace = { ...PACE, ...details };
    const turns = turnKeeper({ db: store.db, pace, chance: () => chance, clock: () => keeping.now });
    return keeping;
  };

  test('to one mailbox comes every two minutes, one after the other, and is taken once', async () => {
    const { wait } = keeper({ connections: 99 });
    expect(await wait(ADA)).toBeNull();
    expect(await wait(ADA)).toEqual([minutes(2), 'mailbox']);
    expect(await wait('ADA@Council.example')).toEqual([minutes(4), 'mailbox']);
    expect(await wait('bo@elsewhere.example')).toBeNull();
  });

  test('is spread out, and never closer than the limit', async () => {
    const { wait } = keeper({ connections: 99 }, 1);
    await wait(ADA);
    expect(await wait(ADA)).toEqual([minutes(2.5), 'mailbox']);
  });

  test('to one domain comes every second', async () => {
    const { wait } = keeper({ connections: 99 });
    expect(await wait(ADA)).toBeNull();
    expect(await wait('bo@council.example')).toEqual([1_000, 'domain']);
    expect(await wait('cy@COUNCIL.example')).toEqual([2_000, 'domain']);
  });

  test('that has come is not asked for again', async () => {
    const keeping = keeper({ connections: 99 });
    await keeping.wait(ADA);
    await keeping.wait(ADA);
    keeping.now = after(NOON, minutes(2));
    expect(await keeping.wait(ADA, 'mailbox')).toBeNull();
    expect(await keeping.wait(ADA, 'domain')).toBeNull();
  });

  test('to a domain waits while two are being handed over to it; others do not', async () => {
    const keeping = keeper();
    expect(await keeping.wait('1@council.example', 'domain')).toBeNull();
    expect(await keeping.wait('2@council.example', 'domain')).toBeNull();
    expect(await keeping.wait('3@council.example', 'domain')).toEqual([1_000, 'domain']);
    expect(await keeping.wait('1@elsewhere.example', 'domain')).toBeNull();

    keeping.open[0]?.();
    expect(await keeping.wait('3@council.example', 'domain')).toBeNull();
  });

  test('comes only in the hours that are set', async () => {
    const keeping = keeper({ hours: { from: 13 * 60, until: 20 * 60 } });
    expect(await keeping.wait(ADA)).toEqual([hours(1), null]);
    keeping.now = after(NOON, hours(1));
    expect(await keeping.wait(ADA)).toBeNull();
  });

  test('is never given to more than thirty in any hour, however many ask', async () => {
    const { wait } = keeper({ connections: 999, lettersAMinute: 60_000 });
    const waits = [];
    for (let count = 0; count < 100; count++) waits.push((await wait(ADA))?.[0] ?? 0);
    const times = waits.map(Number);
    for (const at of times)
      expect(times.filter((time) => time >= at && time < at + hours(1)).length).toBeLessThanOrEqual(30);
  });
});
