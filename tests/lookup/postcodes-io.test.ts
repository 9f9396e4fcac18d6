import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Postcode } from '../../src/domain/postcode.ts';
import { openHttp } from '../../src/lookup/http.ts';
import { postcodesIo } from '../../src/lookup/postcodes-io.ts';
import { startPostcodesIo } from '../stand-ins/postcodes-io.ts';
import type { StandIn } from '../stand-ins/loopback.ts';

const http = openHttp({ pauseMs: 2, opensAfter: 1_000 });
const hasty = openHttp({ pauseMs: 2, opensAfter: 1_000, timeoutMs: 200 });
afterAll(() => Promise.all([http.close(), hasty.close()]));

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
    expect(await postcodesIo(hasty, upstream.url).areasFor('SE1 2DL' as Postcode)).toMatchObject({ error: { kind } });
  });
});
