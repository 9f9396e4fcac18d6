import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Postcode } from '../../src/domain/postcode.ts';
import { openHttp } from '../../src/lookup/http.ts';
import { postcodesIo } from '../../src/lookup/postcodes-io.ts';
import { recordOf, ROWS } from '../stand-ins/postcode-records.ts';
import { json, startAnswering, type Answering } from './answering.ts';

const http = openHttp({ pauseMs: 2, opensAfter: 1_000 });
afterAll(() => http.close());

describe('a record of postcodes.io', () => {
  let upstream: Answering;
  beforeAll(async () => {
    upstream = await startAnswering();
  });
  afterAll(() => upstream.close());

  const OXFORDSHIRE = recordOf(ROWS.find(({ postcode }) => postcode === 'OX49 5NU')!);
  const read = (change: object, codes: object = {}) => {
    const result = { ...OXFORDSHIRE, ...change, codes: { ...(OXFORDSHIRE.codes as object), ...codes } };
    upstream.replies = [json({ status: 200, result })];
    return postcodesIo(http, upstream.url).areasFor('OX49 5NU' as Postcode);
  };

  test('from before the map of 2024 was added gives its only constituency', async () => {
    expect(
      await read(
        { parliamentary_constituency: 'Henley', parliamentary_constituency_2024: undefined },
        { parliamentary_constituency: 'E14000742', parliamentary_constituency_2024: undefined },
      ),
    ).toMatchObject({ value: { constituency: { code: 'E14000742', name: 'Henley' } } });
  });

  test('with two maps gives the constituency of 2024', async () => {
    expect(
      await read({ parliamentary_constituency: 'Henley' }, { parliamentary_constituency: 'E14000742' }),
    ).toMatchObject({ value: { constituency: { code: 'E14001280', name: 'Henley and Thame' } } });
  });

  test('gives the division where it has both name and code', async () => {
    expect(await read({ ced: 'Chalgrove and Watlington' })).toMatchObject({
      value: { division: { code: 'E58001732', name: 'Chalgrove and Watlington' } },
    });
  });

  test.each([
    ['a placeholder', { admin_ward: 'E99999999' }],
    ['nothing', { admin_ward: null }],
  ])('whose ward is %s has no ward', async (_, codes) => {
    expect(await read({}, codes)).toMatchObject({ value: { ward: null } });
  });

  test.each([
    ['a placeholder', { admin_county: 'E99999999' }],
    ['nothing', { admin_county: null }],
    ['a metropolitan county, which has no council', { admin_county: 'E11000001' }],
  ])('whose county is %s has one council', async (_, codes) => {
    expect(await read({}, codes)).toMatchObject({ value: { countyCode: null } });
  });

  test('of the Isle of Man is outside the United Kingdom', async () => {
    expect(await read({ country: 'Isle of Man' }, { admin_district: 'M99999999' })).toEqual({
      ok: false,
      error: { kind: 'outside-the-uk', where: 'isle-of-man' },
    });
  });

  test.each([
    ['another postcode', { postcode: 'OX49 5NT' }, {}],
    ['an unknown country', { country: 'Atlantis' }, {}],
    ['a country that its council is not in', { country: 'Wales' }, {}],
    ['no council', {}, { admin_district: 'E99999999' }],
    ['a council of no such code', {}, { admin_district: 'constructor' }],
    ['no constituency', {}, { parliamentary_constituency: 'E99999999', parliamentary_constituency_2024: 'E99999999' }],
    ['a constituency without a name', { parliamentary_constituency: null, parliamentary_constituency_2024: null }, {}],
    ['no country', { country: undefined }, {}],
    ['codes that are numbers', {}, { admin_district: 7 }],
  ])('with %s is unreadable', async (_, change, codes) => {
    expect(await read(change, codes)).toMatchObject({ error: { kind: 'unreadable' } });
  });

  test.each([
    ['another reason', { status: 404, error: 'Resource not found' }],
    ['no reason', {}],
    ['the end of another postcode', ended('OX49 5NT', 1996, 6)],
    ['a thirteenth month', ended('OX49 5NU', 1996, 13)],
    ['no month', ended('OX49 5NU', 1996, undefined)],
  ])('that is not found, with %s, is unreadable', async (_, body) => {
    upstream.replies = [json(body, 404)];
    expect(await postcodesIo(http, upstream.url).areasFor('OX49 5NU' as Postcode)).toMatchObject({
      error: { kind: 'unreadable' },
    });
  });
});

function ended(postcode: string, year_terminated: number, month_terminated: number | undefined) {
  return { status: 404, error: 'Postcode not found', terminated: { postcode, year_terminated, month_terminated } };
}
