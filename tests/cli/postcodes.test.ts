import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { writeMadeUpZip } from '../../bench/made-up-postcodes.ts';
import { openProgress, timeOf } from '../../src/cli/progress.ts';
import { writeZip } from '../records/onspd/a-zip.ts';
import { CHALGROVE, csvOf, DIVISIONS, ENDED, SOUTHWARK, WARDS } from '../records/onspd/rows-of-ours.ts';
import { commandLine } from './command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'pennypost-postcodes-'));
const directory = join(folder, 'postcodes.sqlite');
const zip = join(folder, 'aug.zip');
const csv = join(folder, 'ONSPD_NOV_2026_UK.csv');
const { run, runWithin } = commandLine(folder);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the operator’s postcode directory', { timeout: 60_000 }, () => {
  beforeEach(() => rmSync(directory, { force: true }));

  test('comes from the zip that ONS publishes, and is named', async () => {
    expect(run('postcodes')).toMatchObject({
      status: 1,
      complained: 'There is no postcode directory: postcodes are asked of postcodes.io.\n',
    });
    await writeZip(zip, {
      'Data/ONSPD_AUG_2026_UK.csv': csvOf(CHALGROVE, SOUTHWARK.replace('E14001085', 'E14000553'), ENDED),
      'Documents/wards.csv': WARDS,
      'Documents/divisions.csv': DIVISIONS,
    });
    const { status, said } = run('postcodes', 'import', zip);
    expect([status, said.replace(/in \d+ seconds?/, 'in no time')]).toEqual([
      0,
      'ONSPD_AUG_2026_UK: 3 postcodes in no time. 1 have ended, 0 are of the islands.\n' +
        '2 wards, 1 county divisions.\n' +
        'In none of our lists, and of how many postcodes: E14000553 (1). These are asked of postcodes.io.\n' +
        'A running server uses it within half a minute.\n',
    ]);
    expect(run('postcodes', 'status')).toMatchObject({
      status: 0,
      said: expect.stringMatching(
        /^ONSPD_AUG_2026_UK serves: 3 postcodes, taken in 0 hours ago from aug\.zip; 0\.\d MB in .*postcodes\.sqlite\.\n$/,
      ),
    });
    expect(run('wards', 'doubts')).toMatchObject({ status: 0 });
  });

  test('without names says what that means', () => {
    writeFileSync(csv, csvOf(CHALGROVE));
    expect(run('postcodes', 'import', csv).said).toContain('It came without tables of names');
    expect(run('postcodes', 'import', csv, '--names', '/nowhere').complained).toContain('There is no folder /nowhere.');
  });

  test('is kept where the new one is wrong, smaller or too large for the disk', async () => {
    writeFileSync(csv, csvOf(CHALGROVE, SOUTHWARK));
    run('postcodes', 'import', csv);
    writeFileSync(csv, csvOf(CHALGROVE, SOUTHWARK.replace('E05011104', 'Abbey')));
    expect(run('postcodes', 'import', csv)).toMatchObject({
      status: 1,
      said: '',
      complained: expect.stringContaining(
        `Nothing was changed. ${csv} is broken or cut off. Line 3: "Abbey" is no official code.\n`,
      ),
    });
    writeFileSync(csv, csvOf(CHALGROVE));
    expect(run('postcodes', 'import', csv).complained).toMatch(
      /has 1 postcodes, and what serves has 2: .*add --smaller\.\n$/,
    );
    await writeMadeUpZip(zip, 20_000);
    expect(runWithin(64, 'postcodes', 'import', zip)).toMatchObject({
      status: 1,
      complained: expect.stringMatching(
        /Nothing was changed\. The disk is full, or does not take what is written to .*postcodes\.sqlite \(/,
      ),
    });
    expect(run('postcodes').said).toContain('ONSPD_NOV_2026_UK serves: 2 postcodes');

    writeFileSync(csv, csvOf(CHALGROVE));
    expect(run('postcodes', 'import', csv, '--smaller')).toMatchObject({ status: 0 });
    expect(run('postcodes').said).toContain('serves: 1 postcodes');
  });

  test('that is damaged is named, and replaced by any other', () => {
    writeFileSync(directory, 'not a database at all, but long enough to be read as one');
    expect(run('postcodes').complained).toMatch(
      /^The postcode directory .* cannot be read \(.*\): import it again\.\n$/,
    );
    writeFileSync(csv, csvOf(CHALGROVE));
    expect(run('postcodes', 'import', csv)).toMatchObject({ status: 0 });
  });

  test.each([
    [['postcodes', 'import'], 'The operator'],
    [['postcodes', 'import', csv, zip], 'The operator'],
    [['postcodes', 'export'], 'The operator'],
    [['postcodes', 'import', '/nowhere.zip'], 'Nothing was changed. There is no file /nowhere.zip.\n'],
    [
      ['postcodes', 'import', 'package.json'],
      'package.json is no ONS Postcode Directory, as a zip or as CSV: its first line has no column for postcode (pcds); ',
    ],
  ])('%j is refused with a sentence', (words, sentence) => {
    expect(run(...words)).toMatchObject({ status: 1, said: '', complained: expect.stringContaining(sentence) });
  });
});

describe('how far an import is', () => {
  const shown = (isTTY: boolean) => {
    const written: string[] = [];
    let now = 0;
    const progress = openProgress('postcodes', () => now, { isTTY, write: (text) => written.push(text) });
    for (let second = 1; second <= 10; second++) {
      now = second * 1_000;
      progress.at(second / 20, second * 98_012);
    }
    progress.end();
    return written;
  };

  test('is a line now and then where nobody watches', () => {
    expect(shown(false)).toEqual([
      '25%, 490,060 postcodes, 98,000 a second, 15 seconds to go\n',
      '50%, 980,120 postcodes, 98,000 a second, 10 seconds to go\n',
    ]);
  });

  test('is a bar on a screen, which goes away', () => {
    const written = shown(true);
    expect(written).toHaveLength(11);
    expect(written[9]).toBe(
      '\r[###############---------------] 50%, 980,120 postcodes, 98,000 a second, 10 seconds to go\u001B[K',
    );
    expect(written[10]).toBe('\r\u001B[K');
  });

  test('is told in minutes where it takes long', () => {
    expect([200, 1_400, 99_000, 240_000].map(timeOf)).toEqual(['1 second', '1 second', '99 seconds', '4 minutes']);
  });
});
