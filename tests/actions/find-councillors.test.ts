import { areaCodeIn, type AddresseeId } from '../../src/domain/addressee.ts';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { councillorFinder } from '../../src/actions/find-councillors.ts';
import type { CouncillorList } from '../../src/domain/councillor.ts';
import { readCouncils } from '../../src/records/councils.ts';
import { readWords } from '../../src/records/words.ts';
import { saveHealth } from '../../src/store/contacts.ts';
import { keepList } from '../../src/store/councillor-lists.ts';
import { decideSeat } from '../../src/store/decided-seats.ts';
import { seenWards } from '../../src/store/wards.ts';
import { after, aPlace, minutes, NOON, onBothEngines, type TestStore } from '../builders.ts';
import { aCouncillor, aFoundList, SOUTHWARK } from '../councillor-builders.ts';

const DATA = new URL('../../data/', import.meta.url);
const councils = readCouncils(DATA);
const words = readWords(DATA);
const PAGE = councils.byCode(SOUTHWARK)!.councillorsPage;
const SURREY = 'E10000030';
const GUILDFORD = 'E07000209';

function aFinder(store: TestStore, examples: readonly CouncillorList[] = []) {
  const finder = { now: NOON, find: (place = aPlace()) => find(place) };
  const find = councillorFinder({
    complain: () => {},
    db: store.db,
    councils,
    words,
    examples,
    clock: () => finder.now,
  });
  return finder;
}

