import { beforeEach, describe, expect, test } from 'vitest';
import { coverageOf, decideWard, type WardsOf } from '../../src/actions/coverage.ts';
import { sayCouncil } from '../../src/cli/coverage-council.ts';
import { sayAll } from '../../src/cli/coverage.ts';
import { councilId, councillorId } from '../../src/domain/addressee.ts';
import { tally, type CouncilCoverage } from '../../src/domain/coverage.ts';
import { saveContacts, saveHealth } from '../../src/store/contacts.ts';
import { holdList, keepList } from '../../src/store/councillor-lists.ts';
import { noteTry } from '../../src/store/councillor-turns.ts';
import { noteWard } from '../../src/store/wards.ts';
import { after, days, hours, NOON, onBothEngines } from '../builders.ts';
import { aCouncil, aCouncillor, aFoundList, aList, SOUTHWARK } from '../councillor-builders.ts';

const BRIDGE = {
  code: 'E05011104',
  name: 'London Bridge & West Bermondsey',
  councilCode: SOUTHWARK,
  kind: 'ward',
} as const;
const LATER = after(NOON, days(3));

onBothEngines('the coverage of a council', (store) => {
  const seats = ['London Bridge and West Bermondsey', 'Old Kent North', 'Old Kent South'];
  const councillors = seats.map((seat, at) => aCouncillor({ theirId: String(at), name: `Ada Example ${at}`, seat }));
  const keep = () => keepList(store.db, aFoundList({ councilCode: SOUTHWARK, councillors, vacantSeats: [] }));
  const directory: WardsOf = (code) =>
    code === SOUTHWARK
      ? [
          { ...BRIDGE, name: 'An older name' },
          { ...BRIDGE, code: 'E05011111', name: 'Old Kent Road' },
          { ...BRIDGE, code: 'E05011112', name: 'Peckham' },
        ]
      : [];
  const coverage = () => coverageOf(store.db, aCouncil(), directory);
  beforeEach(() => noteWard(store.db, BRIDGE, NOON));

  test('without a list is only what is missing', async () => {
    expect(await coverageOf(store.db, aCouncil())).toMatchObject({
      source: null,
      asOf: null,
      problem: null,
      councillors: [],
      wards: [{ code: BRIDGE.code, match: 'missing' }],
    });
  });

  test('tells of every ward that was asked for or stands in a directory whether it is in the list', async () => {
    await keep();
    expect((await coverage()).wards).toEqual([
      { code: 'E05011104', name: BRIDGE.name, kind: 'ward', match: 'matched', seats: [seats[0]] },
      { code: 'E05011111', name: 'Old Kent Road', kind: 'ward', match: 'in-doubt', seats: seats.slice(1) },
      { code: 'E05011112', name: 'Peckham', kind: 'ward', match: 'missing', seats: [] },
    ]);
  });

  test('is better once a person has decided', async () => {
    const [, ward] = directory(SOUTHWARK);
    expect(await decideWard(store.db, ward, 'Old Kent North', NOON)).toEqual({ kind: 'no-list' });
    await keep();
    expect(await decideWard(store.db, undefined, 'Old Kent North', NOON)).toEqual({ kind: 'unknown-ward' });
    expect(await decideWard(store.db, ward, 'Old Kent', NOON)).toEqual({ kind: 'unknown-seat', seats });
    expect(await decideWard(store.db, ward, 'Old Kent North', NOON)).toEqual({ kind: 'decided' });

    expect((await coverage()).wards[1]).toMatchObject({ match: 'matched', seats: ['Old Kent North'] });
  });

  test('shows by its word what went wrong, how old the list is, and what fails', async () => {
    await keep();
    await noteTry(store.db, SOUTHWARK, {
      at: after(NOON, hours(1)),
      nextTryAt: LATER,
      problem: 'redirected-away',
      failures: 3,
      failingSince: after(NOON, hours(1)),
    });
    await holdList(store.db, aFoundList(aList(1)), LATER);
    const id = councillorId(SOUTHWARK, '1');
    await saveHealth(store.db, id, 'c1@southwark.gov.uk', {
      deliveredAt: null,
      bouncedAt: NOON,
      hardBounces: 2,
      failingSince: NOON,
    });

    const said = sayCouncil(await coverage(), LATER);
    for (const part of [
      'list of        2026-11-23T12:00:00.000Z (3 days ago)',
      'problem        redirected-away',
      'held since     2026-11-26T12:00:00.000Z (0 hours ago): 1 councillors, 1 with an address',
      'E05011111  Old Kent Road                    in-doubt  "Old Kent North", "Old Kent South"',
      'Addresses that fail (1)\nAda Example 1  c1@southwark.gov.uk  since 2026-11-23',
    ])
      expect(said).toContain(part);
    expect(sayAll([await coverage()], LATER)).toContain(
      'E09000028 London Borough of Southwark: redirected-away, for 2 days; the list of 3 days ago is used',
    );
  });

  test('lists every address with where and when it was found, and how it has fared', async () => {
    const found = { kind: 'official', source: 'their website', fetchedAt: NOON, confirmedAt: NOON } as const;
    await saveContacts(store.db, councilId(SOUTHWARK), [{ ...found, email: 'office@southwark.gov.uk' }]);
    await keepList(
      store.db,
      aFoundList({ councilCode: SOUTHWARK, councillors: [aCouncillor()], vacantSeats: [] }, { source: 'moderngov' }),
    );
    const health = { deliveredAt: LATER, bouncedAt: NOON, hardBounces: 0, failingSince: null };
    await saveHealth(store.db, councillorId(SOUTHWARK, '1'), 'c1@southwark.gov.uk', health);

    const said = sayCouncil(await coverage(), LATER);
    expect(said).toContain('own address  office@southwark.gov.uk\n');
    expect(said.slice(said.indexOf('\nAddresses (2)\n'))).toBe(`
Addresses (2)
whose           address                  kind      found in       on          delivered   came back   confirmed by a person
its own office  office@southwark.gov.uk  official  their website  2026-11-23  never       never       2026-11-23
Ada Example     c1@southwark.gov.uk      official  moderngov      2026-11-23  2026-11-26  2026-11-23  never
`);
  });

  test('marks personal addresses, and who has none', async () => {
    const reachedAtHome = aCouncillor({ emails: [{ address: 'ada@mail.example', kind: 'personal' }] });
    const silent = aCouncillor({ theirId: '2', name: 'Bo Sample', emails: [] });
    await keepList(
      store.db,
      aFoundList({ councilCode: SOUTHWARK, councillors: [reachedAtHome, silent], vacantSeats: ['Peckham'] }),
    );

    const said = sayCouncil(await coverage(), NOON);
    expect(said).toContain('Personal addresses (1)\nAda Example  ada@mail.example\n');
    expect(said).toContain('Councillors without an address (1)\nBo Sample, London Bridge & West Bermondsey\n');
    expect(said).toContain('councillors  2, and 1 vacant');
  });
});

