import { expect, test } from 'vitest';
import { insertDeliveries } from '../../src/store/deliveries.ts';
import { enqueue, settle } from '../../src/store/outbox.ts';
import { deliveriesSince, waitingIn } from '../../src/store/queue.ts';
import {
  aDelivery,
  after,
  aLetter,
  before,
  claimOne,
  days,
  hours,
  keep,
  minutes,
  NOON,
  onBothEngines,
} from '../builders.ts';

onBothEngines('what waits in the outbox', (store) => {
  const queue = async (id: string, dueAt: Date) => {
    await keep(store.db, aLetter({ id }));
    await enqueue(store.db, { kind: 'confirmation', letterId: id }, dueAt);
  };

  test('is told by kind, and by whether it is due, in hand, or to go later', async () => {
    await queue('claimed', before(NOON, hours(3)));
    await claimOne(store.db, NOON);
    await queue('late', before(NOON, hours(2)));
    await queue('due', NOON);
    await queue('later', after(NOON, 1));

    const kind = 'confirmation';
    expect(await waitingIn(store.db, NOON)).toEqual([
      { kind, stands: 'due', total: 2, oldestDueAt: before(NOON, hours(2)) },
      { kind, stands: 'in hand', total: 1, oldestDueAt: before(NOON, hours(3)) },
      { kind, stands: 'later', total: 1, oldestDueAt: after(NOON, 1) },
    ]);
  });

  test('is due again when whoever had it in hand died', async () => {
    await queue('claimed', NOON);
    await claimOne(store.db, NOON);

    expect(await waitingIn(store.db, after(NOON, minutes(5)))).toMatchObject([{ stands: 'due' }]);
  });

  test('is nothing that is done with', async () => {
    await queue('done', NOON);
    await settle(store.db, (await claimOne(store.db, NOON))!.id, 'accepted', NOON);

    expect(await waitingIn(store.db, NOON)).toEqual([]);
  });
});

onBothEngines('deliveries', (store) => {
  test('are counted by state, from a day on', async () => {
    await keep(store.db, aLetter());
    const old = before(NOON, days(8));
    for (const [id, state, movedAt] of [
      ['1', 'handed over', NOON],
      ['2', 'handed over', NOON],
      ['3', 'refused', NOON],
      ['4', 'refused', old],
    ] as const)
      await insertDeliveries(store.db, [aDelivery({ id, to: `councillor:${id}` as never, state, movedAt })]);

    expect(await deliveriesSince(store.db, before(NOON, days(7)))).toEqual(
      new Map([
        ['handed over', 2],
        ['refused', 1],
      ]),
    );
  });
});
