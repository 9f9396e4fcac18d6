import { expect, test } from 'vitest';
import { claimDuty, giveDutyBack } from '../../src/store/duties.ts';
import { after, before, days, hours, NOON, onBothEngines } from '../builders.ts';

onBothEngines('a duty', (store) => {
  const claim = (now: Date) => claimDuty(store.db, 'chores', now, hours(1));

  test('is one process’s, and every duty by itself', async () => {
    const claims = await Promise.all([1, 2, 3].map(() => claim(NOON)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await claimDuty(store.db, 'alarm: late', NOON, days(1))).toBe(true);
    expect(await claimDuty(store.db, 'alarm: bouncing', NOON, days(1))).toBe(true);
  });

  test('is whoever’s looks first once its time is over', async () => {
    await claim(NOON);
    expect(await claim(after(NOON, hours(1) - 1))).toBe(false);
    expect(await claim(after(NOON, hours(1)))).toBe(true);
    expect(await claim(after(NOON, hours(1)))).toBe(false);
  });

  test('can be given back', async () => {
    await claim(NOON);
    await giveDutyBack(store.db, 'chores');
    expect(await claim(NOON)).toBe(true);
  });

  test('waits for a clock that was set back, but not for one that was far ahead', async () => {
    await claim(NOON);
    expect(await claim(before(NOON, hours(1)))).toBe(false);
    expect(await claim(before(NOON, hours(1) + 1))).toBe(true);
    expect(await claim(before(NOON, hours(1)))).toBe(false);
  });
});
