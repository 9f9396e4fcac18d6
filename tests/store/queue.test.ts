import { beforeEach, expect, test } from 'vitest';
import { councilId, mpId } from '../../src/domain/addressee.ts';
import type { PauseScope } from '../../src/domain/pause.ts';
import { insertDeliveries } from '../../src/store/deliveries.ts';
import { enqueue, settle } from '../../src/store/outbox.ts';
import { pause, resume, resumedAt } from '../../src/store/pauses.ts';
import { deliveriesSince, waitingIn } from '../../src/store/queue.ts';
import {
  aDelivery,
  after,
  aLetter,
  before,
  CAMPAIGN,
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

const MP = mpId('E14001085');
const COUNCIL = councilId('E09000028');

onBothEngines('what waits while something is paused', (store) => {
  const standing = async () =>
    (await waitingIn(store.db, NOON)).map(({ kind, stands, total }) => [kind, stands, total]);

  beforeEach(async () => {
    await keep(store.db, aLetter());
    await insertDeliveries(store.db, [
      aDelivery({ id: 'to-mp', to: MP }),
      aDelivery({ id: 'to-council', to: COUNCIL }),
    ]);
    for (const deliveryId of ['to-mp', 'to-council'])
      await enqueue(store.db, { kind: 'letter', letterId: 'letter-1', deliveryId }, NOON);
    await enqueue(store.db, { kind: 'question', letterId: 'letter-1' }, NOON);
    await enqueue(store.db, { kind: 'question again', letterId: 'letter-1' }, after(NOON, days(7)));
  });

  test.each<[PauseScope, readonly (readonly [string, string, number])[]]>([
    [
      'everything',
      [
        ['letter', 'paused', 2],
        ['question', 'paused', 1],
      ],
    ],
    [
      `campaign:${CAMPAIGN}`,
      [
        ['letter', 'paused', 2],
        ['question', 'paused', 1],
      ],
    ],
    [
      'campaign:another',
      [
        ['letter', 'due', 2],
        ['question', 'due', 1],
      ],
    ],
    [
      `to:${MP}`,
      [
        ['letter', 'due', 1],
        ['letter', 'paused', 1],
        ['question', 'due', 1],
      ],
    ],
    [
      `to:${mpId('E14001086')}`,
      [
        ['letter', 'due', 2],
        ['question', 'due', 1],
      ],
    ],
  ])('is told apart: %s', async (scope, expected) => {
    await pause(store.db, scope, NOON);
    expect(await standing()).toEqual([...expected, ['question again', 'later', 1]]);
  });

  test('is paused for several reasons, and due once none is left', async () => {
    await pause(store.db, `to:${MP}`, NOON);
    await pause(store.db, `to:${COUNCIL}`, NOON);
    expect(await standing()).toContainEqual(['letter', 'paused', 2]);

    await resume(store.db, `to:${MP}`, NOON);
    await resume(store.db, `to:${COUNCIL}`, after(NOON, 1));
    expect(await standing()).toContainEqual(['letter', 'due', 2]);
    expect(await resumedAt(store.db)).toEqual(after(NOON, 1));
  });

  test('is not let go by what was not paused', async () => {
    await resume(store.db, 'everything', NOON);
    expect(await resumedAt(store.db)).toBeUndefined();
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
