import { beforeEach, describe, expect, test } from 'vitest';
import { forgetOneLetter } from '../../src/actions/delete-my-data.ts';
import { tellOfHeld } from '../../src/actions/tell-of-held.ts';
import { mpId } from '../../src/domain/addressee.ts';
import { DELIVERY_LIFE, type DeliveryState } from '../../src/domain/delivery.ts';
import { LETTER_LIFE, type LetterState } from '../../src/domain/letter.ts';
import { closeDatabase, inTransaction } from '../../src/store/database.ts';
import {
  deliveryById,
  holdDelivery,
  insertDeliveries,
  moveDeliveries,
  moveDelivery,
  reasonOf,
} from '../../src/store/deliveries.ts';
import { holdLetter, letterById, letterStateById } from '../../src/store/letters.ts';
import { unseenNotices } from '../../src/store/notices.ts';
import { atOneMoment, waitingFor } from '../at-one-moment.ts';
import { aDatabase, aDelivery, aLetter, keep, NOON, onBothEngines } from '../builders.ts';

const namesOf = <Name extends string>(life: Readonly<Record<Name, unknown>>) => Object.keys(life) as Name[];

onBothEngines('deleting my data', (store) => {
  test.each(namesOf<LetterState>(LETTER_LIFE))('of a letter that is %s leaves nothing of it', async (state) => {
    await keep(store.db, aLetter({ state }));
    expect(await forgetOneLetter(store.db, 'letter-1', NOON)).toBe(true);

    expect(await letterById(store.db, 'letter-1')).toBeUndefined();
    expect(await letterStateById(store.db, 'letter-1')).toBe(state === 'awaiting confirmation' ? 'withdrawn' : state);
    expect(await forgetOneLetter(store.db, 'letter-1', NOON)).toBe(false);
  });

  const WAITING: readonly DeliveryState[] = ['queued', 'deferred', 'held'];

  test.each(namesOf<DeliveryState>(DELIVERY_LIFE))('withdraws a delivery that is %s if it waits', async (state) => {
    await keep(store.db, aLetter({ state: 'confirmed' }));
    await insertDeliveries(store.db, [aDelivery({ state })]);
    await forgetOneLetter(store.db, 'letter-1', NOON);

    const now = (await deliveryById(store.db, 'delivery-1'))?.state;
    expect(now).toBe(WAITING.includes(state) ? 'withdrawn' : state);
  });

  test('leaves nobody with a letter to look at that is no more', async () => {
    await keep(store.db, aLetter({ state: 'confirmed' }));
    const held = aDelivery({ state: 'held' });
    await insertDeliveries(store.db, [held]);
    await tellOfHeld(store.db, held, {}, NOON);
    await forgetOneLetter(store.db, 'letter-1', NOON);

    expect(await unseenNotices(store.db)).toEqual([]);
  });
});

describe('deleting my data just as a mail server answers', () => {
  const store = aDatabase('postgres');
  beforeEach(async () => {
    await keep(store.db, aLetter({ state: 'confirmed' }));
    await insertDeliveries(store.db, [aDelivery()]);
  });
  const state = async () => (await deliveryById(store.db, 'delivery-1'))?.state;
  const why = { reason: '451 not now, ada@example.org' };

  test.each<DeliveryState>(['deferred', 'held'])(
    'that it is %s leaves nothing that waits for ever',
    async (becomes) => {
      await atOneMoment(
        store,
        (tx) => moveDelivery(tx, aDelivery(), becomes, NOON, why),
        (tx) => forgetOneLetter(tx, 'letter-1', NOON),
      );
      expect(await state()).toBe('withdrawn');
      expect(await reasonOf(store.db, 'delivery-1')).toBeUndefined();
    },
  );

  test('to two copies at once does not lock the two out of each other', async () => {
    const [first, second] = [aDelivery({ state: 'deferred' }), aDelivery({ id: 'delivery-2', to: mpId('S14000061') })];
    await moveDelivery(store.db, aDelivery(), 'deferred', NOON, why);
    await insertDeliveries(store.db, [{ ...second, areaCode: 'S14000061' }]);
    const other = await store.openAgain();
    let noted: Promise<unknown> | undefined;
    await inTransaction(store.db, async (tx) => {
      await holdDelivery(tx, first.id);
      noted = inTransaction(other, (theirs) => moveDeliveries(theirs, [second, first], 'handed over', NOON));
      await expect.poll(() => waitingFor(store.db), { timeout: 10_000 }).toBeGreaterThan(0);
      await forgetOneLetter(tx, 'letter-1', NOON);
    });
    expect(await noted).toEqual([]);
    await closeDatabase(other);
    expect(await state()).toBe('withdrawn');
  });

  test('does not lock the two out of each other', async () => {
    const other = await store.openAgain();
    await inTransaction(store.db, async (tx) => {
      await holdLetter(tx, 'letter-1');
      await inTransaction(other, (theirs) => moveDelivery(theirs, aDelivery(), 'deferred', NOON, why));
      await forgetOneLetter(tx, 'letter-1', NOON);
    });
    await closeDatabase(other);
    expect(await state()).toBe('withdrawn');
  });
});
