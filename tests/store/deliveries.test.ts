import { beforeEach, expect, test } from 'vitest';
import { councilId } from '../../src/domain/addressee.ts';
import {
  deliveriesById,
  deliveriesOf,
  deliveryById,
  insertDeliveries,
  moveDeliveries,
  moveDelivery,
  reasonOf,
} from '../../src/store/deliveries.ts';
import { logOf } from '../../src/store/letter-log.ts';
import { aDelivery, after, aLetter, keep, NOON, onBothEngines } from '../builders.ts';

onBothEngines('a delivery', (store) => {
  const { areaCode: _, ...DELIVERY } = aDelivery();

  beforeEach(async () => {
    await keep(store.db, aLetter());
  });

  test('comes back as it was queued', async () => {
    await insertDeliveries(store.db, [aDelivery()]);

    expect(await deliveryById(store.db, 'delivery-1')).toEqual(DELIVERY);
    expect(await deliveryById(store.db, 'delivery-2')).toBeUndefined();
  });

  test('is one of its letter, and of no other', async () => {
    await keep(store.db, aLetter({ id: 'letter-2' }));
    await insertDeliveries(store.db, [
      aDelivery(),
      aDelivery({ id: 'delivery-2', to: councilId('E09000028') }),
      aDelivery({ id: 'delivery-3', letterId: 'letter-2' }),
    ]);

    expect((await deliveriesOf(store.db, 'letter-1')).map(({ id }) => id)).toEqual(['delivery-1', 'delivery-2']);
    expect(await deliveriesOf(store.db, 'letter-3')).toEqual([]);
  });

  test('goes to each addressee of a letter once', async () => {
    await insertDeliveries(store.db, [aDelivery()]);

    await expect(insertDeliveries(store.db, [aDelivery({ id: 'delivery-2' })])).rejects.toThrow(/unique/i);
  });

  test('may be none at all', async () => {
    await insertDeliveries(store.db, []);

    expect(await deliveriesOf(store.db, 'letter-1')).toEqual([]);
  });

  test('moves once, with the time and the reason', async () => {
    await insertDeliveries(store.db, [aDelivery()]);

    expect(await moveDelivery(store.db, DELIVERY, 'refused', after(NOON, 1), { reason: '550 no such mailbox' })).toBe(
      true,
    );
    expect(await moveDelivery(store.db, DELIVERY, 'handed over', after(NOON, 2))).toBe(false);
    expect(await deliveryById(store.db, 'delivery-1')).toMatchObject({ state: 'refused', movedAt: after(NOON, 1) });
    expect(await reasonOf(store.db, 'delivery-1')).toBe('550 no such mailbox');
  });

  test('moves together with others, each from the state it was seen in', async () => {
    const two = aDelivery({ id: 'delivery-2', to: councilId('E09000028') });
    const three = aDelivery({ id: 'delivery-3', to: councilId('E07000179') });
    await insertDeliveries(store.db, [aDelivery(), two, three]);
    await moveDelivery(store.db, DELIVERY, 'deferred', after(NOON, 1));
    await moveDelivery(store.db, two, 'withdrawn', after(NOON, 2)); // after the others have seen it queued
    const seen = [{ ...DELIVERY, state: 'deferred' as const }, two, three];

    const moved = await moveDeliveries(store.db, seen, 'handed over', after(NOON, 3));
    expect(moved.map(({ id }) => id)).toEqual(['delivery-1', 'delivery-3']);
    const now = await deliveriesById(store.db, ['delivery-1', 'delivery-2', 'delivery-3', 'delivery-4']);
    expect([...now.values()].map(({ id, state }) => `${id} ${state}`).toSorted()).toEqual([
      'delivery-1 handed over',
      'delivery-2 withdrawn',
      'delivery-3 handed over',
    ]);
    const handedOver = (await logOf(store.db, 'letter-1')).filter(({ state }) => state === 'handed over');
    expect(handedOver.map(({ deliveryId }) => deliveryId)).toEqual(['delivery-1', 'delivery-3']);
  });

  test('moves with none of the others where one of them never may', async () => {
    await insertDeliveries(store.db, [aDelivery()]);
    const refused = { ...DELIVERY, id: 'delivery-2', state: 'refused' as const };

    await expect(moveDeliveries(store.db, [DELIVERY, refused], 'handed over', NOON)).rejects.toThrow('never becomes');
    expect(await deliveryById(store.db, 'delivery-1')).toMatchObject({ state: 'queued' });
    expect(await moveDeliveries(store.db, [], 'handed over', NOON)).toEqual([]);
  });

  test('handed over has no reason', async () => {
    await insertDeliveries(store.db, [aDelivery()]);
    await moveDelivery(store.db, DELIVERY, 'handed over', NOON);

    expect(await reasonOf(store.db, 'delivery-1')).toBeUndefined();
  });
});
