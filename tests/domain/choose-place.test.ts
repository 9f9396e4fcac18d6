import { describe, expect, test } from 'vitest';
import { choosePlace } from '../../src/domain/choose-place.ts';
import { readCouncils } from '../../src/records/councils.ts';
import { readConstituencies } from '../../src/records/constituencies.ts';

const data = new URL('../../data/', import.meta.url);
const registers = { councils: readCouncils(data), constituencies: readConstituencies(data) };
const choose = (council: string, constituency: string, today = '2026-11-23') =>
  choosePlace(registers, council, constituency, today);

describe('choosing council and constituency by name', () => {
  test('makes a place of two that belong together', () => {
    expect(choose('London Borough of Southwark', 'Bermondsey and Old Southwark')).toMatchObject({
      ok: true,
      value: {
        postcode: null,
        nation: 'England',
        councils: [{ code: 'E09000028', tier: 'unitary' }],
        constituency: { code: 'E14001085' },
        source: 'chosen',
      },
    });
  });

  test('takes codes, short names and any spelling', () => {
    expect(choose('E09000028', 'E14001085').ok).toBe(true);
    expect(choose(' southwark ', 'BERMONDSEY & OLD SOUTHWARK').ok).toBe(true);
    expect(choose('Wrexham', 'montgomeryshire and glyndwr').ok).toBe(true);
  });

  test('adds the county to a district, district first', () => {
    const place = choose('Tonbridge and Malling', 'Tonbridge');
    expect(place.ok && place.value.councils.map(({ tier }) => tier)).toEqual(['district', 'county']);
    expect(place.ok && place.value.councils[1]?.code).toBe('E10000016');
  });

  test('with the council alone asks among the constituencies that it touches', () => {
    const asked = choose('Southwark', '');
    expect(asked).toMatchObject({ ok: false, error: { kind: 'which-constituency' } });
    expect(
      !asked.ok && asked.error.kind === 'which-constituency' && asked.error.choices.map(({ name }) => name),
    ).toContain('Bermondsey and Old Southwark');
  });

  test('with the constituency alone asks among the councils that it touches', () => {
    expect(choose('', 'Bermondsey and Old Southwark')).toMatchObject({
      ok: false,
      error: { kind: 'which-council', choices: [expect.objectContaining({ area: 'Southwark' })] },
    });
  });

  test('with a county asks which of its districts', () => {
    const asked = choose('Kent County Council', 'Tonbridge');
    expect(asked).toMatchObject({ ok: false, error: { kind: 'which-council' } });
    expect(
      !asked.ok &&
        asked.error.kind === 'which-council' &&
        asked.error.choices.every(({ countyCode }) => countyCode === 'E10000016'),
    ).toBe(true);
  });

  test('refuses two that lie apart, and says which constituencies the council has', () => {
    expect(choose('Southwark', 'Aberdeen South')).toMatchObject({
      ok: false,
      error: { kind: 'apart', council: { area: 'Southwark' } },
    });
  });

  test('offers what is near to a name it does not know', () => {
    const asked = choose('Southwerk and Bermondsey Council', 'Bermondsey');
    expect(asked).toMatchObject({ ok: false, error: { kind: 'unknown-council' } });
    const which = choose('Southwark', 'Bermondsey');
    expect(
      !which.ok && which.error.kind === 'unknown-constituency' && which.error.near.map(({ name }) => name),
    ).toEqual(['Bermondsey and Old Southwark']);
  });

  test('says when nothing was chosen', () => {
    expect(choose(' ', '')).toEqual({ ok: false, error: { kind: 'nothing-chosen' } });
  });

  test('every one of the 650 constituencies leads to a place through each of its councils', () => {
    const stuck = registers.constituencies.all.flatMap(({ code, councilCodes }) =>
      councilCodes.filter((council) => !choose(council, code).ok).map((council) => `${code} ${council}`),
    );
    expect(stuck).toEqual([]);
  });
});
