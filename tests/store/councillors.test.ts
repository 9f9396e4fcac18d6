import { expect, test } from 'vitest';
import { councillorId } from '../../src/domain/addressee.ts';
import { saveHealth } from '../../src/store/contacts.ts';
import { expectLists, keepList, knownListOf, listStateOf } from '../../src/store/councillor-lists.ts';
import { claimNextList, giveListBack, noteTry } from '../../src/store/councillor-turns.ts';
import { inTransaction } from '../../src/store/database.ts';
import { decidedSeatsOf, decideSeat } from '../../src/store/decided-seats.ts';
import { raiseNotice, settleNotices, unseenNotices } from '../../src/store/notices.ts';
import { noteWard, seenWards } from '../../src/store/wards.ts';
import { after, before, days, minutes, NOON, onBothEngines } from '../builders.ts';
import { aCouncillor, aFoundList, aList, SOUTHWARK } from '../councillor-builders.ts';

onBothEngines('a council’s list', (store) => {
  const keep = (...details: Parameters<typeof aFoundList>) =>
    inTransaction(store.db, (tx) => keepList(tx, aFoundList(...details)));

  test('is kept in its order, with vacancies and addresses', async () => {
    const two = [aCouncillor({ theirId: '9' }), aCouncillor({ theirId: '1', emails: [], party: null })];
    await keep({ councilCode: SOUTHWARK, councillors: two, vacantSeats: ['Abbey', 'Abbey'] });

    expect(await knownListOf(store.db, SOUTHWARK)).toMatchObject({
      source: 'moderngov',
      asOf: NOON,
      vacantSeats: ['Abbey', 'Abbey'],
      councillors: [
        { id: 'councillor:E09000028:9', contacts: [{ email: 'c9@southwark.gov.uk', source: 'moderngov' }] },
        { id: 'councillor:E09000028:1', contacts: [], party: null },
      ],
    });
    expect(await knownListOf(store.db, 'E09000001')).toBeNull();
  });

  test('gives way to a newer one, and to none that is older', async () => {
    await keep(aList(12));
    expect(await keep(aList(3), { at: before(NOON, 1) })).toBe(false);
    expect((await knownListOf(store.db, SOUTHWARK))?.councillors).toHaveLength(12);

    expect(await keep(aList(4), { at: after(NOON, 1), source: 'file' })).toBe(true);
    expect(await knownListOf(store.db, SOUTHWARK)).toMatchObject({ source: 'file', councillors: { length: 4 } });
    expect(await store.db.sql.selectFrom('contacts').selectAll().execute()).toHaveLength(4);
  });

  test('that is new keeps how an address has fared, also under another id', async () => {
    await keep(aList(2));
    const fared = { deliveredAt: NOON, bouncedAt: NOON, hardBounces: 2, failingSince: NOON };
    await saveHealth(store.db, councillorId(SOUTHWARK, '1'), 'c1@southwark.gov.uk', fared);

    const moved = aCouncillor({ theirId: 'new', emails: [{ address: 'C1@southwark.gov.uk', kind: 'official' }] });
    await keep({ ...aList(0), councillors: [moved] }, { at: after(NOON, 1) });
    expect(await knownListOf(store.db, SOUTHWARK)).toMatchObject({ councillors: [{ contacts: [fared] }] });
  });

  test('from a person forgives what failed before they checked it', async () => {
    await keep(aList(1));
    const fared = { deliveredAt: null, bouncedAt: NOON, hardBounces: 2, failingSince: NOON };
    await saveHealth(store.db, councillorId(SOUTHWARK, '1'), 'c1@southwark.gov.uk', fared);
    await keep(aList(1), { at: after(NOON, 1), source: 'file', origins: { 1: 'by telephone' } });

    expect(await knownListOf(store.db, SOUTHWARK)).toMatchObject({
      councillors: [
        { contacts: [{ failingSince: null, hardBounces: 0, confirmedAt: after(NOON, 1), source: 'by telephone' }] },
      ],
    });
  });

  test('is all there or not there at all', async () => {
    await keep(aList(12));
    const twice = { ...aList(0), councillors: [aCouncillor(), aCouncillor()] };

    await expect(keep(twice, { at: after(NOON, 1) })).rejects.toThrow(/unique/i);
    expect(await knownListOf(store.db, SOUTHWARK)).toMatchObject({ asOf: NOON, councillors: { length: 12 } });
  });
});

