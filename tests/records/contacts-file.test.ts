import { describe, expect, test } from 'vitest';
import { readContacts } from '../../src/records/contacts-file.ts';
import { readCouncils } from '../../src/records/councils.ts';
import { NOON } from '../builders.ts';
import { SOUTHWARK } from '../councillor-builders.ts';

const councils = readCouncils(new URL('../../data/', import.meta.url));
const HEADER = 'code,email,source,checked_on';
const ROW = `${SOUTHWARK},letters@southwark.gov.uk,their website,2026-11-20`;
const read = (text: string | Uint8Array) =>
  readContacts(typeof text === 'string' ? new TextEncoder().encode(text) : text, councils, NOON);

describe('a file of where councils want their mail', () => {
  test('tells each address, where it was found and when', () => {
    expect(read(`\uFEFF${HEADER}\r\n${ROW}\r\n`)).toEqual({
      ok: true,
      value: [{ code: SOUTHWARK, email: 'letters@southwark.gov.uk', source: 'their website', checkedOn: '2026-11-20' }],
    });
  });

  test('may tell a second choice', () => {
    expect(read(`${HEADER}\n${ROW}\n${ROW.replace('letters', 'desk')}`)).toMatchObject({
      value: [{ email: 'letters@southwark.gov.uk' }, { email: 'desk@southwark.gov.uk' }],
    });
  });

  test.each([
    ['another column missing', 'code,email,source\n', 'line 1: has no column checked_on, or more than one'],
    ['no council', ROW.replace(SOUTHWARK, 'E09000099'), 'line 3: code: E09000099 is no council of ours'],
    ['no address', ROW.replace('@', ' at '), 'line 3: email: is not an email address'],
    ['a day to come', ROW.replace('2026-11-20', '2026-11-24'), 'line 3: checked_on: 2026-11-24 is still to come'],
    ['too few columns', SOUTHWARK, 'line 3: has 1 columns, and the first line has 4'],
    ['the same address', ROW.toUpperCase().replace('EMAIL', 'x'), 'line 3: the same address as on line 2'],
  ])('with %s is not used, and the line is named', (_, row, reason) => {
    expect(read(row.startsWith('code') ? row : `${HEADER}\n${ROW}\n${row}`)).toEqual({ ok: false, error: [reason] });
  });

  test('names the line where a row begins, whatever came before', () => {
    const before = ROW.replace('their website', '"their\n\nwebsite"');
    expect(read(`${HEADER}\n\n${before}\n\nE09000099,,,\n`)).toMatchObject({
      error: [expect.stringMatching(/^line 7: email.*source.*checked_on/)],
    });
  });

  test('of another encoding is refused', () => {
    expect(read(Uint8Array.from([0x63, 0xf4]))).toMatchObject({ error: [expect.stringContaining('UTF-8')] });
  });
});
