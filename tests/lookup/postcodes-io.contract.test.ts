import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Postcode } from '../../src/domain/postcode.ts';
import { openHttp } from '../../src/lookup/http.ts';
import { postcodesIo } from '../../src/lookup/postcodes-io.ts';
import { json, startAnswering, type Answering } from './answering.ts';
import { postcodeSampleFiles, postcodeSamples, readSample, samples, type Sample } from './samples.ts';

const http = openHttp({ pauseMs: 1, opensAfter: 1_000 });
afterAll(() => http.close());

/** A postcode that no recorded answer to another question is about. */
const SOME = 'SW1A 1AA';

const UNKNOWN = { ok: false, error: { kind: 'unknown-postcode' } };
const MALFORMED = { ok: false, error: { kind: 'not-a-postcode' } };
const UNAVAILABLE = { ok: false, error: { kind: 'unavailable' } };
const UNREADABLE = { ok: false, error: { kind: 'unreadable' } };
const lives = (districtCode: string, constituency: string, ward: string) => ({
  ok: true,
  value: { districtCode, countyCode: null, division: null, constituency: { code: constituency }, ward: { code: ward } },
});
const terminated = (year: number, month: number) => ({ ok: false, error: { kind: 'terminated', year, month } });
const ABERDEEN = lives('S12000033', 'S14000061', 'S13002842');
const SOUTHWARK = lives('E09000028', 'E14001085', 'E05011104');

/** What asking for one postcode must give, by sample. */
const LOOKUPS: Record<string, object> = {
  lookup_scotland_AB101AB: ABERDEEN,
  lookup_scotland_lower_spaced: ABERDEEN,
  lookup_scotland_extra_spaces: MALFORMED,
  lookup_england_M11AD: lives('E08000003', 'E14001352', 'E05011361'),
  lookup_england_M111AA: { ok: true, value: { nation: 'England', districtCode: 'E08000003', countyCode: null } },
  lookup_england_SE12DL: SOUTHWARK,
  lookup_nonlocated_SE1P5ZZ: SOUTHWARK,
  lookup_jersey_JE24WD: { ok: false, error: { kind: 'outside-the-uk', where: 'channel-islands' } },
  lookup_terminated_SE19ZZ: terminated(1998, 12),
  lookup_terminated_AB10AA: terminated(1996, 6),
  lookup_404_valid_format: UNKNOWN,
  lookup_404_not_exist: UNKNOWN,
  lookup_invalid: MALFORMED,
  lookup_outcode_only: MALFORMED,
  lookup_special_chars: MALFORMED,
  lookup_slash: MALFORMED,
  lookup_malformed_percent: MALFORMED,
  lookup_malformed_percent2: UNAVAILABLE,
  lookup_GIR0AA: MALFORMED,
  lookup_filter_ignored: ABERDEEN,
  lookup_jsonp: UNREADABLE,
  lookup_jsonp_404: UNKNOWN,
};

/** Answers to other questions that say "no such postcode" in the same words, or stumble; all others are unreadable. */
const OTHERS: Record<string, object> = {
  nearest_404: UNKNOWN,
  terminated_404_invalid: MALFORMED,
  scotland_postcode: UNREADABLE,
  bulk_no_body: UNAVAILABLE,
};

describe.skipIf(!samples)('postcodes.io as recorded', () => {
  const all = postcodeSamples();
  const used = new Set<string>();
  let upstream: Answering;
  beforeAll(async () => {
    upstream = await startAnswering();
  });
  afterAll(() => upstream.close());

  const replay = ({ status, body, contentType }: Sample, postcode: string) => {
    upstream.replies = [{ status, body, headers: { 'content-type': contentType || 'text/plain' } }];
    return postcodesIo(http, upstream.url).areasFor(postcode as Postcode);
  };

  test.each(all.filter(({ name }) => name in LOOKUPS))('$name is read right', async (sample) => {
    expect(await replay(sample, askedIn(sample))).toMatchObject(LOOKUPS[sample.name]!);
    used.add(sample.name);
  });

  test.each(all.filter(({ name }) => !(name in LOOKUPS)))('$name is no answer to a postcode', async (sample) => {
    expect(await replay(sample, SOME)).toMatchObject(OTHERS[sample.name] ?? UNREADABLE);
    used.add(sample.name);
  });

  test('every question for one postcode is among the look-ups', () => {
    const single = all.filter(({ request }) => /^\/postcodes\/[^/]+$/.test(request)).map(({ name }) => name);
    expect(single.sort()).toEqual(Object.keys(LOOKUPS).sort());
  });

  test('all 77 answers were used', () => {
    expect([...used].map((name) => `${name}.json`).sort()).toEqual(postcodeSampleFiles().sort());
    expect(used.size).toBe(77);
  });

  test.each(all.filter(({ status, request }) => status === 200 && /^(\/postcodes\?|-X POST|\/random)/.test(request)))(
    '$name holds no record that cannot be read',
    async ({ body }) => {
      for (const record of recordsIn(JSON.parse(body))) {
        upstream.replies = [json({ status: 200, result: record })];
        const answer = await postcodesIo(http, upstream.url).areasFor(record.postcode as Postcode);
        expect(answer).toMatchObject({ ok: true, value: { postcode: record.postcode } });
      }
    },
  );
});

describe.skipIf(!samples)('postcodes.io of earlier releases', () => {
  const older = (name: string) => (samples ? JSON.parse(readSample(`postcodes-io-older/${name}.json`)) : null);
  const records = [
    ...recordsIn(older('bulk_two_tier_OX49_5NU_M32_0JG_NE30_1DP_v16')),
    ...recordsIn(older('ni_BT53_7HX_result_only_v16')),
    ...recordsIn(older('wales_SA19_7BR_reversegeo_pre2024')),
  ];

  test.each([
    ['OX49 5NU', 'E07000179', 'E10000025', 'E14001280', { code: 'E58001732', name: 'Chalgrove and Watlington' }],
    ['M32 0JG', 'E08000009', null, 'E14001528', null],
    ['NE30 1DP', 'E08000022', null, 'E14001557', null],
    ['BT53 7HX', 'N09000004', null, 'N05000012', null],
    ['SA19 7BR', 'W06000010', null, 'W07000067', null],
  ])('%s is read right', async (postcode, districtCode, countyCode, constituency, division) => {
    const upstream = await startAnswering(
      json({ status: 200, result: records.find((record) => record.postcode === postcode) }),
    );
    const answer = await postcodesIo(http, upstream.url).areasFor(postcode as Postcode);
    expect(answer).toMatchObject({
      value: { postcode, districtCode, countyCode, division, constituency: { code: constituency } },
    });
    await upstream.close();
  });
});

/** The postcode that a recorded look-up was about, in its written form; any will do where there was none. */
function askedIn({ body }: Sample): string {
  return /"postcode":"([^"]+)"/.exec(body)?.[1] ?? SOME;
}

/** Every record inside an answer, wherever it is; those of the islands, which have no council, left out. */
function recordsIn(value: unknown): { postcode: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('postcode' in value && 'codes' in value && 'country' in value) {
    return /Island|Man$/.test(String(value.country)) ? [] : [value as { postcode: string }];
  }
  return Object.values(value).flatMap(recordsIn);
}