onBothEngines('a council’s turn to be asked', (store) => {
  const codes = [SOUTHWARK, 'E09000001'];
  const next = (at: Date) => claimNextList(store.db, codes, at).then((state) => state?.councilCode);

  test('is taken once, the longest due first, and only by those who are asked', async () => {
    await expectLists(store.db, ['E06000001', ...codes], NOON);
    await noteTry(store.db, 'E09000001', aTry(before(NOON, 1)));

    expect(await next(NOON)).toBe('E09000001');
    expect(await next(NOON)).toBe(SOUTHWARK);
    expect(await next(NOON)).toBeUndefined();
  });

  test('comes back a minute after whoever took it died, and at once from whoever gives it back', async () => {
    await expectLists(store.db, [SOUTHWARK], NOON);
    await next(NOON);
    expect(await next(after(NOON, minutes(1) - 1))).toBeUndefined();
    expect(await next(after(NOON, minutes(1)))).toBe(SOUTHWARK);

    await giveListBack(store.db, SOUTHWARK, NOON);
    expect(await next(NOON)).toBe(SOUTHWARK);
  });

  test('is not brought forward by being expected again', async () => {
    await expectLists(store.db, [SOUTHWARK], NOON);
    await noteTry(store.db, SOUTHWARK, aTry(after(NOON, days(1))));
    await expectLists(store.db, [SOUTHWARK], NOON);

    expect(await next(NOON)).toBeUndefined();
    expect(await listStateOf(store.db, SOUTHWARK)).toMatchObject({ failures: 2, problem: 'too-slow' });
  });

  test('goes to one of two processes', async () => {
    await expectLists(store.db, codes, NOON);
    const other = await store.openAgain();
    const taken = await Promise.all([next(NOON), claimNextList(other, codes, NOON).then((it) => it?.councilCode)]);
    await other.sql.destroy();

    expect(new Set(taken)).toEqual(new Set(codes));
  });

  const aTry = (nextTryAt: Date) => {
    return { at: NOON, nextTryAt, problem: 'too-slow', failures: 2, failingSince: NOON } as const;
  };
});

onBothEngines('what is known of wards', (store) => {
  const ABBEY = { code: 'E05000001', name: 'Abbey', councilCode: SOUTHWARK, kind: 'ward' } as const;

  test('is their latest name, by council', async () => {
    await noteWard(store.db, ABBEY, NOON);
    await noteWard(store.db, { ...ABBEY, name: 'Abbey Road' }, after(NOON, 1));
    await noteWard(store.db, { ...ABBEY, code: 'E58000001', councilCode: 'E10000016', kind: 'division' }, NOON);

    expect(await seenWards(store.db, SOUTHWARK)).toEqual([{ ...ABBEY, name: 'Abbey Road' }]);
    expect(await seenWards(store.db)).toHaveLength(2);
  });

  test('is what a person decided last', async () => {
    const decision = { wardCode: ABBEY.code, councilCode: SOUTHWARK, seat: 'Abbey (1)' };
    await decideSeat(store.db, decision, NOON);
    await decideSeat(store.db, { ...decision, seat: 'Abbey (2)' }, NOON);

    expect(await decidedSeatsOf(store.db, SOUTHWARK)).toEqual(new Map([[ABBEY.code, 'Abbey (2)']]));
    expect(await decidedSeatsOf(store.db, 'E10000016')).toEqual(new Map());
  });
});

onBothEngines('a notice', (store) => {
  const HELD = { kind: 'list held', areaCode: SOUTHWARK, addresseeId: null, detail: { doubt: 'shrunk' } } as const;

  test('is raised once, until it is settled', async () => {
    await raiseNotice(store.db, HELD, NOON);
    await raiseNotice(store.db, HELD, after(NOON, 1));
    expect(await unseenNotices(store.db)).toMatchObject([{ ...HELD, at: NOON }]);

    await settleNotices(store.db, { ...HELD, areaCode: 'E09000001' }, NOON);
    expect(await unseenNotices(store.db)).toHaveLength(1);
    await settleNotices(store.db, HELD, after(NOON, 2));
    expect(await unseenNotices(store.db)).toEqual([]);

    await raiseNotice(store.db, HELD, after(NOON, 3));
    expect(await unseenNotices(store.db)).toMatchObject([{ ...HELD, at: after(NOON, 3) }]);
  });
});
