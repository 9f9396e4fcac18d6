import { afterEach, beforeEach, expect, test } from 'vitest';
import { confirmAddress } from '../../src/actions/confirm-contact.ts';
import { seatFinder } from '../../src/actions/find-seat.ts';
import { noteContact } from '../../src/actions/note-contact.ts';
import { lastRound, lastWholeRound, mpRefresher } from '../../src/actions/refresh-mps.ts';
import { mpId } from '../../src/domain/addressee.ts';
import type { Constituency } from '../../src/domain/constituency.ts';
import { openHttp } from '../../src/lookup/http.ts';
import { parliament } from '../../src/lookup/parliament.ts';
import { readConstituencies } from '../../src/records/constituencies.ts';
import { contactsOf } from '../../src/store/contacts.ts';
import { unseenNotices } from '../../src/store/notices.ts';
import { allSeats } from '../../src/store/seats.ts';
import { after, days, NOON, onBothEngines } from '../builders.ts';
import { startParliament, type Options, type Parliament } from '../stand-ins/parliament.ts';

const ALL = readConstituencies(new URL('../../data/', import.meta.url)).all;
const NAMES = ALL.map(({ name }) => name);
const named = (wanted: string): Constituency => ALL.find(({ name }) => name === wanted)!;
const TONBRIDGE = named('Tonbridge');

