import { describe, expect, test } from 'vitest';
import { columnsIn } from '../../../src/records/onspd/columns.ts';
import { fieldsIn } from '../../../src/records/onspd/fields.ts';
import { rowIn } from '../../../src/records/onspd/row.ts';
import { readSample, samples } from '../../lookup/samples.ts';

/** What every line of a file says, or why not. */
function read(csv: string) {
  const [header = '', ...lines] = csv.trimEnd().split(/\r?\n/);
  const columns = columnsIn(fieldsIn(header)!);
  if (!columns.ok) throw new Error(columns.error);
  return lines.map((line) => rowIn(fieldsIn(line) ?? [], columns.value));
}

describe('a line of the directory', () => {
  test.each([
    ['a,b,,c', ['a', 'b', '', 'c']],
    ['"a","","b ""c"", d",1', ['a', '', 'b "c", d', '1']],
    ['', ['']],
    ['"a",', ['a', '']],
    ['"a', null],
    ['"a"b,c', null],
    ['a"b",c', null],
  ])('%s', (line, fields) => {
    expect(fieldsIn(line)).toEqual(fields);
  });
});

const HEADER = 'pcds,doterm,cty25cd,ced25cd,lad25cd,wd25cd,ctry25cd,pcon24cd';

describe('a row of the directory', () => {
  test('in London has no county, whatever NSPL calls one', () => {
    expect(
      read(
        `\uFEFF${HEADER}\r\n"BR8 7QP","","E13000002","E99999999","E09000006","E05014007","E92000001","E14001417"\r\n`,
      ),
    ).toEqual([
      {
        ok: true,
        value: {
          postcode: 'BR8 7QP',
          ended: null,
          nation: 'England',
          districtCode: 'E09000006',
          countyCode: null,
          wardCode: 'E05014007',
          divisionCode: null,
          constituencyCode: 'E14001417',
        },
      },
    ]);
  });

  test.each([
    ['a postcode that is none', 'HELLO,,E99999999,E99999999,E09000006,E05014007,E92000001,E14001417', 'postcode'],
    ['an end that is no month', 'BR8 7QP,AAAAAA,E99999999,E99999999,E09000006,E05014007,E92000001,E14001417', 'AAAAAA'],
    ['a code that is none', 'BR8 7QP,,E99999999,E99999999,Bromley,E05014007,E92000001,E14001417', 'Bromley'],
    ['no country', 'BR8 7QP,,E99999999,E99999999,E09000006,E05014007,,E14001417', 'country'],
    ['too few columns', 'BR8 7QP,,E99999999', '3 columns instead of 8'],
  ])('with %s is refused', (_, line, why) => {
    expect(read(`${HEADER}\n${line}\n`)).toEqual([{ ok: false, error: expect.stringContaining(why) }]);
  });

  test('without the columns is refused, and each is named', () => {
    expect(columnsIn(['pcds', 'doterm', 'lad25cd', 'lad24cd'])).toMatchObject({
      error: expect.stringMatching(
        /more than one column for district \(oslaua or lad25cd\); no column for ward \(osward or wd25cd\)/,
      ),
    });
  });
});

describe.skipIf(!samples)('the directories as published', () => {
  test.each([
    ['ONSPD_AUG_2025_slice', 4027],
    ['ONSPD_JUN_2023_UK_AB', 5],
    ['NSPL_2025_real_rows', 3],
  ])('%s is read to its last row', (name, count) => {
    const rows = read(readSample(`onspd/${name}.csv`));
    expect(rows.filter(({ ok }) => !ok)).toEqual([]);
    expect(rows).toHaveLength(count);
  });

  test('of a broken one, the line is found', () => {
    const rows = read(readSample('onspd/ONSPD_JUN_2023_UK_AB_broken.csv'));
    expect(rows.map(({ ok }) => ok)).toEqual([false, true, true, true, true]);
  });
});
