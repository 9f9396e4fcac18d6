import { beforeEach, expect, test } from 'vitest';
import { doChores } from '../../src/actions/do-chores.ts';
import { deliveriesIn, deliveryById, insertDeliveries } from '../../src/store/deliveries.ts';
import { insertLetter, letterById } from '../../src/store/letters.ts';
import { sealer } from '../../src/store/seal.ts';
import { aDelivery, after, aLetter, claimOne, days, keep, NOON, onBothEngines } from '../builders.ts';

/** Whoever lost the key of a letter cannot do with it what the chores want to. */
const LOST = sealer('a secret key that nobody has any more');

onBothEngines('the chores, where a letter is sealed with a key that is lost', (store) => {
  let complaints: unknown[];
  beforeEach(async () => {
    complaints = [];
    const locked = aLetter({ id: 'letter-0', state: 'confirmed' });
    await insertLetter({ ...store.db, sealer: LOST }, locked, { person: 'bea', fingerprint: 'another letter' });
    await keep(store.db, aLetter({ state: 'confirmed' }));
    await insertDeliveries(store.db, [
      aDelivery({ id: 'delivery-0', letterId: 'letter-0', state: 'handed over' }),
      aDelivery({ state: 'handed over' }),
    ]);
  });
  const chores = (day: number) => doChores(store.db, after(NOON, days(day)), false, (cause) => complaints.push(cause));
  const sealedOf = async (id: string) => {
    const row = await store.db.sql.selectFrom('letters').select('sealed').where('id', '=', id).executeTakeFirst();
    return row?.sealed ?? null;
  };

  test('settle every delivery, and have every writer asked', async () => {
    await chores(2);
    for (const id of ['delivery-0', 'delivery-1'])
      expect(await deliveryById(store.db, id)).toMatchObject({ state: 'delivered' });
    expect(await claimOne(store.db, after(NOON, days(17)))).toMatchObject({ mail: { letterId: 'letter-0' } });
    expect(await claimOne(store.db, after(NOON, days(17)))).toMatchObject({ mail: { letterId: 'letter-1' } });
    expect(complaints).toEqual([]);
  });

  test('delete the text of all others in time, and in the end what nobody can read as well', async () => {
    await chores(2);
    await chores(45);
    expect(await letterById(store.db, 'letter-1')).toMatchObject({ body: '' });
    expect(await sealedOf('letter-0')).not.toBeNull();

    await chores(73);
    expect(await sealedOf('letter-0')).toBeNull();
    expect(await sealedOf('letter-1')).toBeNull();
    expect(complaints).toEqual([]);
  });
});

onBothEngines('the chores, where the rows of a letter are damaged', (store) => {
  test('settle all others, and say so', async () => {
    const complaints: string[] = [];
    for (let at = 0; at < 3; at++) {
      await keep(store.db, aLetter({ id: `letter-${at}`, state: 'confirmed' }));
      await insertDeliveries(store.db, [
        aDelivery({ id: `delivery-${at}`, letterId: `letter-${at}`, state: 'handed over' }),
      ]);
    }
    const cut = await store.db.sql
      .selectFrom('letters')
      .select('sealed')
      .where('id', '=', 'letter-0')
      .executeTakeFirst();
    await store.db.sql
      .updateTable('letters')
      .set({ sealed: cut!.sealed!.slice(0, -4) as never })
      .where('id', '=', 'letter-0')
      .execute();
    await doChores(store.db, after(NOON, days(2)), false, (cause) => complaints.push(String(cause)));

    expect(complaints).toEqual(['Error: Deliveries that could not be settled: 1']);
    const left = await deliveriesIn(store.db, 'handed over', after(NOON, days(3)), 10);
    expect(left.map(({ id }) => id)).toEqual(['delivery-0']);
  });
});
