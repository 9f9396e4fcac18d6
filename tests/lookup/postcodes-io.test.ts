import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Postcode } from '../../src/domain/postcode.ts';
import { openHttp } from '../../src/lookup/http.ts';
import { postcodesIo } from '../../src/lookup/postcodes-io.ts';
import { startPostcodesIo } from '../stand-ins/postcodes-io.ts';
import { recordOf, ROWS } from '../stand-ins/postcode-records.ts';
import type { StandIn } from '../stand-ins/loopback.ts';
import { json, startAnswering, type Answering } from './answering.ts';

const http = openHttp({ timeoutMs: 200, pauseMs: 2, opensAfter: 1_000 });
afterAll(() => http.close());

describe('asking postcodes.io where a postcode is', () => {
  let upstream: StandIn;
  beforeAll(async () => {
    upstream = await startPostcodesIo();
  });
  afterEach(() => void (upstream.faults.mode = 'ok'));
  afterAll(() => upstream.close());
  const ask = (postcode: string) => postcodesIo(http, upstream.url).areasFor(postcode as Postcode);

  test('gives its one council, ward and constituency', async () => {
    expect(await ask('SE1 2DL')).toEqual({
      ok: true,
      value: {
        postcode: 'SE1 2DL',
        nation: 'England',
        districtCode: 'E09000028',
        countyCode: null,
        ward: { code: 'E05011104', name: 'London Bridge & West Bermondsey' },
        division: null,
        constituency: { code: 'E14001085', name: 'Bermondsey and Old Southwark' },
      },
    });
  });

  test('gives both councils where there are two, even when the division has lost its name', async () => {
    expect(await ask('OX49 5NU')).toMatchObject({
      value: { districtCode: 'E07000179', countyCode: 'E10000025', division: null },
    });
  });

  test.each([
    ['AB10 1AB', 'Scotland', 'S12000033'],
    ['EH1 1YZ', 'Scotland', 'S12000036'],
    ['SA19 7BR', 'Wales', 'W06000010'],
    ['BT53 7HX', 'Northern Ireland', 'N09000004'],
    ['M1 1AD', 'England', 'E08000003'],
    ['SE1P 5ZZ', 'England', 'E09000028'],
  ])('%s is in %s', async (postcode, nation, districtCode) => {
    expect(await ask(postcode)).toMatchObject({ value: { nation, districtCode, countyCode: null } });
  });

  test.each([
    ['AB1 0AA', { kind: 'terminated', year: 1996, month: 6 }],
    ['SE1 9ZZ', { kind: 'terminated', year: 1998, month: 12 }],
    ['SE1 9ZY', { kind: 'unknown-postcode' }],
    ['GIR 0AA', { kind: 'not-a-postcode' }],
    ['AB10/1AB', { kind: 'not-a-postcode' }],
    ['JE2 4WD', { kind: 'outside-the-uk', where: 'channel-islands' }],
  ])('%s is answered with why not', async (postcode, error) => {
    expect(await ask(postcode)).toEqual({ ok: false, error });
  });

  test.each([
    ['down', 'unavailable'],
    ['slow', 'unavailable'],
    ['cut', 'unavailable'],
    ['500', 'unavailable'],
    ['html', 'unreadable'],
    ['lying', 'unreadable'],
  ] as const)('when it is %s, is %s', async (mode, kind) => {
    upstream.faults.mode = mode;
    expect(await ask('SE1 2DL')).toMatchObject({ error: { kind } });
  });
});

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
