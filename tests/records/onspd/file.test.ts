import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openOnspd } from '../../../src/records/onspd/file.ts';
import { readRows } from '../../../src/records/onspd/rows.ts';
import { writeZip } from './a-zip.ts';
import { CHALGROVE, csvOf, DIVISIONS, ENDED, SOUTHWARK, WARDS } from './rows-of-ours.ts';

const folder = mkdtempSync(join(tmpdir(), 'pennypost-onspd-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = join(folder, 'ONSPD.zip');
const CSV = csvOf(CHALGROVE, SOUTHWARK, ENDED);

/** What a file says, read to its end or to the first thing that is wrong. */
async function read(file: string, names: string | null = null) {
  const opened = await openOnspd(file, names);
  if (!opened.ok) return { refused: opened.error };
  const postcodes: string[] = [];
  const rows = await readRows(opened.value.chunks, (row) => (postcodes.push(row.postcode), null));
  opened.value.close();
  const { release, names: found } = opened.value;
  return { release, postcodes, rows, names: [...found] };
}

describe('a postcode directory as published', () => {
  test('is found in its zip, with the names beside it', async () => {
    await writeZip(file, {
      'Data/multi_csv/ONSPD_AUG_2026_UK_OX.csv': csvOf(CHALGROVE),
      'Data/ONSPD_AUG_2026_UK.csv': CSV,
      'Documents/WD Ward names and codes UK as at 05_26.csv': WARDS,
      'Documents/CED County Electoral Division names and codes EN as at 05_26.csv': DIVISIONS,
      'Documents/BUA names and codes.csv': 'BUA24CD,BUA24NM\r\nE63010901,London\r\n',
      'User Guide/ONSPD User Guide Aug 2026.pdf': '%PDF',
    });
    expect(await read(file)).toEqual({
      release: 'ONSPD_AUG_2026_UK',
      postcodes: ['OX49 5NU', 'SE1 2DL', 'SE1 9ZZ'],
      rows: { ok: true, value: 3 },
      names: [
        ['E05009735', 'Chalgrove'],
        ['E05011104', 'London Bridge & West Bermondsey'],
        ['E58001732', 'Chalgrove and Watlington'],
      ],
    });
  });

  test('is found unpacked, with the names in the folder beside it, or where we say', async () => {
    for (const name of ['Data', 'Documents', 'elsewhere']) mkdirSync(join(folder, name));
    const csv = join(folder, 'Data', 'ONSPD_AUG_2026_UK.csv');
    writeFileSync(csv, CSV);
    writeFileSync(join(folder, 'Documents', 'Ward names.csv'), WARDS);
    writeFileSync(join(folder, 'elsewhere', 'divisions.csv'), DIVISIONS);
    expect(await read(csv)).toMatchObject({
      release: 'ONSPD_AUG_2026_UK',
      names: [['E05009735', 'Chalgrove'], expect.anything()],
    });
    expect(await read(csv, join(folder, 'elsewhere'))).toMatchObject({
      names: [['E58001732', 'Chalgrove and Watlington']],
    });
  });

  test('takes the newest table’s word, in the encoding that it is in', async () => {
    await writeZip(file, {
      'Data/ONSPD_AUG_2026_UK.csv': CSV,
      'Documents/a.csv': 'LAD26CD,WD26CD,WD26NM,WD26NMW\nW06000001,W05000981,"Trearddur, Ynys Cybi",x\n',
      'Documents/b.csv': 'WD25CD,WD25NM\nW05000981,Older\nW05000982,Older too\n',
      'Documents/c.csv': Buffer.from('WD24CD,WD24NM\nS13002999,Baile \xC0r\n', 'latin1'),
    });
    expect(await read(file)).toMatchObject({
      names: [
        ['S13002999', 'Baile Àr'],
        ['W05000981', 'Trearddur, Ynys Cybi'],
        ['W05000982', 'Older too'],
      ],
    });
  });
});

describe('a file that is none, or not whole', () => {
  const refused = (sentence: string | RegExp) => ({ refused: expect.stringMatching(sentence) });

  test('is not opened', async () => {
    writeFileSync(join(folder, 'empty.csv'), '');
    expect(await read(join(folder, 'empty.csv'))).toEqual(refused(/is empty\.$/));
    expect(await read(join(folder, 'nowhere.csv'))).toEqual(refused(/^There is no file /));
    expect(await read(folder)).toEqual(refused(/^There is no file /));
    writeFileSync(join(folder, 'some.csv'), CSV);
    expect(await read(join(folder, 'some.csv'), join(folder, 'nowhere'))).toEqual(refused(/^There is no folder /));
  });

  test('is not opened where it is a zip of something else, or of two', async () => {
    await writeZip(file, { 'Data/postcodes.csv': CSV });
    expect(await read(file)).toEqual(refused('holds no ONS Postcode Directory'));
    await writeZip(file, { 'Data/ONSPD_A.csv': CSV, 'Data/ONSPD_B.csv': CSV });
    expect(await read(file)).toEqual(refused('holds several directories'));
  });

  test('is not opened where the zip is cut off, or a table of names is damaged', async () => {
    await writeZip(file, { 'Data/ONSPD_A.csv': CSV });
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, bytes.length - 30));
    expect(await read(file)).toEqual(refused('is a zip that is cut off or damaged'));
    await writeZip(file, { 'Data/ONSPD_A.csv': CSV, 'Documents/a.csv': 'WD25CD,WD25NM\n"E05009735,Chal' });
    expect(await read(file)).toEqual(refused('cannot be read: a table of names is damaged'));
  });

  test('is read to the line where the zip is damaged', async () => {
    await writeZip(file, { 'Data/ONSPD_A.csv': CSV });
    const bytes = readFileSync(file);
    const at = bytes.indexOf('PK\u0001\u0002', 0, 'latin1') - 40; // within the packed bytes, near their end
    bytes[at] = bytes[at]! ^ 0xff;
    writeFileSync(file, bytes);
    expect(await read(file)).toMatchObject({
      rows: { ok: false, error: { reason: expect.stringContaining('the zip is damaged') } },
    });
  });

  test.each([
    ['cut off in a row', CSV.slice(0, -20), { kind: 'wrong-line', line: 4, reason: 'no end: the file is cut off' }],
    [
      'cut off in its last field',
      CSV.slice(0, -3),
      { kind: 'wrong-line', line: 4, reason: 'no end: the file is cut off' },
    ],
    ['cut off in the first line', CSV.slice(0, 20), { kind: 'no-columns' }],
    [
      'with a bad code',
      CSV.replace('E14001085', 'Bermondsey'),
      { kind: 'wrong-line', line: 3, reason: '"Bermondsey" is no official code' },
    ],
    [
      'with a row of another width',
      CSV.replace(',E00019871', ''),
      { kind: 'wrong-line', line: 3, reason: '8 columns instead of 9' },
    ],
    [
      'with a quote that never closes',
      CSV.replace('SE1 2DL', '"SE1 2DL'),
      { kind: 'wrong-line', line: 3, reason: 'quotes that do not match' },
    ],
    ['without ends of lines', 'x'.repeat(10_000), { kind: 'no-columns', reason: 'no end' }],
    [
      'with other columns',
      'name,colour\nrose,red\n',
      {
        kind: 'no-columns',
        reason: expect.stringMatching(/^no column for postcode \(pcds\); .*no column for ward \(osward or wd25cd\)/),
      },
    ],
  ])('%s is read to the line that is wrong', async (_, text, error) => {
    writeFileSync(join(folder, 'wrong.csv'), text);
    expect(await read(join(folder, 'wrong.csv'))).toMatchObject({ rows: { ok: false, error } });
  });
});
