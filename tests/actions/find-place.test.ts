import { beforeEach, describe, expect, test } from 'vitest';
import { placeFinder, type FindPlace } from '../../src/actions/find-place.ts';
import type { PostcodeAreas } from '../../src/domain/place.ts';
import type { DirectoryAnswer } from '../../src/domain/postcode-directory.ts';
import type { Postcode } from '../../src/domain/postcode.ts';
import { err, ok, type Result } from '../../src/domain/result.ts';
import type { PostcodeFailure } from '../../src/lookup/postcodes-io.ts';
import { readConstituencies } from '../../src/records/constituencies.ts';
import { readCouncils } from '../../src/records/councils.ts';
import { aDatabase, after, days, NOON } from '../builders.ts';

const data = new URL('../../data/', import.meta.url);
const registers = { councils: readCouncils(data), constituencies: readConstituencies(data) };

const SOUTHWARK: PostcodeAreas = {
  postcode: 'SE1 2DL' as Postcode,
  nation: 'England',
  districtCode: 'E09000028',
  countyCode: null,
  ward: { code: 'E05011104', name: 'London Bridge & West Bermondsey' },
  division: null,
  constituency: { code: 'E14001085', name: 'Bermondsey and Old Southwark' },
};
const DOWN: PostcodeFailure = { kind: 'unavailable', detail: 'no answer' };

describe('finding the place of a postcode', () => {
  const store = aDatabase();
  let now = NOON;
  let asked: string[] = [];
  let complaints: string[] = [];
  let directory: DirectoryAnswer | undefined;
  let answer: Result<PostcodeAreas, PostcodeFailure> = ok(SOUTHWARK);
  const finder = (examples: readonly PostcodeAreas[] = []): FindPlace =>
    placeFinder({
      db: store.db,
      inDirectory: () => directory,
      areasFor: async (postcode) => {
        asked.push(postcode);
        return answer;
      },
      registers,
      examples,
      complain: (event) => void complaints.push(event),
      clock: () => now,
    });

  beforeEach(() => {
    now = NOON;
    asked = [];
    complaints = [];
    directory = undefined;
    answer = ok(SOUTHWARK);
  });

  test('asks the upstream for the postcode in its one written form', async () => {
    expect(await finder()('se12dl')).toMatchObject({
      ok: true,
      value: {
        place: { councils: [{ name: 'London Borough of Southwark' }], source: 'postcodes.io' },
        asOf: NOON,
        late: false,
      },
    });
    expect(asked).toEqual(['SE1 2DL']);
  });

  test('remembers the answer, in this process and in the next', async () => {
    const find = finder();
    await find('SE1 2DL');
    await find('SE1 2DL');
    await finder()('SE1 2DL');
    expect(asked).toHaveLength(1);
  });

  test('asks once for many who ask at the same moment', async () => {
    const find = finder();
    const found = await Promise.all(Array.from({ length: 20 }, () => find('SE1 2DL')));
    expect(found.every(({ ok }) => ok)).toBe(true);
    expect(asked).toHaveLength(1);
  });

  test('asks again after thirty days', async () => {
    const find = finder();
    await find('SE1 2DL');
    now = after(NOON, days(30));
    await find('SE1 2DL');
    expect(asked).toHaveLength(2);
  });

  test('serves an older answer, and says how old, while the upstream is down', async () => {
    await finder()('SE1 2DL');
    answer = err(DOWN);
    now = after(NOON, days(45));
    expect(await finder()('SE1 2DL')).toMatchObject({ ok: true, value: { asOf: NOON, late: true } });
  });

  test('does not trust an older answer over an upstream that says the postcode has ended', async () => {
    await finder()('SE1 2DL');
    answer = err({ kind: 'terminated', year: 2026, month: 11 });
    now = after(NOON, days(45));
    expect(await finder()('SE1 2DL')).toEqual({
      ok: false,
      error: { kind: 'terminated', postcode: 'SE1 2DL', year: 2026, month: 11 },
    });
  });

  test('says that nothing can be looked up when there is nothing older', async () => {
    answer = err(DOWN);
    expect(await finder()('SE1 2DL')).toEqual({
      ok: false,
      error: { kind: 'lookup-unavailable', postcode: 'SE1 2DL' },
    });
    expect(complaints).toHaveLength(1);
  });

  test('lets an example answer, marked as one, when the upstream is down', async () => {
    answer = err(DOWN);
    expect(await finder([SOUTHWARK])('SE1 2DL')).toMatchObject({ ok: true, value: { place: { source: 'examples' } } });
  });

  test('never lets an example answer for an upstream that is there', async () => {
    answer = err({ kind: 'unknown-postcode' });
    expect(await finder([SOUTHWARK])('SE1 2DL')).toMatchObject({ ok: false, error: { kind: 'unknown-postcode' } });
  });

  test.each([
    [
      'a constituency from before the boundaries changed',
      { constituency: { code: 'E14000553', name: 'Bermondsey and Old Southwark' } },
    ],
    ['a council that we do not know', { districtCode: 'E09000099' }],
    ['a county that we do not know', { countyCode: 'E10000099' }],
  ])('gives no place for %s, and somebody is told', async (_, change) => {
    answer = ok({ ...SOUTHWARK, ...change });
    expect(await finder()('SE1 2DL')).toMatchObject({ ok: false, error: { kind: 'lookup-unavailable' } });
    expect(complaints).toHaveLength(1);
  });

  test('asks the operator’s own directory first, and then nobody else', async () => {
    directory = { kind: 'live', areas: SOUTHWARK };
    expect(await finder()('SE1 2DL')).toMatchObject({
      ok: true,
      value: { place: { source: 'postcode directory' }, late: false },
    });
    expect(asked).toEqual([]);
  });

  test('takes the directory’s word for a postcode that has ended, and for the islands', async () => {
    directory = { kind: 'terminated', year: 1998, month: 12 };
    expect(await finder()('SE1 9ZZ')).toMatchObject({ error: { kind: 'terminated', year: 1998, month: 12 } });
    directory = { kind: 'outside-the-uk', where: 'channel-islands' };
    expect(await finder()('SE1 9ZZ')).toMatchObject({ error: { kind: 'elsewhere', where: 'channel-islands' } });
    expect(asked).toEqual([]);
  });

  test('asks the upstream where the directory names a council that we do not know, and somebody is told', async () => {
    directory = { kind: 'live', areas: { ...SOUTHWARK, districtCode: 'E09000099' } };
    expect(await finder()('SE1 2DL')).toMatchObject({ ok: true, value: { place: { source: 'postcodes.io' } } });
    expect(complaints).toHaveLength(1);
  });

  test('asks nobody about what is not a postcode', async () => {
    expect(await finder()('hello')).toMatchObject({ ok: false });
    expect(await finder()('JE2 4WD')).toEqual({ ok: false, error: { kind: 'elsewhere', where: 'jersey' } });
    expect(asked).toEqual([]);
  });
});
