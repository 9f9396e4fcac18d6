import type { LookupFunction } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { coverageOf } from '../../src/actions/coverage.ts';
import { councillorRefresher, type AskCouncil } from '../../src/actions/refresh-councillors.ts';
import { acceptHeld, discardHeldList } from '../../src/actions/take-councillors.ts';
import { sayAll } from '../../src/cli/coverage.ts';
import { openModernGov, type ModernGov } from '../../src/lookup/moderngov.ts';
import { keepList, knownListOf, listStateOf } from '../../src/store/councillor-lists.ts';
import { unseenNotices } from '../../src/store/notices.ts';
import { after, days, hours, minutes, NOON, onBothEngines, type TestStore } from '../builders.ts';
import { aCouncil, aFoundList, aList, SOUTHWARK } from '../councillor-builders.ts';
import { madeUpWards } from '../stand-ins/moderngov-records.ts';
import { startModernGov, WARDS, type ModernGovFault, type ModernGovStandIn } from '../stand-ins/moderngov.ts';

const GOING = new AbortController().signal;
const ALLERDALE = aCouncil({ code: 'E07000026', validUntil: '2023-03-31' });
const HARTLEPOOL = aCouncil({ code: 'E06000001', moderngov: null });
const TO_COME = aCouncil({ code: 'E06000099', validFrom: '2027-04-01' });

/** Somebody who keeps lists fresh, with a clock that stands until it is moved and a chance that is always the middle. */
function aRefresher(store: TestStore, ask: AskCouncil) {
  const refresher = {
    now: NOON,
    complaints: [] as string[],
    /** On the day when the council's turn comes. */
    nextDue: async (stop = GOING) => {
      const row = await store.db.sql.selectFrom('councillorLists').select('nextTryAt').executeTakeFirst();
      if (row) refresher.now = new Date(row.nextTryAt);
      return next(stop);
    },
    dueNow: () => next(GOING),
  };
  const next = councillorRefresher({
    db: store.db,
    councils: [aCouncil(), ALLERDALE, HARTLEPOOL, TO_COME],
    ask,
    chance: () => 0.5,
    complain: (_, detail) => refresher.complaints.push(detail),
    clock: () => refresher.now,
  });
  return refresher;
}

