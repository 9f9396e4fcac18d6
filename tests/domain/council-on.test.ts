import { describe, expect, test } from 'vitest';
import { choosePlace } from '../../src/domain/choose-place.ts';
import { councilsOn, existsOn, standingOn, successorsOf } from '../../src/domain/council-on.ts';
import { londonDay } from '../../src/domain/london-time.ts';
import { whereaboutsOf, type PostcodeAreas } from '../../src/domain/place.ts';
import type { Postcode } from '../../src/domain/postcode.ts';
import { readConstituencies } from '../../src/records/constituencies.ts';
import { readCouncils } from '../../src/records/councils.ts';

const data = new URL('../../data/', import.meta.url);
const councils = readCouncils(data);
const registers = { councils, constituencies: readConstituencies(data) };
const named = (code: string) => councils.byCode(code)!;

const [LAST_DAY, FIRST_DAY] = ['2027-03-31', '2027-04-01'];
const [ELMBRIDGE, WOKING, SURREY, OXFORDSHIRE] = ['E07000207', 'E07000217', 'E10000030', 'E10000025'];

/** As the directories go on saying, long after. */
const areas = (
  districtCode: string,
  countyCode: string | null = SURREY,
  constituency = 'E14001230',
): PostcodeAreas => ({
  postcode: 'KT10 9AA' as Postcode,
  nation: 'England',
  districtCode,
  countyCode,
  ward: { code: 'E05000001', name: 'Old Ward' },
  division: { code: 'E58000001', name: 'Old Division' },
  constituency: { code: constituency, name: '' },
});

describe('the councils of a Surrey postcode', () => {
  const at = (time: string, where = areas(ELMBRIDGE)) => {
    const place = whereaboutsOf(where, registers, 'postcodes.io', londonDay(new Date(time)));
    if (!place.ok) return place.error;
    return place.value;
  };

  test.each(['2026-11-23T12:00:00Z', '2027-03-31T21:59:59Z', '2027-03-31T22:59:59Z'])(
    'are the district and the county at %s, before midnight of summer time in London',
    (time) => {
      expect(at(time)).toMatchObject({
        councils: [
          { code: ELMBRIDGE, tier: 'district' },
          { code: SURREY, tier: 'county' },
        ],
        ward: { name: 'Old Ward' },
        division: { name: 'Old Division' },
      });
    },
  );

  test.each(['2027-03-31T23:00:00Z', '2027-04-01T12:00:00Z', '2031-01-01T00:00:00Z'])(
    'are the one new council alone at %s, which says whom it took over from',
    (time) => {
      expect(at(time)).toMatchObject({
        councils: [
          {
            code: 'east-surrey-2027',
            name: 'East Surrey Council',
            tier: 'unitary',
            replaced: {
              since: FIRST_DAY,
              councils: [
                { code: ELMBRIDGE, name: 'Elmbridge Borough Council' },
                { code: SURREY, name: 'Surrey County Council' },
              ],
            },
          },
        ],
        ward: null,
        division: null,
      });
    },
  );

  test.each([
    ['E07000207', 'east-surrey-2027'], // Elmbridge
    ['E07000208', 'east-surrey-2027'], // Epsom and Ewell
    ['E07000210', 'east-surrey-2027'], // Mole Valley
    ['E07000211', 'east-surrey-2027'], // Reigate and Banstead
    ['E07000215', 'east-surrey-2027'], // Tandridge
    ['E07000209', 'west-surrey-2027'], // Guildford
    ['E07000212', 'west-surrey-2027'], // Runnymede
    ['E07000213', 'west-surrey-2027'], // Spelthorne
    ['E07000214', 'west-surrey-2027'], // Surrey Heath
    ['E07000216', 'west-surrey-2027'], // Waverley
    ['E07000217', 'west-surrey-2027'], // Woking
  ])('of %s become %s', (district, successor) => {
    expect(at('2027-04-01T12:00:00Z', areas(district))).toMatchObject({ councils: [{ code: successor }] });
    expect(named(district).countyCode).toBe(SURREY);
  });

  test('are the new one where a directory gives its code, also with the old county', () => {
    expect(at('2027-04-01T12:00:00Z', areas('east-surrey-2027', null))).toMatchObject({
      councils: [{ code: 'east-surrey-2027', replaced: { since: FIRST_DAY } }],
    });
    expect(at('2027-04-01T12:00:00Z', areas('east-surrey-2027'))).toMatchObject({
      councils: [{ code: 'east-surrey-2027' }],
    });
  });

  test('are not guessed where a directory gives the new code too early, or one that we do not know', () => {
    expect(at('2027-03-31T12:00:00Z', areas('east-surrey-2027'))).toBe('unknown-council');
    expect(at('2027-04-01T12:00:00Z', areas('E06000099', null))).toBe('unknown-council');
    expect(at('2027-04-01T12:00:00Z', areas(ELMBRIDGE, 'E10000099'))).toBe('unknown-council');
  });

  test('leave every other county as it is', () => {
    const place = at('2027-04-01T12:00:00Z', areas('E07000179', OXFORDSHIRE));
    expect(place).toMatchObject({ councils: [{ code: 'E07000179' }, { code: OXFORDSHIRE }], ward: {} });
    expect(JSON.stringify(place)).not.toContain('replaced');
  });
});

