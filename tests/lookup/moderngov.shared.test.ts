import { describe, expect, test } from 'vitest';
import { sharersOf } from '../../src/domain/shared-list.ts';
import { readList } from '../../src/lookup/moderngov-list.ts';
import { readCouncils } from '../../src/records/councils.ts';
import { byWardXml, madeUpWards, type MadeUpCouncillor, type MadeUpWard } from '../stand-ins/moderngov-records.ts';
import { aCouncil } from './a-council.ts';

const HITHER = aCouncil({ code: 'E07000901', area: 'Hither', website: 'https://www.hither-yon.gov.uk/' });
const YON = aCouncil({ code: 'E07000902', area: 'Yon', website: 'https://www.hither-yon.gov.uk/' });

const wardsOf = (
  titles: string[],
  clue: Partial<MadeUpCouncillor>,
  domain = 'hither-yon.gov.uk',
  from = 0,
): MadeUpWard[] =>
  madeUpWards(titles, 3, domain).map(({ title, councillors }) => ({
    title,
    councillors: councillors.map((it) => ({ ...it, id: it.id + from, ...clue })),
  }));
const TITLES = ['Marine', 'Central', 'Park', 'Hill'];
const read = (wards: readonly MadeUpWard[], council = HITHER, other = YON) =>
  readList(byWardXml(wards), council, [other]);
const idsIn = (list: ReturnType<typeof read>) =>
  list.ok ? list.value.councillors.map(({ theirId }) => Number(theirId)) : list.error;

describe('an installation of two councils', () => {
  test.each([
    [
      'the district',
      wardsOf(TITLES, { district: 'Hither District Council' }),
      wardsOf(TITLES, { district: 'Yon' }, undefined, 500),
    ],
    [
      'what they represent',
      wardsOf(TITLES, { representing: 'Marine Ward, Hither' }),
      wardsOf(TITLES, { representing: 'Yon Borough' }, undefined, 500),
    ],
    [
      'the title of the ward',
      wardsOf(
        TITLES.map((title) => `Hither - ${title}`),
        {},
      ),
      wardsOf(
        TITLES.map((title) => `${title} (Yon)`),
        {},
        undefined,
        500,
      ),
    ],
    ['the domain of their mail', wardsOf(TITLES, {}, 'hither.gov.uk'), wardsOf(TITLES, {}, 'yon.gov.uk', 500)],
  ])('is told apart by %s', (_, hither, yon) => {
    const both = [...hither, ...yon];
    expect(idsIn(read(both))).toEqual(Array.from({ length: 12 }, (_, at) => 100 + at));
    expect(idsIn(read(both, YON, HITHER))).toEqual(Array.from({ length: 12 }, (_, at) => 600 + at));
  });

  test.each([
    ['nothing', {}],
    ['both', { district: 'Hither and Yon' }],
    ['a name that only begins alike', { district: 'Hitherto' }],
  ])('is refused where %s says whose a ward is', (_, clue) => {
    const wards = [...wardsOf(TITLES, { district: 'Hither' }), ...wardsOf(['Quay'], clue, undefined, 500)];
    expect(idsIn(read(wards))).toBe('shared-and-unclear');
  });

  test('is refused where two in one ward are of two councils', () => {
    const [ward] = wardsOf(['Quay'], { district: 'Yon' });
    const [first, ...others] = ward!.councillors;
    const mixed = { title: 'Quay', councillors: [{ ...first!, district: 'Hither' }, ...others] };
    expect(idsIn(read([mixed]))).toBe('shared-and-unclear');
  });

  test('is not spoiled by a ward where nobody sits', () => {
    const empty = { title: 'Quay', councillors: [{ id: 1, name: 'Vacant seat' }] };
    expect(idsIn(read([...wardsOf(TITLES, { district: 'Hither' }), empty]))).toHaveLength(12);
  });

  test('gives no list to a council that has too few in it', () => {
    expect(idsIn(read(wardsOf(TITLES, { district: 'Hither' }), YON, HITHER))).toBe('too-few');
  });
});

test('every council that shares an installation is known to', () => {
  const { all } = readCouncils(new URL('../../data/', import.meta.url));
  const sharing = all.filter((council) => sharersOf(council, all).length > 0).map(({ area }) => area);
  const pairs =
    'Adur, Worthing, Eastbourne, Lewes, Babergh, Mid Suffolk, Broadland, South Norfolk, South Hams, West Devon';
  expect(sharing.sort()).toEqual(`${pairs}, High Peak, Staffordshire Moorlands`.split(', ').sort());
});
