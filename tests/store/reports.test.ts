import { expect, test } from 'vitest';
import { mpId } from '../../src/domain/addressee.ts';
import { insertReport, markHandled, unhandledReports } from '../../src/store/reports.ts';
import { after, NOON, onBothEngines } from '../builders.ts';

const ABOUT = { addresseeId: mpId('E14001085'), areaCode: 'E14001085', what: 'left office', note: null } as const;

onBothEngines('reports of contacts', (store) => {
  test('wait, the oldest first, until a person has dealt with them', async () => {
    await insertReport(store.db, { ...ABOUT, id: 'second', at: after(NOON, 1) });
    await insertReport(store.db, { ...ABOUT, id: 'first', at: NOON });
    expect((await unhandledReports(store.db)).map(({ id }) => id)).toEqual(['first', 'second']);
    expect(await markHandled(store.db, ['first', 'nonesuch'], after(NOON, 2))).toEqual(['first']);
    expect((await unhandledReports(store.db)).map(({ id }) => id)).toEqual(['second']);
  });

  test('may be said to be dealt with twice, or none of them', async () => {
    await insertReport(store.db, { ...ABOUT, id: 'one', at: NOON });
    expect(await markHandled(store.db, [], NOON)).toEqual([]);
    expect(await unhandledReports(store.db)).toHaveLength(1);
    for (const _ of [1, 2]) expect(await markHandled(store.db, ['one'], NOON)).toEqual(['one']);
  });
});