onBothEngines('finding councillors', (store) => {
  let finder: ReturnType<typeof aFinder>;
  beforeEach(() => {
    finder = aFinder(store);
  });

  const keep = (councillors: CouncillorList['councillors'], vacantSeats: string[] = [], at = NOON) =>
    keepList(store.db, aFoundList({ councilCode: SOUTHWARK, councillors, vacantSeats }, { at }));
  const group = async () => (await finder.find())[0]!;

  test('names those of the ward, with office, salutation and address', async () => {
    const other = aCouncillor({ theirId: '2', seat: 'Peckham' });
    const second = aCouncillor({ theirId: '3', name: 'Sir Bo van der Sample', party: null });
    await keep([aCouncillor(), other, second]);

    expect(await finder.find()).toEqual([
      {
        kind: 'ward',
        councilCode: SOUTHWARK,
        area: aPlace().ward,
        nobody: null,
        asOf: NOON,
        councillors: [
          {
            id: 'councillor:E09000028:1',
            kind: 'councillor',
            name: 'Ada Example',
            party: 'Independent',
            office: 'Councillor for London Bridge & West Bermondsey, London Borough of Southwark',
            salutation: 'Dear Councillor Example',
            contact: { by: 'email', email: 'c1@southwark.gov.uk', website: PAGE },
            vacant: false,
            areaCode: SOUTHWARK,
          },
          expect.objectContaining({ id: 'councillor:E09000028:3', salutation: 'Dear Councillor van der Sample' }),
        ],
      },
    ]);
  });

  test('gives the council’s page of councillors for somebody without an address', async () => {
    await keep([aCouncillor({ emails: [] })]);
    expect((await group()).councillors).toMatchObject([{ contact: { by: 'web', website: PAGE } }]);
  });

  test('passes over an address that fails, for the next official one and never for a private one', async () => {
    const emails = [
      { address: 'first@southwark.gov.uk', kind: 'official' },
      { address: 'second@southwark.gov.uk', kind: 'official' },
      { address: 'home@mail.example', kind: 'personal' },
    ] as const;
    await keep([aCouncillor({ emails })]);
    const failing = { deliveredAt: null, bouncedAt: NOON, hardBounces: 0, failingSince: NOON };
    const contact = async () => (await group()).councillors[0]?.contact;
    const id = 'councillor:E09000028:1' as AddresseeId;
    expect(await contact()).toMatchObject({ email: 'first@southwark.gov.uk' });

    await saveHealth(store.db, id, 'first@southwark.gov.uk', failing);
    finder.now = after(NOON, minutes(1));
    expect(await contact()).toMatchObject({ email: 'second@southwark.gov.uk' });

    await saveHealth(store.db, id, 'second@southwark.gov.uk', failing);
    finder.now = after(NOON, minutes(2));
    expect(await contact()).toEqual({ by: 'web', website: PAGE });
  });

  test('asks the district for the ward and the county for the division, and neither for the other', async () => {
    const place = aPlace({
      councils: [
        { code: GUILDFORD, name: 'Guildford Borough Council', tier: 'district' },
        { code: SURREY, name: 'Surrey County Council', tier: 'county' },
      ],
      ward: { code: 'E05007300', name: 'Ash' },
      division: { code: 'E58001544', name: 'Ash' },
    });
    const sits = (councilCode: string, name: string) =>
      keepList(
        store.db,
        aFoundList({ councilCode, vacantSeats: [], councillors: [aCouncillor({ councilCode, name, seat: 'Ash' })] }),
      );
    await sits(GUILDFORD, 'Ada District');
    await sits(SURREY, 'Bo County');

    expect(await finder.find(place)).toMatchObject([
      { kind: 'ward', councilCode: GUILDFORD, councillors: [{ name: 'Ada District' }] },
      { kind: 'division', councilCode: SURREY, councillors: [{ name: 'Bo County' }] },
    ]);
    expect(await finder.find({ ...place, division: null })).toMatchObject([
      { nobody: null },
      { nobody: 'ward-not-known', area: null, councillors: [] },
    ]);
  });

  test.each([
    ['no-list', null, []],
    ['in-doubt', [aCouncillor({ seat: 'Somewhere else' })], []],
    ['in-doubt', [aCouncillor({ seat: 'London Bridge' }), aCouncillor({ theirId: '2', seat: 'West Bermondsey' })], []],
    ['vacant', [aCouncillor({ seat: 'Peckham' })], ['London Bridge & West Bermondsey']],
  ])('names nobody: %s', async (why, councillors, vacantSeats) => {
    if (councillors) await keep(councillors, vacantSeats);
    expect(await group()).toMatchObject({ nobody: why, councillors: [] });
  });

  test('never names anybody of another council, whatever the two call their wards', async () => {
    const seat = fc.constantFrom(
      'Ash',
      'Ash Ward',
      'ASH',
      'Ash / Onnen',
      'Guildford - Ash',
      'Ash & Tongham',
      'Worplesdon',
    );
    const seats = fc.array(seat, { minLength: 1, maxLength: 5 });
    const place = (name: string) =>
      aPlace({
        councils: [
          { code: GUILDFORD, name: 'Guildford Borough Council', tier: 'district' },
          { code: SURREY, name: 'Surrey County Council', tier: 'county' },
        ],
        ward: { code: 'E05007300', name },
        division: { code: 'E58001544', name },
      });
    let at = NOON;
    await fc.assert(
      fc.asyncProperty(seats, seats, seat, async (districts, counties, name) => {
        at = after(at, minutes(1)); // lists are read once a minute
        for (const [councilCode, theirs] of [
          [GUILDFORD, districts],
          [SURREY, counties],
        ] as const) {
          const councillors = theirs.map((seat, id) => aCouncillor({ councilCode, seat, theirId: String(id) }));
          await keepList(store.db, aFoundList({ councilCode, vacantSeats: [], councillors }, { at }));
        }
        finder.now = at;
        const named = (await finder.find(place(name))).map(({ councilCode, councillors }) => [
          councilCode,
          [...new Set(councillors.map(({ id }) => areaCodeIn(id)))],
        ]);
        for (const [councilCode, theirs] of named) expect([[], [councilCode]]).toContainEqual(theirs);
      }),
      { numRuns: 30 },
    );
  });

  test('does as a person decided about a doubt', async () => {
    await keep([aCouncillor({ seat: 'Bermondsey Riverside' })]);
    expect(await group()).toMatchObject({ nobody: 'in-doubt' });

    await decideSeat(store.db, { wardCode: 'E05011104', councilCode: SOUTHWARK, seat: 'Bermondsey Riverside' }, NOON);
    finder.now = after(NOON, minutes(1));
    expect(await group()).toMatchObject({ nobody: null, councillors: [{ name: 'Ada Example' }] });
  });

  test('reads a council’s list once a minute', async () => {
    await keep([aCouncillor()]);
    await group();
    await keep([aCouncillor({ name: 'Bo Sample' })], [], after(NOON, 1));

    finder.now = after(NOON, minutes(1) - 1);
    expect(await group()).toMatchObject({ councillors: [{ name: 'Ada Example' }] });
    finder.now = after(NOON, minutes(1));
    expect(await group()).toMatchObject({ councillors: [{ name: 'Bo Sample' }] });
  });

  test('keeps which ward was asked for, and of a place chosen by name nothing', async () => {
    await finder.find(aPlace({ ward: null, postcode: null, source: 'chosen' }));
    expect(await seenWards(store.db)).toEqual([]);

    await finder.find();
    await finder.find();
    expect(await seenWards(store.db)).toEqual([{ ...aPlace().ward, councilCode: SOUTHWARK, kind: 'ward' }]);
  });
});

describe('the councillors of examples', () => {
  const examples = [{ councilCode: SOUTHWARK, councillors: [aCouncillor()], vacantSeats: [] }];

  onBothEngines('answer', (store) => {
    test('where there is no list, under addresses that nobody can have', async () => {
      expect(await aFinder(store, examples).find()).toMatchObject([
        { asOf: null, councillors: [{ contact: { email: 'c1@southwark.gov.uk' } }] },
      ]);
    });

    test('not where the council has a list of its own', async () => {
      const real = aCouncillor({ name: 'Bo Real' });
      await keepList(store.db, aFoundList({ councilCode: SOUTHWARK, councillors: [real], vacantSeats: [] }));
      expect(await aFinder(store, examples).find()).toMatchObject([{ councillors: [{ name: 'Bo Real' }] }]);
    });
  });
});
