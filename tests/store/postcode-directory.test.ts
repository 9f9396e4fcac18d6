import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { postcodeKey } from '../../src/domain/postcode-key.ts';
import type { Postcode } from '../../src/domain/postcode.ts';
import { openPostcodeDirectory } from '../../src/store/postcode-directory.ts';
import type { DirectoryRow } from '../../src/store/postcode-directory-file.ts';
import { serveDirectory } from '../../src/store/served-directory.ts';
import { writePostcodeDirectory } from '../../src/store/write-postcode-directory.ts';
import { NOON } from '../builders.ts';

const folder = mkdtempSync(join(tmpdir(), 'pennypost-directory-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CHALGROVE: DirectoryRow = {
  postcode: 'OX49 5NU',
  ended: null,
  nation: 'England',
  districtCode: 'E07000179',
  countyCode: 'E10000025',
  wardCode: 'E05009735',
  divisionCode: 'E58001732',
  constituencyCode: 'E14001280',
};
const about = (rows: number) => ({ release: 'ONSPD_TEST', source: 'test.csv', rows, importedAt: NOON });

describe('an operator’s postcode directory', () => {
  const file = join(folder, 'postcodes.sqlite');
  const writer = writePostcodeDirectory(file);
  writer.add(CHALGROVE);
  writer.add({ ...CHALGROVE, postcode: 'OX49 5NY', divisionCode: null });
  writer.add({ ...CHALGROVE, postcode: 'OX4 9ZZ', ended: 199812 });
  writer.add({ ...CHALGROVE, postcode: 'JE2 4WD', nation: 'channel-islands' });
  writer.name({ code: 'E05009735', name: 'Chalgrove' }, 'E07000179');
  writer.name({ code: 'E58001732', name: 'Chalgrove and Watlington' }, 'E10000025');
  const again = writer.add(CHALGROVE);
  writer.finish(about(4));
  const directory = openPostcodeDirectory(file);
  afterAll(() => directory.close());
  const find = (postcode: string) => directory.find(postcode as Postcode);

  test('says where a postcode is', () => {
    expect(find('OX49 5NU')).toEqual({
      kind: 'live',
      areas: {
        nation: 'England',
        districtCode: 'E07000179',
        countyCode: 'E10000025',
        ward: { code: 'E05009735', name: 'Chalgrove' },
        division: { code: 'E58001732', name: 'Chalgrove and Watlington' },
        constituency: { code: 'E14001280', name: '' },
      },
    });
    expect(find('OX49 5NY')).toMatchObject({ areas: { division: null } });
  });

  test('says when a postcode ended, which are of the islands, and nothing of the rest', () => {
    expect(find('OX4 9ZZ')).toEqual({ kind: 'terminated', year: 1998, month: 12 });
    expect(find('JE2 4WD')).toEqual({ kind: 'outside-the-uk', where: 'channel-islands' });
    expect(find('SW1A 1AA')).toBeUndefined();
  });

  test('lists the wards and divisions of a council, and says what it is', () => {
    expect(directory.wardsOf('E07000179')).toEqual([{ code: 'E05009735', name: 'Chalgrove' }]);
    expect(directory.divisionsOf('E10000025')).toEqual([{ code: 'E58001732', name: 'Chalgrove and Watlington' }]);
    expect(directory.wardsOf('E10000025')).toEqual([]);
    expect(directory.about).toEqual(about(4));
  });

  test('holds each postcode once', () => {
    expect(again).toBe(false);
  });

  test('finds each of many, whatever their order, and none of those between them', () => {
    const units = [...'ABDEFGHJ'].flatMap((one) => [...'ABDEFGHJ'].map((other) => `${one}${other}`));
    const all = ['OX4', 'OX49', 'OX5', 'E1', 'E1W', 'EC1A'].flatMap((outcode) =>
      units.map((unit) => `${outcode} 1${unit}`),
    );
    const [kept, left] = [0, 1].map((odd) => all.filter((_, at) => at % 2 === odd)) as [string[], string[]];
    const many = join(folder, 'many.sqlite');
    const writer = writePostcodeDirectory(many);
    for (const postcode of kept.toReversed()) writer.add({ ...CHALGROVE, postcode });
    writer.finish(about(kept.length));
    const directory = openPostcodeDirectory(many);
    expect(kept.filter((postcode) => directory.find(postcode as Postcode)?.kind !== 'live')).toEqual([]);
    expect(left.filter((postcode) => directory.find(postcode as Postcode))).toEqual([]);
    directory.close();
  });

  test('with fewer rows than it should have is not finished', () => {
    const writer = writePostcodeDirectory(join(folder, 'short.sqlite'));
    writer.add(CHALGROVE);
    expect(() => writer.finish(about(2))).toThrow('1 postcodes of 2');
    writer.abandon();
  });

  test('that is damaged, or none, is not opened', () => {
    writeFileSync(join(folder, 'damaged.sqlite'), 'not a database at all, but long enough to be read as one');
    expect(() => openPostcodeDirectory(join(folder, 'damaged.sqlite'))).toThrow(/database/);
    expect(() => openPostcodeDirectory(join(folder, 'nowhere.sqlite'))).toThrow(/open/);
  });
});

describe('the directory that serves', () => {
  const file = join(folder, 'served.sqlite');
  const complaints: string[] = [];
  const write = (ended: number | null) => {
    const writer = writePostcodeDirectory(`${file}.part`);
    writer.add({ ...CHALGROVE, ended });
    writer.finish(about(1));
    renameSync(`${file}.part`, file);
  };

  test('is none at first, then the one put there, then the next; a damaged one is named and passed over', () => {
    const served = serveDirectory(file, (event) => void complaints.push(event));
    const kind = () => (served.refresh(), served.find('OX49 5NU' as Postcode)?.kind);
    expect(kind()).toBeUndefined();
    write(null);
    expect(kind()).toBe('live');
    write(202001);
    expect(kind()).toBe('terminated');
    writeFileSync(`${file}.part`, 'damaged');
    renameSync(`${file}.part`, file);
    expect([kind(), kind()]).toEqual(['terminated', 'terminated']);
    expect(complaints).toEqual(['the postcode directory cannot be read']);
    served.close();
  });
});

describe('the key of a postcode', () => {
  test('sorts as the text does and is never shared', () => {
    const texts = ['AB1 0AA', 'AB1 0AB', 'AB10 1AA', 'AB1A 1AA', 'E1 1AA', 'E1W 1AA', 'EC1A 1BB', 'ZE3 9JZ'];
    const keys = texts.map((text) => postcodeKey(text));
    expect(keys).toEqual([...new Set(keys)].sort((one, other) => Number(one) - Number(other)));
    expect(keys.every(Number.isSafeInteger)).toBe(true);
  });

  test.each(['', 'SE12DL', 'SE1  2DL', 'se1 2dl', 'SE1-2DL', 'ABCDE 1AA'])('"%s" has none', (text) => {
    expect(postcodeKey(text)).toBeNull();
  });
});
