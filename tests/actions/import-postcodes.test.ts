import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { importPostcodes } from '../../src/actions/import-postcodes.ts';
import type { Postcode } from '../../src/domain/postcode.ts';
import { readConstituencies } from '../../src/records/constituencies.ts';
import { readCouncils } from '../../src/records/councils.ts';
import { serveDirectory } from '../../src/store/served-directory.ts';
import { NOON } from '../builders.ts';
import { CHALGROVE, csvOf, ENDED, JERSEY, SOUTHWARK } from '../records/onspd/rows-of-ours.ts';

const folder = mkdtempSync(join(tmpdir(), 'pennypost-import-'));
const file = join(folder, 'postcodes.sqlite');
const data = new URL('../../data/', import.meta.url);
const registers = { councils: readCouncils(data), constituencies: readConstituencies(data) };
const names = new Map([
  ['E05009735', 'Chalgrove'],
  ['E58001732', 'Chalgrove and Watlington'],
]);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Imports a CSV that comes in pieces of this many bytes. */
function take(
  csv: string,
  { before = null as number | null, pieces = 50, heard = (_bytes: number, _rows: number) => {} } = {},
) {
  const bytes = Buffer.from(csv);
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += pieces) yield bytes.subarray(at, at + pieces);
  }
  const source = { release: 'ONSPD_TEST', bytes: bytes.length, names, chunks: chunks(), close: () => {} };
  return importPostcodes({ source, sourceName: 'test.zip', file, registers, before, progress: heard, now: NOON });
}

const serving = () => serveDirectory(file, (event, detail) => expect.fail(`${event}: ${detail}`));
const kindOf = (postcode: string) => {
  const served = serving();
  const answer = served.find(postcode as Postcode);
  served.close();
  return answer?.kind;
};

describe('importing a postcode directory', () => {
  beforeEach(() => rmSync(file, { force: true }));

  test('counts what is in it, and it serves', async () => {
    const heard: number[] = [];
    const csv = csvOf(CHALGROVE, SOUTHWARK, ENDED, JERSEY);
    expect(await take(csv, { heard: (bytes) => void heard.push(bytes) })).toEqual({
      ok: true,
      value: {
        rows: 4,
        ended: 1,
        ofTheIslands: 1,
        nowhere: 0,
        wards: 2,
        divisions: 1,
        nameless: ['E05011104'],
        unknown: new Map(),
      },
    });
    expect(heard.at(-1)).toBe(csv.length);

    const served = serving();
    expect(served.find('OX49 5NU' as Postcode)).toMatchObject({
      areas: { districtCode: 'E07000179', ward: { name: 'Chalgrove' }, division: { code: 'E58001732' } },
    });
    expect(served.find('SE1 9ZZ' as Postcode)).toEqual({ kind: 'terminated', year: 1998, month: 12 });
    expect(served.current()?.about).toEqual({ release: 'ONSPD_TEST', source: 'test.zip', rows: 4, importedAt: NOON });
    expect(served.current()?.wardsOf('E07000179')).toEqual([{ code: 'E05009735', name: 'Chalgrove' }]);
    served.close();
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('counts the codes that are in none of our lists, of the postcodes in use', async () => {
    const old = (line: string, postcode: string) => line.replace(/^[^,]+/, postcode).replace('E14001085', 'E14000553');
    const csv = csvOf(
      old(SOUTHWARK, 'SE1 2DM'),
      old(SOUTHWARK, 'SE1 2DN').replace('E09000028', 'E09000099'),
      old(ENDED, 'SE1 2DP'),
      SOUTHWARK.replace('E14001085', 'E99999999'),
    );
    expect(await take(csv)).toMatchObject({
      value: {
        nowhere: 1,
        unknown: new Map([
          ['E14000553', 2],
          ['E09000099', 1],
        ]),
      },
    });
    expect(kindOf('SE1 2DL')).toBeUndefined();
  });

  test.each([
    ['in use', CHALGROVE],
    ['that has ended', ENDED],
    ['of the islands', JERSEY],
    ['without a constituency', SOUTHWARK.replace('E14001085', 'E99999999')],
  ])('reads back a row %s', async (_, line) => {
    expect(await take(csvOf(line))).toMatchObject({ ok: true, value: { rows: 1 } }); // the first row is among those that are read back
  });

  test('is refused where a line is wrong, and the one before goes on serving', async () => {
    await take(csvOf(CHALGROVE));
    const again = [SOUTHWARK, ENDED, SOUTHWARK];
    expect(await take(csvOf(...again))).toEqual({
      ok: false,
      error: { kind: 'wrong-line', line: 4, reason: 'SE1 2DL is there twice' },
    });
    expect(await take(csvOf(SOUTHWARK, 'SE1 2DZ,'))).toMatchObject({ error: { kind: 'wrong-line', line: 3 } });
    expect(await take(csvOf())).toEqual({ ok: false, error: { kind: 'no-rows' } });
    expect(await take('a,b\n')).toMatchObject({ error: { kind: 'no-columns' } });
    expect([kindOf('OX49 5NU'), kindOf('SE1 2DL')]).toEqual(['live', undefined]);
    expect(existsSync(`${file}.part`)).toBe(false);
  });

  test('is refused where a tenth of the postcodes is gone, unless that is meant', async () => {
    expect(await take(csvOf(CHALGROVE, SOUTHWARK), { before: 3 })).toEqual({
      ok: false,
      error: { kind: 'fewer', rows: 2, before: 3 },
    });
    expect(await take(csvOf(CHALGROVE, SOUTHWARK), { before: null })).toMatchObject({ ok: true });
    expect(await take(csvOf(CHALGROVE, SOUTHWARK), { before: 2 })).toMatchObject({ ok: true });
  });

  test('reads the same whatever the pieces in which its bytes come', async () => {
    for (const pieces of [1, 7, 100_000]) {
      expect(await take(csvOf(CHALGROVE, SOUTHWARK), { pieces })).toMatchObject({ value: { rows: 2 } });
    }
  });

  test('that is killed half way leaves the old one serving, keeps others out until then, and is in nobody’s way after', async () => {
    await take(csvOf(SOUTHWARK));
    const served = serving();
    const words = ['--disable-warning=ExperimentalWarning', 'tests/actions/half-an-import.ts', file];
    const other = spawn(process.execPath, words, { cwd: new URL('../../', import.meta.url).pathname });
    await once(other.stdout, 'data');
    expect(existsSync(`${file}.part`)).toBe(true);
    expect(await take(csvOf(CHALGROVE))).toEqual({ ok: false, error: { kind: 'another-import' } });

    other.kill('SIGKILL');
    await once(other, 'exit');
    served.refresh();
    expect(served.find('SE1 2DL' as Postcode)?.kind).toBe('live');

    expect(await take(csvOf(CHALGROVE))).toMatchObject({ ok: true });
    expect(served.find('OX49 5NU' as Postcode)).toBeUndefined();
    served.refresh();
    expect(served.find('OX49 5NU' as Postcode)?.kind).toBe('live');
    expect(served.find('SE1 2DL' as Postcode)).toBeUndefined();
    served.close();
  });

  test('two at once in one process: the second is told so', async () => {
    const [one, two] = await Promise.all([take(csvOf(CHALGROVE)), take(csvOf(CHALGROVE))]);
    expect([one.ok, two]).toEqual([true, { ok: false, error: { kind: 'another-import' } }]);
  });
});