describe('the coverage of all councils', () => {
  const one = (details: Partial<CouncilCoverage>): CouncilCoverage => ({
    council: aCouncil(),
    source: 'moderngov',
    asOf: NOON,
    triedAt: NOON,
    problem: null,
    failingSince: null,
    heldAt: null,
    held: null,
    office: [],
    councillors: [],
    vacantSeats: [],
    wards: [],
    ...details,
  });
  const ward = (match: 'matched' | 'in-doubt' | 'missing') => ({
    code: 'E05000001',
    name: 'Abbey',
    kind: 'ward' as const,
    match,
    seats: [],
  });

  test('is added up by nation and source, the nations in their order', () => {
    const wales = aCouncil({ code: 'W06000001', nation: 'Wales' });
    expect(
      tally([
        one({ council: wales, source: null, asOf: null, wards: [ward('missing')] }),
        one({ wards: [ward('matched'), ward('in-doubt')], failingSince: NOON }),
        one({ asOf: after(NOON, -1), wards: [ward('matched')], heldAt: NOON }),
        one({ source: 'file', asOf: after(NOON, 1) }),
      ]),
    ).toEqual([
      {
        nation: 'England',
        source: 'moderngov',
        councils: 2,
        withEmails: 0,
        withoutEmails: 2,
        matched: 2,
        inDoubt: 1,
        missing: 0,
        oldest: after(NOON, -1),
        failing: 1,
        held: 1,
      },
      {
        nation: 'England',
        source: 'file',
        councils: 1,
        withEmails: 0,
        withoutEmails: 1,
        matched: 0,
        inDoubt: 0,
        missing: 0,
        oldest: after(NOON, 1),
        failing: 0,
        held: 0,
      },
      {
        nation: 'Wales',
        source: 'none',
        councils: 1,
        withEmails: 0,
        withoutEmails: 1,
        matched: 0,
        inDoubt: 0,
        missing: 1,
        oldest: null,
        failing: 0,
        held: 0,
      },
    ]);
  });

  test('names no problem where there is none', () => {
    expect(sayAll([one({})], NOON)).toMatch(/^nation .*\nEngland .*\n$/);
  });
});
