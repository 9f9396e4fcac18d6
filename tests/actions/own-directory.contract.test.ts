import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { importPostcodes } from '../../src/actions/import-postcodes.ts';
import { whereaboutsOf, type Areas } from '../../src/domain/place.ts';
import type { DirectoryAnswer } from '../../src/domain/postcode-directory.ts';
import type { Postcode } from '../../src/domain/postcode.ts';
import { areasIn, Live } from '../../src/lookup/postcode-record.ts';
import { readConstituencies } from '../../src/records/constituencies.ts';
import { readCouncils } from '../../src/records/councils.ts';
import { openOnspd } from '../../src/records/onspd/file.ts';
import { openPostcodeDirectory, type PostcodeDirectory } from '../../src/store/postcode-directory.ts';
import { NOON } from '../builders.ts';
import { postcodeSamples, readSample, samples } from '../lookup/samples.ts';

type Record = z.output<typeof Live>['result'];
/** What somebody is told: where it is, in our own words; when it ended; or which islands it is of. */
type Told = object | undefined;

const data = new URL('../../data/', import.meta.url);
const registers = { councils: readCouncils(data), constituencies: readConstituencies(data) };

describe.skipIf(!samples)('our own directory, made of a real slice, and postcodes.io', () => {
  const rows: readonly { readonly [column: string]: string }[] = samples
    ? parse(readSample('onspd/ONSPD_AUG_2025_slice.csv'), { columns: true })
    : [];
  const recorded = postcodeSamples().flatMap(({ body }) => recordsIn(body));
  const names = new Map(recorded.map(({ codes, admin_ward }) => [codes.admin_ward ?? '', admin_ward ?? '']));
  let folder: string;
  let imported: object;
  let directory: PostcodeDirectory;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pennypost-slice-'));
    const table = [...names].map(([code, name]) => `${code},"${name}"\n`).join('');
    writeFileSync(join(folder, 'wards.csv'), `WD25CD,WD25NM\n${table}`);
    const opened = await openOnspd(join(samples, 'onspd/ONSPD_AUG_2025_slice.csv'), folder);
    if (!opened.ok) throw new Error(opened.error);
    const file = join(folder, 'postcodes.sqlite');
    const progress = () => {};
    const wanted = { source: opened.value, sourceName: 'slice', file, registers, before: null, progress, now: NOON };
    imported = await importPostcodes(wanted);
    directory = openPostcodeDirectory(file);
  });
  afterAll(() => {
    directory.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const ours = (postcode: string) => toldBy(directory.find(postcode as Postcode));

  test('hold the same: no row is lost, no area unknown', () => {
    expect(imported).toMatchObject({ ok: true, value: { rows: 4027, unknown: new Map() } });
  });

  test.each([
    ['AB1 0AA', 'lookup_terminated_AB10AA'],
    ['SE1 9ZZ', 'lookup_terminated_SE19ZZ'],
  ])('say the same of when %s ended', (postcode, name) => {
    const { terminated } = JSON.parse(readSample(`postcodes-io/${name}.json`)) as {
      terminated: { year_terminated: number; month_terminated: number };
    };
    const { year_terminated: year, month_terminated: month } = terminated;
    expect(ours(postcode)).toEqual({ kind: 'terminated', year, month });
  });

  test('say the same of every postcode of which an answer is recorded', () => {
    const inSlice = new Set(rows.map(({ pcds }) => pcds));
    const both = recorded.filter(({ postcode }) => inSlice.has(postcode));
    expect(new Set(both.map(({ postcode }) => postcode)).size).toBe(62);
    for (const record of both)
      expect([record.postcode, ours(record.postcode)]).toEqual([record.postcode, toldIn(record)]);
  });

  test('say the same of every row of the slice', () => {
    for (const row of rows) expect([row['pcds'], ours(row['pcds']!)]).toEqual([row['pcds'], toldOf(row, names)]);
    expect(rows).toHaveLength(4027);
  });

  test('know nothing of the same postcodes', () => {
    for (const postcode of ['ZZ99 9ZZ', 'SW1A 2AA']) expect(ours(postcode)).toBeUndefined();
  });
});

function toldBy(answer: DirectoryAnswer | undefined): Told {
  return answer?.kind === 'live' ? placed(answer.areas) : answer;
}

/** What a recorded answer comes to, read as ours are read from the wire. */
function toldIn(record: Record): Told {
  const areas = areasIn(record, record.postcode as Postcode);
  if (areas.ok) return placed(areas.value);
  return areas.error.kind === 'outside-the-uk' ? areas.error : undefined;
}

function placed(areas: Areas): object {
  const where = whereaboutsOf(areas, registers, 'postcodes.io', '2026-11-23');
  if (!where.ok) throw new Error(where.error);
  return where.value;
}

/** What postcodes.io makes of a row, by its contract: an end, or a record whose names are null where it has only a placeholder. */
function toldOf(row: { readonly [column: string]: string }, names: ReadonlyMap<string, string>): Told {
  const of = (column: string) => row[column] ?? '';
  const ended = of('doterm');
  if (ended !== '') return { kind: 'terminated', year: Number(ended.slice(0, 4)), month: Number(ended.slice(4)) };
  const constituency = of('pcon').endsWith('99999999') ? null : 'as our own register has it';
  return toldIn({
    postcode: of('pcds'),
    country: COUNTRIES[of('ctry')] ?? '',
    admin_ward: names.get(of('osward')) ?? null,
    ced: null,
    parliamentary_constituency: constituency,
    codes: {
      admin_district: of('oslaua'),
      admin_county: of('oscty'),
      admin_ward: of('osward'),
      ced: of('ced'),
      parliamentary_constituency: of('pcon'),
    },
  });
}

const COUNTRIES: { readonly [code: string]: string } = {
  E92000001: 'England',
  S92000003: 'Scotland',
  L93000001: 'Channel Islands',
};

/** Every record inside an answer, wherever it is. */
function recordsIn(body: string): Record[] {
  const found: Record[] = [];
  const look = (value: unknown): void => {
    const record = Live.shape.result.safeParse(value);
    if (record.success) found.push(record.data);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(look);
  };
  if (/^[[{]/.test(body)) look(JSON.parse(body));
  return found;
}
