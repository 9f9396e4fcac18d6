import { describe, expect, test } from 'vitest';
import { AUDIENCES } from '../../src/domain/addressee.ts';
import { councilsOn } from '../../src/domain/council-on.ts';
import { nameInSentence, TIERS } from '../../src/domain/council.ts';
import { NATIONS } from '../../src/domain/nation.ts';
import { plainName } from '../../src/domain/name.ts';
import { whereaboutsOf } from '../../src/domain/place.ts';
import { looseEnds, readRecords } from '../../src/records/records.ts';

const records = readRecords(new URL('../../', import.meta.url));
const { councils, constituencies, facts, positions, templates, examples } = records;
const councilNamed = (code: string) => councils.byCode(code)!;

describe('the register of councils', () => {
  const today = councilsOn(councils, '2026-11-23');

  test('has every principal council of the United Kingdom once', () => {
    expect(today).toHaveLength(382);
    expect(new Set(today.map(({ code }) => code)).size).toBe(382);
    expect(new Set(councils.all.map(({ name }) => plainName(name))).size).toBe(councils.all.length);
  });

  test.each([
    ['England', 317],
    ['Scotland', 32],
    ['Wales', 22],
    ['Northern Ireland', 11],
  ])('has all of %s', (nation, total) => {
    expect(today.filter((council) => council.nation === nation)).toHaveLength(total);
  });

  test.each([
    ['2027-03-31', { county: 21, district: 164, unitary: 197 }],
    ['2027-04-01', { county: 20, district: 153, unitary: 199 }],
  ])('has on %s so many of each tier', (day, totals) => {
    const then = councilsOn(councils, day);
    for (const tier of TIERS)
      expect([tier, then.filter((one) => one.tier === tier).length]).toEqual([tier, totals[tier]]);
  });

  test('has a county above each of its districts and above nobody else', () => {
    const districts = councils.all.filter(({ tier }) => tier === 'district');
    for (const { countyCode } of districts) expect(councilNamed(countyCode!).tier).toBe('county');
    expect(councils.all.filter(({ tier, countyCode }) => tier !== 'district' && countyCode !== null)).toEqual([]);
  });

  test('never ends a district without its county, or a county without all of its districts', () => {
    for (const { countyCode, validUntil } of councils.all.filter(({ tier }) => tier === 'district'))
      expect(councilNamed(countyCode!).validUntil).toBe(validUntil);
  });

  test('finds a council by a code it had before', () => {
    expect(councils.byCode('E08000020')?.name).toBe('Gateshead Metropolitan Borough Council');
    expect(councils.byCode('S12000043')?.name).toBe('Glasgow City Council');
    expect(councils.byCode('E99999999')).toBeUndefined();
  });

  test('leads to a site of each behind TLS', () => {
    for (const { website } of today) expect(website).toMatch(/^https:\/\/[a-z0-9.-]+\/$/);
  });

  test('has areas that can stand after "in"', () => {
    expect(councils.all.filter(({ area }) => /,.*\b(city|county) of$/i.test(area))).toEqual([]);
  });

  test.each([
    ['E09000028', 'the London Borough of Southwark'],
    ['E09000020', 'the Royal Borough of Kensington and Chelsea'],
    ['E09000001', 'the City of London Corporation'],
    ['E06000053', 'the Council of the Isles of Scilly'],
    ['E07000146', 'the Borough Council of King’s Lynn and West Norfolk'],
    ['S12000017', 'the Highland Council'],
    ['S12000036', 'the City of Edinburgh Council'],
    ['W06000011', 'the City and County of Swansea Council'],
    ['E10000016', 'Kent County Council'],
  ])('knows how %s stands inside a sentence', (code, sentence) => {
    expect(nameInSentence(councilNamed(code))).toBe(sentence);
  });
});

describe('the register of constituencies', () => {
  test('has all 650 once', () => {
    expect(constituencies.all).toHaveLength(650);
    expect(new Set(constituencies.all.map(({ code }) => code)).size).toBe(650);
    expect(new Set(constituencies.all.map(({ name }) => plainName(name))).size).toBe(650);
  });

  test('names councils of its own nation, and never a county', () => {
    for (const { nation, councilCodes } of constituencies.all) {
      for (const code of councilCodes) expect(councilNamed(code)).toMatchObject({ nation, code });
      for (const code of councilCodes) expect(councilNamed(code).tier).not.toBe('county');
    }
  });

  test('leaves no council without a constituency', () => {
    const touched = new Set(constituencies.all.flatMap(({ councilCodes }) => councilCodes));
    const today = councilsOn(councils, '2026-11-23');
    expect(today.filter(({ code, tier }) => tier !== 'county' && !touched.has(code))).toEqual([]);
  });
});

