import { beforeEach, expect, test } from 'vitest';
import { councilId } from '../../src/domain/addressee.ts';
import { deliveriesOf, deliveryById, insertDeliveries, moveDelivery, reasonOf } from '../../src/store/deliveries.ts';
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

  test('handed over has no reason', async () => {
    await insertDeliveries(store.db, [aDelivery()]);
    await moveDelivery(store.db, DELIVERY, 'handed over', NOON);

    expect(await reasonOf(store.db, 'delivery-1')).toBeUndefined();
  });
});
