import { beforeEach, describe, expect, test } from 'vitest';
import { placeCorrecter, type Correction } from '../../src/actions/correct-place.ts';
import { wardLister } from '../../src/actions/wards-of.ts';
import { mapOf } from '../../src/domain/days-map.ts';
import { councilsNearby } from '../../src/domain/nearby.ts';
import { placeQuery } from '../../src/domain/place-query.ts';
import { readConstituencies } from '../../src/records/constituencies.ts';
import { readCouncils } from '../../src/records/councils.ts';
import { keepList } from '../../src/store/councillor-lists.ts';
import { noteWard } from '../../src/store/wards.ts';
import { aPlace, NOON, onBothEngines } from '../builders.ts';
import { aCouncillor, aFoundList, SOUTHWARK } from '../councillor-builders.ts';

const DATA = new URL('../../data/', import.meta.url);
const registers = { councils: readCouncils(DATA), constituencies: readConstituencies(DATA) };
const LAMBETH = 'E09000022';
const CAMDEN = 'E09000007';
const DULWICH = registers.constituencies.all.find(({ name }) => name === 'Dulwich and West Norwood')!;
const CLAPHAM = registers.constituencies.all.find(({ name }) => name === 'Clapham and Brixton Hill')!;

const WARDS = [
  { code: 'E05011095', name: 'Borough & Bankside' },
  { code: '', name: 'Peckham' },
];
const correct = placeCorrecter({
  registers,
  wardsOf: async (code) => (code === SOUTHWARK ? WARDS : []),
  clock: () => NOON,
});
const AS_IT_IS: Correction = { council: '', constituency: '', ward: '', division: '' };
const corrected = (correction: Partial<Correction>, place = aPlace()) => correct(place, { ...AS_IT_IS, ...correction });

describe('putting a place right', () => {
  test.each([
    ['by its code', 'E05011095', WARDS[0]],
    ['by its name', 'Borough & Bankside', WARDS[0]],
    ['that only the council’s list names', 'Peckham', WARDS[1]],
  ])('takes another ward of the council %s', async (_, ward, area) => {
    expect(await corrected({ ward })).toMatchObject({
      ok: true,
      value: { postcode: 'SE1 2DL', source: 'chosen', ward: area, constituency: { code: 'E14001085' } },
    });
  });

  test('takes a council next door, with no ward known any more', async () => {
    const { code } = DULWICH;
    expect(await corrected({ council: LAMBETH, constituency: code })).toMatchObject({
      ok: true,
      value: { councils: [{ code: LAMBETH }], ward: null, constituency: { code }, source: 'chosen' },
    });
  });

  test('asks which constituency, where the postcode’s own does not reach', async () => {
    expect(await corrected({ council: LAMBETH })).toMatchObject({
      ok: false,
      error: { kind: 'which-constituency', council: { code: LAMBETH } },
    });
  });

  test('takes another constituency that reaches into the council', async () => {
    expect(await corrected({ constituency: DULWICH.code })).toMatchObject({
      ok: true,
      value: { councils: [{ code: SOUTHWARK }], constituency: { code: DULWICH.code }, ward: aPlace().ward },
    });
  });

  test('leaves a place as it is when nothing is put right', async () => {
    const place = aPlace();
    const said = { council: SOUTHWARK, constituency: 'E14001085', ward: 'E05011104' };
    expect(await corrected(said, place)).toEqual({ ok: true, value: place });
  });

  test.each<[string, Partial<Correction>, string]>([
    ['a council that shares no constituency', { council: CAMDEN }, 'not-nearby'],
    ['a council that there is not', { council: 'E09000099' }, 'not-nearby'],
    ['a council by its name', { council: 'Lambeth' }, 'not-nearby'],
    ['a ward of nobody', { ward: 'Nowhere' }, 'unknown-ward'],
    ['another council’s ward', { council: LAMBETH, constituency: DULWICH.code, ward: 'Peckham' }, 'unknown-ward'],
    ['a division where there is no county', { division: 'Peckham' }, 'unknown-ward'],
    ['a constituency that does not reach into the council', { constituency: CLAPHAM.code }, 'apart'],
    ['a constituency that there is not', { constituency: 'E14009999' }, 'unknown-constituency'],
  ])('refuses %s', async (_, correction, kind) => {
    expect(await corrected(correction)).toMatchObject({ ok: false, error: { kind } });
  });

  test('comes to the same place again by its own words', async () => {
    const once = await corrected({ council: SOUTHWARK, constituency: DULWICH.code, ward: 'Peckham' });
    if (!once.ok) throw new Error(once.error.kind);
    expect(placeQuery(once.value)).toEqual({
      postcode: 'SE1 2DL',
      council: SOUTHWARK,
      constituency: DULWICH.code,
      ward: 'Peckham',
    });
    expect(await corrected({ ...AS_IT_IS, ...placeQuery(once.value) })).toEqual(once);
  });

  test('is only ever next door to what the postcode says', () => {
    const names = councilsNearby(aPlace(), mapOf(registers, '2026-11-23')).map(({ area }) => area);
    expect(names).toContain('Lambeth');
    expect(names).not.toContain('Southwark');
    expect(names.length).toBeLessThan(6);
  });
});

onBothEngines('the wards to choose among', (store) => {
  const example = { councilCode: LAMBETH, councillors: [aCouncillor({ seat: 'Vauxhall' })], vacantSeats: [] };
  let wardsOf: ReturnType<typeof wardLister>;
  beforeEach(() => {
    wardsOf = wardLister({ db: store.db, examples: [example] });
  });

  test('are the seats of the council’s own list, vacant ones too, each once and by name', async () => {
    const councillors = [
      aCouncillor({ theirId: '1', seat: 'Peckham' }),
      aCouncillor({ theirId: '2', seat: 'Peckham' }),
      aCouncillor({ theirId: '3', seat: 'Borough', seatCode: 'E05011095' }),
    ];
    await keepList(store.db, aFoundList({ councilCode: SOUTHWARK, councillors, vacantSeats: ['Surrey Docks'] }));
    expect(await wardsOf(SOUTHWARK)).toEqual([
      { code: 'E05011095', name: 'Borough' },
      { code: '', name: 'Peckham' },
      { code: '', name: 'Surrey Docks' },
    ]);
  });

  test('are those that were seen, where there is no list', async () => {
    await noteWard(store.db, { ...WARDS[0]!, councilCode: SOUTHWARK, kind: 'ward' }, NOON);
    expect(await wardsOf(SOUTHWARK)).toEqual([WARDS[0]]);
    expect(await wardsOf(CAMDEN)).toEqual([]);
  });

  test('are an example’s, in practice', async () => {
    expect(await wardsOf(LAMBETH)).toEqual([{ code: '', name: 'Vauxhall' }]);
  });
});