describe('facts and positions', () => {
  test('have a source, a date not after their review, and somewhere to hold', () => {
    expect(facts).toHaveLength(14);
    for (const { dated, reviewBy, nations, audiences } of facts) {
      expect(dated < reviewBy).toBe(true);
      expect(nations.length * audiences.length).toBeGreaterThan(0);
    }
  });

  test('never name a politician, a party or a ballot', () => {
    const texts = [...facts, ...positions].map(({ text }) => text).join(' ');
    expect(texts).not.toMatch(/\b(vote|Labour|Conservatives?|Tory|Liberal Democrats?|Plaid|SNP|Reform UK|Sinn F)/);
  });

  test('stand each for a council of the register', () => {
    expect(positions.map(({ councilCode, stance }) => [councilNamed(councilCode).area, stance])).toEqual([
      ['Edinburgh', 'ruled out'],
      ['Tower Hamlets', 'ruled out'],
      ['Kent', 'phasing out'],
      ['Tonbridge and Malling', 'phasing out'],
      ['Medway', 'phasing out'],
      ['West Suffolk', 'uses'],
    ]);
  });
});

describe('the letters', () => {
  test('use only facts that are there, for their audience, in one of their nations', () => {
    for (const { id, audience, nations, facts: sections } of templates) {
      for (const factId of Object.values(sections).flatMap(({ from }) => from)) {
        const fact = facts.find((one) => one.id === factId);
        expect(fact?.audiences, `${id}: ${factId}`).toContain(audience);
        expect(
          fact!.nations.some((nation) => nations.includes(nation)),
          `${id}: ${factId}`,
        ).toBe(true);
      }
    }
  });

  test('are there for every audience and nation', () => {
    for (const audience of AUDIENCES) {
      const nations = templates
        .filter((template) => template.audience === audience)
        .flatMap((template) => template.nations);
      expect(new Set(nations)).toEqual(new Set(NATIONS));
    }
  });
});

describe('the example places', () => {
  test('are places of all four nations, one of them with two councils', () => {
    const places = examples.areas.map((areas) =>
      whereaboutsOf(areas, { councils, constituencies }, 'examples', '2026-11-23'),
    );
    expect(places.every((place) => place.ok)).toBe(true);
    expect(new Set(examples.areas.map(({ nation }) => nation))).toEqual(new Set(NATIONS));
    expect(examples.areas.some(({ countyCode }) => countyCode !== null)).toBe(true);
  });

  test('lie in a constituency of their own council, with a name as in the register', () => {
    for (const { postcode, districtCode, constituency } of examples.areas) {
      expect(constituencies.byCode(constituency.code), `${postcode}`).toMatchObject({ name: constituency.name });
      expect(constituencies.byCode(constituency.code)?.councilCodes, `${postcode}`).toContain(districtCode);
    }
  });

  test('each have a made-up seat, one of them vacant and one without an address', () => {
    const seats = examples.areas.map(({ constituency }) => examples.seats[constituency.code]);
    expect(seats.every((seat) => seat !== undefined)).toBe(true);
    expect(seats.filter((seat) => seat?.vacant)).toHaveLength(1);
    expect(seats.filter((seat) => seat?.vacant === false && seat.member.email === null)).toHaveLength(1);
  });

  test('show every position a council can have', () => {
    const codes = examples.areas.flatMap(({ districtCode, countyCode }) => [districtCode, countyCode]);
    const stances = codes.map(
      (code) => positions.find(({ councilCode }) => councilCode === code)?.stance ?? 'not known',
    );
    expect(new Set(stances)).toEqual(new Set(['uses', 'phasing out', 'ruled out', 'not known']));
  });
});

describe('records that name what is not there', () => {
  const template = templates[0]!;
  test.each([
    [
      'a fact',
      { templates: [{ ...template, facts: { why: { choose: 1, from: ['gone'] } } }] },
      `${template.id} names gone`,
    ],
    ['a campaign', { templates: [{ ...template, campaignId: 'gone' }] }, `${template.id} names gone`],
    ['a council', { positions: [{ ...positions[0]!, councilCode: 'E09000099' }] }, 'a position names E09000099'],
    [
      'a constituency',
      { examples: { areas: [], seats: { E14009999: { vacant: true } }, councillors: [] } },
      'an example seat names E14009999',
    ],
  ] as const)('%s', (_, planted, line) => {
    expect(looseEnds({ ...records, ...planted })).toContain(line);
  });
});
