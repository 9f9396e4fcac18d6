import { expect, test } from 'vitest';
import { councilId } from '../../src/domain/addressee.ts';
import { changeList, expectLists } from '../../src/store/councillor-lists.ts';
import { insertDeliveries } from '../../src/store/deliveries.ts';
import { keepReturn } from '../../src/store/returned-mails.ts';
import { heldNow, listsByStanding, returnedSince } from '../../src/store/upkeep.ts';
import { aDelivery, aLetter, before, days, keep, NOON, onBothEngines } from '../builders.ts';

onBothEngines('how things are kept up', (store) => {
  test('counts what came back by kind, from a day on', async () => {
    await keep(store.db, aLetter({ state: 'confirmed' }));
    await insertDeliveries(store.db, [aDelivery()]);
    for (const [once, kind, at] of [
      ['1', 'hard bounce', NOON],
      ['2', 'hard bounce', before(NOON, days(7))],
      ['3', 'reply', NOON],
      ['4', 'reply', before(NOON, days(8))],
    ] as const)
      await keepReturn(store.db, 'delivery-1', { once, kind, reason: null, at });

    expect(await returnedSince(store.db, before(NOON, days(7)))).toEqual(
      new Map([
        ['hard bounce', 2],
        ['reply', 1],
      ]),
    );
  });

  test('counts what is held for a person, and since when', async () => {
    expect(await heldNow(store.db)).toEqual({ total: 0, since: undefined });
    await keep(store.db, aLetter({ state: 'confirmed' }));
    await insertDeliveries(store.db, [
      aDelivery({ state: 'held' }),
      aDelivery({ id: 'delivery-2', to: councilId('E09000028'), state: 'held', movedAt: before(NOON, days(20)) }),
      aDelivery({ id: 'delivery-3', to: councilId('E09000001'), movedAt: before(NOON, days(30)) }),
    ]);
    expect(await heldNow(store.db)).toEqual({ total: 2, since: before(NOON, days(20)) });
  });

  test('counts lists of councillors by how they stand', async () => {
    await expectLists(store.db, ['never', 'good', 'failing', 'held'], NOON);
    const believed = { source: 'moderngov', fetchedAt: NOON.getTime() } as const;
    await changeList(store.db, 'good', believed);
    await changeList(store.db, 'failing', { ...believed, problem: 'unavailable' });
    await changeList(store.db, 'held', { ...believed, problem: 'shrunk', held: '{}' });

    expect(await listsByStanding(store.db)).toEqual(
      new Map([
        ['none', 1],
        ['good', 1],
        ['failing', 1],
        ['held', 1],
      ]),
    );
  });
});
