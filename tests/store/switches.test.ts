import { expect, test } from 'vitest';
import { switchReader } from '../../src/actions/read-switches.ts';
import { switchesOn, switchOff, switchOn } from '../../src/store/switches.ts';
import { after, minutes, NOON, onBothEngines } from '../builders.ts';

onBothEngines('a switch', (store) => {
  test('is off until it is turned on, and then on since that time', async () => {
    expect(await switchesOn(store.db)).toEqual([]);
    await switchOn(store.db, 'dissolution', NOON);
    await switchOn(store.db, 'dissolution', after(NOON, 1));

    expect(await switchesOn(store.db)).toEqual([{ name: 'dissolution', onSince: NOON }]);
  });

  test('is turned off without touching the other', async () => {
    await switchOn(store.db, 'dissolution', NOON);
    await switchOn(store.db, 'pre-election', NOON);
    await switchOff(store.db, 'dissolution');
    await switchOff(store.db, 'dissolution');

    expect(await switchesOn(store.db)).toEqual([{ name: 'pre-election', onSince: NOON }]);
  });

  test('turned by another process is followed within a minute, and not asked for more often', async () => {
    let now = NOON;
    const read = switchReader(store.db, () => now);
    expect([...(await read())]).toEqual([]);
    await switchOn(store.db, 'dissolution', NOON);

    now = after(NOON, minutes(1) - 1);
    expect([...(await read())]).toEqual([]);
    now = after(NOON, minutes(1));
    expect([...(await read())]).toEqual(['dissolution']);
  });
});