onBothEngines('a round over all seats', (store) => {
  let upstream: Parliament;
  let now: Date;
  let http: ReturnType<typeof openHttp>;
  beforeEach(() => {
    now = NOON;
    http = openHttp({ attempts: 1, opensAfter: 1_000 });
  });
  afterEach(() => Promise.all([upstream.close(), http.close()]));

  const start = async (options: Options = {}) => {
    upstream = await startParliament({ names: NAMES, ...options });
    return parliament(http, upstream.url);
  };
  const going = new AbortController().signal;
  /** `onPause` hears of every wait between two requests. */
  const goRound = async (
    { accept = false, stop = going }: { accept?: boolean; stop?: AbortSignal } = {},
    onPause: (times: number) => void = () => {},
  ) => {
    let pauses = 0;
    const { seatsAfter } = parliament(http, upstream.url);
    const pause = async () => onPause(++pauses);
    return mpRefresher({ db: store.db, seatsAfter, constituencies: ALL, pause, clock: () => now })({ accept, stop });
  };
  const whoSits = async ({ code }: Constituency) => {
    const holder = (await allSeats(store.db)).get(code)?.holder;
    return holder && (holder.vacant ? 'vacant' : holder.member.displayName);
  };

  test('hears of all 650, by their numbers and not their links, with a pause before every request but the first', async () => {
    await start({ vacant: ['Tonbridge'], namesakes: ['Henley and Thame'] });
    let pauses = 0;
    expect(await goRound({}, (times) => (pauses = times))).toEqual({
      heard: 650,
      changed: 0,
      held: false,
      problems: [],
      broken: null,
    });
    expect(upstream.asked).toBe(33); // 651 entries, twenty on a page
    expect(pauses).toBe(32);
    expect((await allSeats(store.db)).size).toBe(650);
    expect(await whoSits(TONBRIDGE)).toBe('vacant');
    expect(await unseenNotices(store.db)).toEqual([]);
  });

  test('matches other spellings, and names what it cannot match', async () => {
    const spelling = (name: string) =>
      name === 'Tonbridge' ? 'Tunbridge' : name.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
    await start({ spelling });
    expect(await goRound()).toMatchObject({
      heard: 649,
      problems: [
        { kind: 'unknown seat', name: 'Tunbridge' },
        { kind: 'not listed', name: 'Tonbridge' },
      ],
    });
    expect(await whoSits(TONBRIDGE)).toBeUndefined();
  });

  test('tells organisers of another MP and of a vacancy, once', async () => {
    await start();
    await goRound();
    const before = await whoSits(TONBRIDGE);
    upstream.elect('Tonbridge', 'Winner');
    upstream.elect('Ynys Môn', null);
    now = after(NOON, days(1));

    expect(await goRound()).toMatchObject({ changed: 2, held: false });
    expect(await goRound()).toMatchObject({ changed: 0 });
    expect(await whoSits(TONBRIDGE)).toBe('Newly Winner');
    expect(await unseenNotices(store.db)).toHaveLength(2);
    expect(await unseenNotices(store.db)).toContainEqual(
      expect.objectContaining({
        kind: 'mp changed',
        areaCode: TONBRIDGE.code,
        addresseeId: `mp:${TONBRIDGE.code}`,
        detail: { from: before, to: 'Newly Winner' },
      }),
    );
    expect((await allSeats(store.db)).get(TONBRIDGE.code)).toMatchObject({ changedAt: now });
    expect((await allSeats(store.db)).get(named('Ely and East Cambridgeshire').code)).toMatchObject({
      changedAt: null,
      fetchedAt: now,
    });
  });

  test('that breaks off keeps what it heard and leaves the rest as it was', async () => {
    await start();
    await goRound();
    now = after(NOON, days(1));
    const [first, last] = [NAMES[0]!, NAMES.at(-1)!];
    upstream.elect(first, 'Winner');
    upstream.elect(last, 'Winner');
    const round = await goRound({}, (times) => times === 3 && (upstream.faults.mode = '500'));

    expect(round).toMatchObject({ heard: 60, changed: 1, problems: [], broken: 'unavailable' });
    expect(await whoSits(named(first))).toBe('Newly Winner');
    expect(await whoSits(named(last))).not.toBe('Newly Winner');
    expect((await allSeats(store.db)).get(named(last).code)?.fetchedAt).toEqual(NOON);
    expect(await lastWholeRound(store.db)).toEqual(NOON);
    expect((await lastRound(store.db))?.at).toEqual(now);
  });

  test.each(['down', 'html', 'cut'] as const)('with Parliament %s changes nothing', async (fault) => {
    await start();
    await goRound();
    const before = await allSeats(store.db);
    upstream.faults.mode = fault;
    now = after(NOON, days(1));

    expect(await goRound()).toMatchObject({ heard: 0, changed: 0, broken: expect.any(String) });
    expect(await allSeats(store.db)).toEqual(before);
  });

  test('that changes more than twenty seats is held until the operator accepts it', async () => {
    await start();
    await goRound();
    for (const name of NAMES.slice(0, 21)) upstream.elect(name, 'Winner');
    now = after(NOON, days(1));

    expect(await goRound()).toMatchObject({ heard: 650, changed: 21, held: true });
    expect(await goRound()).toMatchObject({ changed: 21, held: true });
    expect(await whoSits(named(NAMES[0]!))).not.toBe('Newly Winner');
    expect(await unseenNotices(store.db)).toMatchObject([
      { kind: 'mps held', areaCode: 'K02000001', detail: { changed: '21' } },
    ]);
    expect((await allSeats(store.db)).get(named(NAMES[0]!).code)?.fetchedAt).toEqual(NOON);
    expect((await allSeats(store.db)).get(named(NAMES[40]!).code)?.fetchedAt).toEqual(now);

    expect(await goRound({ accept: true })).toMatchObject({ changed: 21, held: false });
    expect((await unseenNotices(store.db)).filter(({ kind }) => kind === 'mps held')).toEqual([]);
    expect(await whoSits(named(NAMES[0]!))).toBe('Newly Winner');
  });

  test('that changes twenty is believed', async () => {
    await start();
    await goRound();
    for (const name of NAMES.slice(0, 20)) upstream.elect(name, null);

    expect(await goRound()).toMatchObject({ changed: 20, held: false });
  });

  test('that is stopped keeps nothing', async () => {
    await start();
    const stop = new AbortController();
    expect(await goRound({ stop: stop.signal }, (times) => times === 2 && stop.abort())).toBeUndefined();
    expect(upstream.asked).toBe(2);
    expect((await allSeats(store.db)).size).toBe(0);
    expect(await lastRound(store.db)).toBeUndefined();
  });

  test('does not wait for an answer when it is stopped', async () => {
    await start();
    upstream.faults.mode = 'slow';
    const stop = new AbortController();
    const round = goRound({ stop: stop.signal });
    await expect.poll(() => upstream.asked).toBe(1);
    stop.abort();
    expect(await round).toBeUndefined();
  });

  test('serves look-ups, which then ask for the address alone, and for two days', async () => {
    const { seatFor, emailsOf } = await start({ constituencyEmailOnly: ['Tonbridge'], vacant: ['Ynys Môn'] });
    await goRound();
    const complain = () => {};
    const find = seatFinder({ db: store.db, seatFor, emailsOf, examples: {}, complain, clock: () => now });
    const asked = async (constituency: Constituency) => {
      const already = upstream.asked;
      const found = await find(constituency);
      return { found: found.ok && found.value, paths: upstream.requests.slice(already).map(({ path }) => path) };
    };
    const tonbridge = await asked(TONBRIDGE);
    expect(tonbridge.found).toMatchObject({
      vacant: false,
      member: { displayName: await whoSits(TONBRIDGE), email: expect.stringMatching(/^constituency-/) },
    });
    expect(tonbridge.paths).toEqual([expect.stringMatching(/^\/api\/Members\/\d+\/Contact$/)]);
    expect(await asked(TONBRIDGE)).toEqual({ found: tonbridge.found, paths: [] });
    expect(await asked(named('Ynys Môn'))).toEqual({ found: { vacant: true }, paths: [] });

    now = after(NOON, days(2));
    expect((await asked(TONBRIDGE)).paths).toEqual([
      expect.stringContaining('searchText=Tonbridge'),
      expect.stringMatching(/Contact$/),
    ]);
  });

  test('keeps where an MP is written to with how it fares, and goes on to the next once it is refused', async () => {
    const { seatFor, emailsOf } = await start();
    await goRound();
    const find = seatFinder({ db: store.db, seatFor, emailsOf, examples: {}, complain: () => {}, clock: () => now });
    const email = async () => {
      const found = await find(TONBRIDGE);
      return found.ok && !found.value.vacant && found.value.member.email;
    };
    const id = mpId(TONBRIDGE.code);
    const published = await email();
    const [, other] = await contactsOf(store.db, id);
    expect(await contactsOf(store.db, id)).toMatchObject([
      { email: published, kind: 'official', source: 'Parliament', fetchedAt: NOON, confirmedAt: null },
      { email: expect.stringMatching(/^constituency-/), source: 'Parliament' },
    ]);

    await noteContact(store.db, id, String(published), 'refused', NOON);
    expect(await email()).toBe(other?.email);
    expect(await unseenNotices(store.db)).toMatchObject([{ kind: 'contact failing', addresseeId: id }]);
    now = after(NOON, days(8)); // asked of Parliament anew, which says the same
    expect(await email()).toBe(other?.email);
    await noteContact(store.db, id, String(other?.email), 'refused', now);
    expect(await email()).toBeNull();

    await confirmAddress(store.db, id, String(published), now);
    expect(await email()).toBe(published);
  });

  test('holds nothing that became of an MP’s mail against whoever follows', async () => {
    const { seatFor, emailsOf } = await start();
    const find = seatFinder({ db: store.db, seatFor, emailsOf, examples: {}, complain: () => {}, clock: () => now });
    const id = mpId(TONBRIDGE.code);
    await find(TONBRIDGE);
    const [before] = await contactsOf(store.db, id);
    await noteContact(store.db, id, before?.email ?? '', 'refused', NOON);

    upstream.elect('Tonbridge', 'Winner');
    now = after(NOON, days(2));
    const found = await find(TONBRIDGE);
    expect(found).toMatchObject({ value: { member: { displayName: 'Newly Winner', email: expect.any(String) } } });
    expect(await contactsOf(store.db, id)).toMatchObject([{ failingSince: null }, { failingSince: null }]);
  });
});
