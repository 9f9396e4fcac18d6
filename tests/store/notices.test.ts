import { expect, test } from 'vitest';
import { mpId } from '../../src/domain/addressee.ts';
import type { Notice } from '../../src/domain/notice.ts';
import {
  allNotices,
  countUnseen,
  markSeen,
  raiseNotice,
  settleNotices,
  unseenNotices,
} from '../../src/store/notices.ts';
import { after, NOON, onBothEngines } from '../builders.ts';

const CHANGED: Notice = {
  kind: 'mp changed',
  areaCode: 'E14001085',
  addresseeId: mpId('E14001085'),
  detail: { from: 'Mo Member', to: '' },
};

const { detail: _, ...ABOUT } = CHANGED;

onBothEngines('a notice', (store) => {
  const raise = (notice = CHANGED, at = NOON) => raiseNotice(store.db, notice, at);

  test('is kept until somebody has seen it', async () => {
    expect(await raise()).toBe(true);

    const [kept] = await unseenNotices(store.db);
    expect(kept).toEqual({ ...CHANGED, id: kept?.id, at: NOON, seenAt: null });
    expect(await countUnseen(store.db)).toBe(1);

    expect(await markSeen(store.db, [kept?.id ?? ''], after(NOON, 1))).toEqual([kept?.id]);
    expect(await unseenNotices(store.db)).toEqual([]);
    expect(await countUnseen(store.db)).toBe(0);
    expect(await allNotices(store.db)).toMatchObject([{ seenAt: after(NOON, 1) }]);
  });

  test('is told once, in whatever order its details come, and anew once it was seen', async () => {
    await raise();
    const again = { ...CHANGED, detail: { to: '', from: 'Mo Member' } };

    expect(await raise(again, after(NOON, 1))).toBe(false);
    const [kept] = await unseenNotices(store.db);
    expect(kept?.at).toEqual(NOON);
    await markSeen(store.db, [kept?.id ?? ''], NOON);
    expect(await raise(again, after(NOON, 2))).toBe(true);
    expect(await allNotices(store.db)).toHaveLength(2);
  });

  test.each<[string, Partial<Notice>]>([
    ['kind', { kind: 'contact failing' }],
    ['area', { areaCode: 'E14001086' }],
    ['addressee', { addresseeId: null }],
    ['detail', { detail: { from: 'Mo Member', to: 'Ada Next' } }],
  ])('of another %s is another notice', async (_, other) => {
    await raise();

    expect(await raise({ ...CHANGED, ...other }, after(NOON, 1))).toBe(true);
    expect(await unseenNotices(store.db)).toMatchObject([CHANGED, { ...CHANGED, ...other }]);
  });

  test('that is no longer so counts as seen, whatever its details', async () => {
    await raise();
    await raise({ ...CHANGED, addresseeId: null }, after(NOON, 1));
    await settleNotices(store.db, ABOUT, after(NOON, 2));

    expect(await unseenNotices(store.db)).toMatchObject([{ addresseeId: null }]);
    await settleNotices(store.db, { ...ABOUT, addresseeId: null }, after(NOON, 3));
    expect(await unseenNotices(store.db)).toEqual([]);
  });

  test('that is no longer so in one detail leaves another', async () => {
    await raise();
    await raise({ ...CHANGED, detail: { from: 'Mo Member', to: 'Ada Next' } }, after(NOON, 1));
    await settleNotices(store.db, { ...CHANGED, detail: { to: '', from: 'Mo Member' } }, after(NOON, 2));

    expect(await unseenNotices(store.db)).toMatchObject([{ detail: { to: 'Ada Next' } }]);
  });

  test('that does not exist is not marked', async () => {
    await raise();

    expect(await markSeen(store.db, ['nothing'], NOON)).toEqual([]);
    expect(await markSeen(store.db, [], NOON)).toEqual([]);
    expect(await countUnseen(store.db)).toBe(1);
  });

  test('keeps the time at which it was first seen', async () => {
    await raise();
    const [kept] = await unseenNotices(store.db);
    await markSeen(store.db, [kept?.id ?? ''], NOON);
    await markSeen(store.db, [kept?.id ?? ''], after(NOON, 1));

    expect(await allNotices(store.db)).toMatchObject([{ seenAt: NOON }]);
  });
});
