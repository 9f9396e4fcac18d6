import { beforeEach, expect, test } from 'vitest';
import { insertDeliveries } from '../../src/store/deliveries.ts';
import { forwardsOf, keepReturn, returnsOf } from '../../src/store/returned-mails.ts';
import { aDelivery, after, aLetter, keep, NOON, onBothEngines } from '../builders.ts';

onBothEngines('what came back', (store) => {
  const bounce = { kind: 'hard bounce', reason: 'no such mailbox', once: 'abc', at: NOON } as const;
  const reply = { kind: 'reply', reason: null, once: 'def', at: after(NOON, 1) } as const;
  beforeEach(async () => {
    await keep(store.db, aLetter({ state: 'confirmed' }));
    await insertDeliveries(store.db, [aDelivery()]);
  });

  test('is kept once, with its first time', async () => {
    expect(await keepReturn(store.db, 'delivery-1', bounce)).toBe(true);
    expect(await keepReturn(store.db, 'delivery-1', { ...bounce, at: after(NOON, 5) })).toBe(false);
    expect(await returnsOf(store.db, 'delivery-1')).toEqual([bounce]);
  });

  test('is kept once where it comes twice at the same moment', async () => {
    const kept = await Promise.all([1, 2, 3].map(() => keepReturn(store.db, 'delivery-1', bounce)));
    expect(kept.filter(Boolean)).toHaveLength(1);
  });

  test('to one delivery is not what came to another', async () => {
    await keep(store.db, aLetter({ id: 'letter-2', state: 'confirmed' }));
    await insertDeliveries(store.db, [aDelivery({ id: 'delivery-2', letterId: 'letter-2' })]);
    await keepReturn(store.db, 'delivery-1', bounce);

    expect(await keepReturn(store.db, 'delivery-2', bounce)).toBe(true);
    expect(await returnsOf(store.db, 'delivery-2')).toHaveLength(1);
  });

  test('of a delivery that never was is refused', async () => {
    await expect(keepReturn(store.db, 'delivery-3', bounce)).rejects.toThrow(/foreign key/i);
  });

  test('tells replies from the rest', async () => {
    await keepReturn(store.db, 'delivery-1', reply);
    await keepReturn(store.db, 'delivery-1', bounce);

    expect(await forwardsOf(store.db, 'delivery-1')).toMatchObject([{ once: 'def', at: after(NOON, 1) }]);
    expect(await returnsOf(store.db, 'delivery-1')).toEqual([bounce, reply]);
  });
});