describe('a council', () => {
  test('exists from its first day to its last', () => {
    expect([LAST_DAY, FIRST_DAY].map((day) => existsOn(named(ELMBRIDGE), day))).toEqual([true, false]);
    expect([LAST_DAY, FIRST_DAY].map((day) => existsOn(named('east-surrey-2027'), day))).toEqual([false, true]);
  });

  test('stands for itself, then for its successor; a county for nobody, but its districts know', () => {
    expect(standingOn(named(WOKING), LAST_DAY, councils)?.code).toBe(WOKING);
    expect(standingOn(named(WOKING), FIRST_DAY, councils)?.code).toBe('west-surrey-2027');
    expect(standingOn(named('west-surrey-2027'), LAST_DAY, councils)).toBeUndefined();
    expect(standingOn(named(SURREY), FIRST_DAY, councils)).toBeUndefined();
    expect(successorsOf(named(SURREY), FIRST_DAY, councils).map(({ code }) => code)).toEqual([
      'east-surrey-2027',
      'west-surrey-2027',
    ]);
    expect(successorsOf(named(ELMBRIDGE), LAST_DAY, councils)).toEqual([]);
  });

  test('is one of 382, and of 372 from 1 April 2027', () => {
    expect(councilsOn(councils, LAST_DAY)).toHaveLength(382);
    expect(councilsOn(councils, FIRST_DAY)).toHaveLength(372);
  });
});

describe('choosing by name', () => {
  const choose = (council: string, constituency: string, today: string) =>
    choosePlace(registers, council, constituency, today);
  const codesOf = (chosen: ReturnType<typeof choose>) => chosen.ok && chosen.value.councils.map(({ code }) => code);
  const choices = (chosen: ReturnType<typeof choose>) =>
    !chosen.ok && 'choices' in chosen.error && chosen.error.choices.map(({ code }) => code);

  test('takes an ended council, by code or by name, for the one that took over', () => {
    for (const typed of [
      ELMBRIDGE,
      'Elmbridge',
      'Elmbridge Borough Council',
      'east-surrey-2027',
      'East Surrey Council',
    ])
      expect(codesOf(choose(typed, 'Esher and Walton', FIRST_DAY)), typed).toEqual(['east-surrey-2027']);
    expect(codesOf(choose(ELMBRIDGE, 'Esher and Walton', LAST_DAY))).toEqual([ELMBRIDGE, SURREY]);
  });

  test('says of a new council chosen by name all that it took over from', () => {
    const chosen = choose('east-surrey-2027', 'Esher and Walton', FIRST_DAY);
    expect(chosen.ok && chosen.value.councils[0]?.replaced?.councils.map(({ name }) => name)).toEqual([
      'Elmbridge Borough Council',
      'Epsom and Ewell Borough Council',
      'Mole Valley District Council',
      'Reigate and Banstead Borough Council',
      'Tandridge District Council',
      'Surrey County Council',
    ]);
  });

  test('knows no council before its first day', () => {
    expect(choose('East Surrey Council', 'Esher and Walton', LAST_DAY)).toMatchObject({
      error: { kind: 'unknown-council' },
    });
  });

  test('offers for the ended county those that took over', () => {
    const chosen = choose('Surrey County Council', '', FIRST_DAY);
    expect(chosen).toMatchObject({
      error: { kind: 'unknown-council', near: [{ code: 'east-surrey-2027' }, { code: 'west-surrey-2027' }] },
    });
  });

  test('offers only councils of the day within a constituency', () => {
    expect(choices(choose('', 'Surrey Heath', LAST_DAY))).toEqual(['E07000209', 'E07000214']);
    expect(choices(choose('', 'Surrey Heath', FIRST_DAY))).toEqual(['west-surrey-2027']);
    expect(choices(choose('west-surrey-2027', '', FIRST_DAY))).toContain('E14001532');
  });
});
