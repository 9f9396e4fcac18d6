import { expect, test } from 'vitest';
import { mpId } from '../../src/domain/addressee.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { addNotice, allNotices, countUnseen, markSeen, unseenNotices } from '../../src/store/notices.ts';
import { after, NOON, onBothEngines } from '../builders.ts';

const CHANGED: Notice = {
  kind: 'mp changed',
  areaCode: 'E14001085',
  addresseeId: mpId('E14001085'),
  detail: { from: 'Mo Member', to: null },
};

onBothEngines('a notice', (store) => {
  test('is kept until somebody has seen it', async () => {
    expect(await addNotice(store.db, CHANGED, NOON)).toBe(true);

    const [kept] = await unseenNotices(store.db);
    expect(kept).toEqual({ ...CHANGED, id: kept?.id, at: NOON, seenAt: null });
    expect(await countUnseen(store.db)).toBe(1);

    expect(await markSeen(store.db, [kept?.id ?? ''], after(NOON, 1))).toEqual([kept?.id]);
    expect(await unseenNotices(store.db)).toEqual([]);
    expect(await countUnseen(store.db)).toBe(0);
    expect(await allNotices(store.db)).toMatchObject([{ seenAt: after(NOON, 1) }]);
  });

  test('is told once, in whatever order its details come, and not again once it was seen', async () => {
    await addNotice(store.db, CHANGED, NOON);
    const again = { ...CHANGED, detail: { to: null, from: 'Mo Member' } };

    expect(await addNotice(store.db, again, after(NOON, 1))).toBe(false);
    const [kept] = await unseenNotices(store.db);
    expect(kept?.at).toEqual(NOON);
    await markSeen(store.db, [kept?.id ?? ''], NOON);
    expect(await addNotice(store.db, again, after(NOON, 2))).toBe(false);
    expect(await unseenNotices(store.db)).toEqual([]);
  });

  test.each([
    ['kind', { kind: 'contact failing' }],
    ['area', { areaCode: 'E14001086' }],
    ['addressee', { addresseeId: null }],
    ['detail', { detail: { from: 'Mo Member', to: 'Ada Next' } }],
  ] as const)('of another %s is another notice', async (_, other) => {
    await addNotice(store.db, CHANGED, NOON);

    expect(await addNotice(store.db, { ...CHANGED, ...other }, after(NOON, 1))).toBe(true);
    expect(await unseenNotices(store.db)).toMatchObject([CHANGED, { ...CHANGED, ...other }]);
  });

  test('that does not exist is not marked', async () => {
    await addNotice(store.db, CHANGED, NOON);

    expect(await markSeen(store.db, ['nothing'], NOON)).toEqual([]);
    expect(await markSeen(store.db, [], NOON)).toEqual([]);
    expect(await countUnseen(store.db)).toBe(1);
  });

  test('keeps the time at which it was first seen', async () => {
    await addNotice(store.db, CHANGED, NOON);
    const [kept] = await unseenNotices(store.db);
    await markSeen(store.db, [kept?.id ?? ''], NOON);
    await markSeen(store.db, [kept?.id ?? ''], after(NOON, 1));

    expect(await allNotices(store.db)).toMatchObject([{ seenAt: NOON }]);
  });
});