onBothEngines('keeping lists of councillors fresh', (store) => {
  let moderngov: ModernGovStandIn;
  let client: ModernGov;
  let refresher: ReturnType<typeof aRefresher>;
  beforeEach(async () => {
    moderngov = await startModernGov();
    client = openModernGov({ base: moderngov.url, councils: [aCouncil()] });
    refresher = aRefresher(store, client.councillorsOf);
  });
  afterEach(async () => {
    await client.close();
    await moderngov.close();
  });

  const known = () => knownListOf(store.db, SOUTHWARK);
  const state = () => listStateOf(store.db, SOUTHWARK);

  test('asks each council that runs ModernGov today, once a day', async () => {
    expect(await refresher.nextDue()).toBe(true);
    expect(moderngov.requests.map(({ path }) => path.split('/')[1])).toEqual([SOUTHWARK]);
    expect(await known()).toMatchObject({ source: 'moderngov', asOf: NOON, councillors: { length: 12 } });
    expect(await state()).toMatchObject({ problem: null, failures: 0, triedAt: NOON });

    const again = aRefresher(store, client.councillorsOf);
    await again.nextDue();
    expect(again.now).toEqual(after(NOON, days(1)));
  });

  test('asks nobody before it is time', async () => {
    await refresher.nextDue();
    const early = councillorRefresher({
      db: store.db,
      councils: [aCouncil()],
      ask: client.councillorsOf,
      chance: () => 0,
      complain: () => {},
      clock: () => after(NOON, days(1) - 1), // on the middle chance it is due a moment later
    });
    expect(await early(GOING)).toBe(false);
    expect(moderngov.asked).toBe(1);
  });

  test('a list that is unchanged is as new as its last asking', async () => {
    await refresher.nextDue();
    await refresher.nextDue();

    expect(moderngov.requests[1]?.headers['if-none-match']).toBeDefined();
    expect(await known()).toMatchObject({ asOf: after(NOON, days(1)), councillors: { length: 12 } });
  });

  test('a list that lost half of its people is held for a person, who is told once', async () => {
    await refresher.nextDue();
    await keepList(store.db, aFoundList(aList(30), { at: after(refresher.now, hours(1)) }));
    await refresher.nextDue();
    await refresher.nextDue();

    expect(await known()).toMatchObject({ councillors: { length: 30 } });
    expect(await state()).toMatchObject({ problem: 'shrunk', held: { list: { councillors: { length: 12 } } } });
    expect(await unseenNotices(store.db)).toMatchObject([{ kind: 'list held', areaCode: SOUTHWARK }]);
    expect(refresher.complaints).toEqual([`${SOUTHWARK} shrunk`, `${SOUTHWARK} shrunk`]);
  });

  test('a list that lost its addresses is held as well', async () => {
    await refresher.nextDue();
    moderngov.faults.mode = 'no-emails';
    await refresher.nextDue();

    expect((await known())?.councillors[0]?.contacts).toHaveLength(1);
    expect(await state()).toMatchObject({ problem: 'lost-emails', failures: 0 });
  });

  test('a held list is let go when the council is itself again', async () => {
    await refresher.nextDue();
    moderngov.faults.mode = 'no-emails';
    await refresher.nextDue();
    moderngov.faults.mode = 'ok';
    await refresher.nextDue();

    expect(await state()).toMatchObject({ problem: null, held: null });
    expect(await unseenNotices(store.db)).toEqual([]);
  });

  test('a held list is believed when a person accepts it', async () => {
    await refresher.nextDue();
    moderngov.faults.mode = 'no-emails';
    await refresher.nextDue();

    expect(await acceptHeld(store.db, SOUTHWARK, refresher.now)).toBe('taken');
    expect((await known())?.councillors[0]?.contacts).toEqual([]);
    expect(await state()).toMatchObject({ held: null, problem: null });
    expect(await unseenNotices(store.db)).toEqual([]);
    expect(await acceptHeld(store.db, SOUTHWARK, refresher.now)).toBe('nothing-held');
  });

  test('a held list that a person discards is not held again, but another one is', async () => {
    await refresher.nextDue();
    moderngov.faults.mode = 'no-emails';
    await refresher.nextDue();
    expect(await discardHeldList(store.db, SOUTHWARK, refresher.now)).toBe(true);
    expect(await discardHeldList(store.db, SOUTHWARK, refresher.now)).toBe(false);
    await refresher.nextDue();
    expect(await state()).toMatchObject({ held: null, problem: 'discarded' });
    expect(await unseenNotices(store.db)).toEqual([]);

    moderngov.councils.set(SOUTHWARK, madeUpWards([...WARDS, 'New']));
    await refresher.nextDue();
    expect(await state()).toMatchObject({ problem: 'lost-emails', held: { list: { councillors: { length: 15 } } } });
    expect(await unseenNotices(store.db)).toMatchObject([{ kind: 'list held' }]);
  });

  test('waits ten minutes after a failure, doubling to a day, and begins anew after an answer', async () => {
    moderngov.faults.mode = '500';
    const waits: number[] = [];
    for (let tries = 0; tries < 10; tries++) {
      await refresher.nextDue();
      const row = await store.db.sql.selectFrom('councillorLists').select('nextTryAt').executeTakeFirstOrThrow();
      waits.push((row.nextTryAt - refresher.now.getTime()) / minutes(1));
    }
    expect(waits).toEqual([10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440]);

    moderngov.faults.mode = 'ok';
    await refresher.nextDue();
    expect(await state()).toMatchObject({ failures: 0, failingSince: null, problem: null });
  });

  test('tells the organisers once when a council has failed for three days, and takes it back', async () => {
    await refresher.nextDue();
    moderngov.faults.mode = '403';
    for (const limit = after(NOON, days(9)); refresher.now < limit;) await refresher.nextDue();
    expect(await unseenNotices(store.db)).toMatchObject([
      { kind: 'list failing', areaCode: SOUTHWARK, detail: { problem: 'refused' } },
    ]);

    moderngov.faults.mode = 'ok';
    await refresher.nextDue();
    expect(await unseenNotices(store.db)).toEqual([]);
  });

  test('a list that a file brought meanwhile is newer, and stays', async () => {
    const slow: AskCouncil = async (...asked) => {
      const answer = await client.councillorsOf(...asked);
      await keepList(store.db, aFoundList(aList(20), { at: after(NOON, 1), source: 'file' }));
      return answer;
    };
    await aRefresher(store, slow).nextDue();

    expect(await known()).toMatchObject({ source: 'file', councillors: { length: 20 } });
    expect(await state()).toMatchObject({ problem: null });
  });

  test('a stop ends the request, and the council has its turn at once after the next start', async () => {
    moderngov.faults.mode = 'slow';
    const stop = new AbortController();
    const asking = refresher.nextDue(stop.signal);
    await expect.poll(() => moderngov.asked).toBe(1);
    stop.abort();
    await asking;
    await moderngov.leftAlone();

    expect(await state()).toMatchObject({ failures: 0, triedAt: null, problem: null });
    moderngov.faults.mode = 'ok';
    expect(await refresher.nextDue()).toBe(true);
    expect(refresher.now).toEqual(NOON);
  });

  test('what goes wrong with us counts as a failure, and is thrown', async () => {
    const broken = aRefresher(store, async () => {
      throw new Error('a bug');
    });
    await expect(broken.nextDue()).rejects.toThrow('Asking E09000028 went wrong');
    expect(await state()).toMatchObject({ failures: 1, problem: 'unavailable' });
  });
});

describe('a council’s bad day', () => {
  const FAULTS: readonly [ModernGovFault, string][] = [
    ['down', 'unavailable'],
    ['slow', 'too-slow'],
    ['drip', 'too-slow'],
    ['cut', 'unavailable'],
    ['500', 'unavailable'],
    ['429', 'unavailable'],
    ['403', 'refused'],
    ['404', 'not-moderngov'],
    ['html', 'not-moderngov'],
    ['wrong-root', 'not-moderngov'],
    ['broken-xml', 'unreadable'],
    ['laughs', 'unreadable'],
    ['empty', 'too-few'],
    ['three', 'too-few'],
    ['no-emails', 'lost-emails'],
    ['loop', 'redirected-away'],
    ['redirect', 'redirected-away'],
    ['huge', 'too-large'],
    ['bomb', 'too-large'],
  ];

  onBothEngines('leaves the last good list in place', (store) => {
    test.each(FAULTS)('%s: %s', async (mode, word) => {
      const moderngov = await startModernGov();
      moderngov.faults.location = 'http://169.254.169.254/latest/meta-data/';
      const timeoutMs = word === 'too-slow' ? 50 : 10_000;
      const client = openModernGov({ base: moderngov.url, councils: [aCouncil()], timeoutMs, pauseMs: 0 });
      await keepList(store.db, aFoundList(aList(12), { at: after(NOON, -1) }));
      const refresher = aRefresher(store, client.councillorsOf);
      moderngov.faults.mode = mode;
      await refresher.dueNow();
      await client.close();
      await moderngov.close();

      expect(refresher.complaints).toEqual([`${SOUTHWARK} ${word}`]);
      expect(sayAll([await coverageOf(store.db, aCouncil())], NOON)).toContain(`London Borough of Southwark: ${word}`);
      expect(await knownListOf(store.db, SOUTHWARK)).toMatchObject({
        asOf: after(NOON, -1),
        councillors: { length: 12, 0: { contacts: [{ email: 'c1@southwark.gov.uk' }] } },
      });
    });
  });

  onBothEngines('that leads into a private network', (store) => {
    test('is never connected to, and leaves the last good list in place', async () => {
      const lookup: LookupFunction = (_host, _options, done) => done(null, '10.0.0.1', 4);
      const client = openModernGov({ base: null, councils: [], lookup });
      await keepList(store.db, aFoundList(aList(12), { at: after(NOON, -1) }));
      await aRefresher(store, client.councillorsOf).dueNow();
      await client.close();

      const coverage = await coverageOf(store.db, aCouncil());
      expect(coverage.councillors).toHaveLength(12);
      expect(sayAll([coverage], NOON)).toContain('London Borough of Southwark: private-address');
    });
  });
});
