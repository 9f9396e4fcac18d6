import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { councillorId } from '../../src/domain/addressee.ts';
import { readName } from '../../src/domain/councillor-name.ts';
import type { Councillor } from '../../src/domain/councillor.ts';
import type { KnownList } from '../../src/domain/known-list.ts';
import { londonDate } from '../../src/domain/london-time.ts';
import { readEmails } from '../../src/domain/published-email.ts';
import { writeCouncillors } from '../../src/records/councillors-export.ts';
import { readCouncillorsFile, type CouncillorsFile } from '../../src/records/councillors-file.ts';
import { readCouncils } from '../../src/records/councils.ts';
import { readCells, writeCells } from '../../src/records/csv-cells.ts';
import { NOON } from '../builders.ts';
import { SOUTHWARK } from '../councillor-builders.ts';

const councils = readCouncils(new URL('../../data/', import.meta.url));
const OPTIONS = { now: NOON, checkedOn: null, source: 'the-file.csv' };
const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string | Uint8Array, options: Partial<typeof OPTIONS> | { checkedOn: string } = {}) =>
  readCouncillorsFile(typeof text === 'string' ? bytes(text) : text, councils, { ...OPTIONS, ...options });

const HEADER = 'council,councillor_id,name,party,ward,ward_code,email,source,checked_on';
const ADA = `${SOUTHWARK},17,Ada Example,Independent,Abbey,E05000001,ada.example@southwark.gov.uk,their website,2026-11-20`;

function fileIn(
  text: string | Uint8Array,
  options: Partial<typeof OPTIONS> | { checkedOn: string } = {},
): CouncillorsFile {
  const file = read(text, options);
  if (!file.ok) throw new Error(file.error);
  return file.value;
}

/** What is wrong with one row after a good one. */
const reasonsFor = (row: string) =>
  fileIn(`${HEADER}\n${ADA}\n${row}`).wrong.map(({ line, reason }) => `${line}: ${reason}`);

describe('a file of councillors', () => {
  test('tells who sits where, and where and when it was found', () => {
    expect(read(`${HEADER}\n${ADA}\n`)).toEqual({
      ok: true,
      value: {
        wrong: [],
        lists: [
          {
            lines: [2],
            found: {
              source: 'file',
              at: new Date('2026-11-20T23:59:59.999Z'),
              origins: { 17: 'their website' },
              validators: null,
              list: {
                councilCode: SOUTHWARK,
                vacantSeats: [],
                councillors: [
                  {
                    councilCode: SOUTHWARK,
                    theirId: '17',
                    name: 'Ada Example',
                    party: 'Independent',
                    seat: 'Abbey',
                    seatCode: 'E05000001',
                    emails: [{ address: 'ada.example@southwark.gov.uk', kind: 'official' }],
                  },
                ],
              },
            },
          },
        ],
      },
    });
  });

  test.each([
    ['a byte order mark', `\uFEFF${HEADER}\n${ADA}\n`],
    ['line ends of Windows', `${HEADER}\r\n${ADA}\r\n`],
    ['line ends of old Macs', `${HEADER}\r${ADA}\r`],
    ['no line end at the end', `${HEADER}\n${ADA}`],
    ['empty lines', `\n${HEADER}\n\n${ADA}\n,,,,,,,,\n\n`],
    ['a newline inside quotes', `${HEADER}\n${ADA.replace('Ada Example', '"Ada\r\n Example"')}\n`],
    [
      'columns in another order and case',
      `Name,COUNCIL,Ward,Checked On,email,note\nAda Example,${SOUTHWARK},Abbey,2026-11-20,,x\n`,
    ],
    ['"Cllr" before the name', `${HEADER}\n${ADA.replace('Ada', 'Cllr Ada')}\n`],
    ['the council’s name', `${HEADER}\n${ADA.replace(SOUTHWARK, 'London Borough of Southwark')}\n`],
    ['the council’s short name', `${HEADER}\n${ADA.replace(SOUTHWARK, 'southwark')}\n`],
  ])('may have %s', (_, text) => {
    const { lists, wrong } = fileIn(text);
    expect(wrong).toEqual([]);
    expect(lists[0]?.found.list).toMatchObject({
      councilCode: SOUTHWARK,
      councillors: [{ name: 'Ada Example', seat: 'Abbey' }],
    });
  });

  test('names the line where a row begins, whatever came before', () => {
    const text = `${HEADER}\r\n\r\n${ADA.replace('Abbey', '"Ab\r\n\r\nbey"')}\r\n\r\nE09000028,,,,,,,,\r\n`;
    expect(fileIn(text).wrong).toMatchObject([{ line: 7 }]);
  });

  test.each([
    ['no council', 'Narnia,,Bo Sample,,Abbey,,,,2026-11-20', '3: council: "Narnia" is no council of ours'],
    ['no name', `${SOUTHWARK},,,,Abbey,,,,2026-11-20`, '3: name: is missing'],
    ['no ward', `${SOUTHWARK},,Bo Sample,,,,,,2026-11-20`, '3: ward: is missing'],
    ['an odd code', `${SOUTHWARK},,Bo Sample,,Abbey,E5,,,2026-11-20`, '3: ward_code: "E5" is no official code'],
    ['an odd address', `${SOUTHWARK},,Bo Sample,,Abbey,,bo@,x,2026-11-20`, '3: email: "bo@" is not an email address'],
    [
      'one odd address of two',
      `${SOUTHWARK},,Bo Sample,,Abbey,,bo@a.gov.uk; bo,x,2026-11-20`,
      '3: email: "bo@a.gov.uk; bo" is not an email address',
    ],
    [
      'an address from nowhere',
      `${SOUTHWARK},,Bo Sample,,Abbey,,bo@southwark.gov.uk,,2026-11-20`,
      '3: source: is missing',
    ],
    ['no day', `${SOUTHWARK},,Bo Sample,,Abbey,,,,`, '3: checked_on: is missing'],
    [
      'no such day',
      `${SOUTHWARK},,Bo Sample,,Abbey,,,,2026-02-30`,
      '3: checked_on: "2026-02-30" is not a day such as 2026-11-23',
    ],
    ['tomorrow', `${SOUTHWARK},,Bo Sample,,Abbey,,,,2026-11-24`, '3: checked_on: 2026-11-24 is still to come'],
    [
      'an odd id',
      `${SOUTHWARK},../1,Bo Sample,,Abbey,,,,2026-11-20`,
      '3: councillor_id: is more than letters, digits, "-" and "_", or too long',
    ],
    ['too few columns', `${SOUTHWARK},,Bo Sample`, '3: has 3 columns, and the first line has 9'],
    ['the same councillor', ADA.replace('Abbey', 'Castle'), '3: the same councillor as on line 2'],
  ])('leaves out a row with %s, and says so', (_, row, reason) => {
    expect(reasonsFor(row)).toEqual([reason]);
  });

  test('says everything that is wrong with a row', () => {
    expect(reasonsFor('Narnia,,,,,,,,')).toEqual([
      '3: council: "Narnia" is no council of ours; name: is missing; ward: is missing; checked_on: is missing',
    ]);
  });

  test('without ids gives each councillor one of seat and name, and finds the same one twice', () => {
    const row = (name: string, ward: string) => `${SOUTHWARK},,${name},,${ward},,,,2026-11-20`;
    const { lists, wrong } = fileIn(
      [HEADER, row('Ada Example', 'St. Mary’s'), row('ADA EXAMPLE', 'St Marys')].join('\n'),
    );
    expect(lists[0]?.found.list.councillors.map(({ theirId }) => theirId)).toEqual(['st-marys-ada-example']);
    expect(wrong).toEqual([{ line: 3, reason: 'the same councillor as on line 2' }]);
  });

  test('may name vacant seats', () => {
    const { lists } = fileIn(`${HEADER}\n${ADA}\n${SOUTHWARK},,VACANT,,Castle,,,,2026-11-20`);
    expect(lists[0]?.found.list).toMatchObject({ vacantSeats: ['Castle'], councillors: { length: 1 } });
  });

  test.each(['Vacant', ''])('of Open Council Data names them by the party, the name being "%s"', (name) => {
    const row = `Southwark,Castle,${name},2026-05-07,Vacant,`;
    const header = 'Council,Ward Name,Councillor Name,Next Election,Party Name,Electoral Commission Party Code';
    const { lists, wrong } = fileIn(`${header}\n${row}\n`, { checkedOn: '2026-05-10' });
    expect(wrong).toEqual([]);
    expect(lists[0]?.found.list).toMatchObject({ vacantSeats: ['Castle'], councillors: [] });
  });

  test('is as old as its oldest row, council by council', () => {
    const old = ADA.replace('17', '18').replace('2026-11-20', '2026-11-01');
    const other = ADA.replace(SOUTHWARK, 'E09000001');
    expect(
      fileIn([HEADER, ADA, old, other].join('\n')).lists.map(({ found }) => found.at.toISOString().slice(0, 10)),
    ).toEqual(['2026-11-01', '2026-11-20']);
  });

  test('that was checked on a day in summer is of that day in London, also when it is written out again', () => {
    const summer = { now: new Date('2026-07-01T00:30:00+01:00') };
    const { lists, wrong } = fileIn(`${HEADER}\n${ADA.replace('2026-11-20', '2026-06-30')}`, summer);
    const [{ found } = { found: undefined }] = lists;
    expect(wrong).toEqual([]);
    expect(found && londonDate(found.at)).toBe('30 June 2026');
    expect(found && writeCouncillors([{ ...knownOf({ ...found.list, vacantSeats: [] }), asOf: found.at }])).toContain(
      ',2026-06-30\r\n',
    );
    expect(fileIn(`${HEADER}\n${ADA.replace('2026-11-20', '2026-07-01')}`, summer).wrong).toEqual([]);
    expect(fileIn(`${HEADER}\n${ADA.replace('2026-11-20', '2026-07-02')}`, summer).wrong).toHaveLength(1);
  });

  test('that was checked today is of now', () => {
    expect(fileIn(`${HEADER}\n${ADA.replace('2026-11-20', '2026-11-23')}`).lists[0]?.found.at).toEqual(NOON);
  });

  test.each([
    [
      'Council,Ward Name,Councillor Name,Next Election,Party Name,Electoral Commission Party Code',
      'Southwark,Abbey,Cllr Ada Example,2026-05-07,Green,PP63',
    ],
    ['council,councillorName,partyName,wardName', 'Southwark,Ada Example,Green,Abbey'],
  ])('may be of Open Council Data: %s', (header, row) => {
    expect(read(`${header}\n${row}`)).toEqual({ ok: false, error: expect.stringContaining('--checked-on 2026-11-23') });
    expect(fileIn(`${header}\n${row}`, { checkedOn: '2026-05-10' }).lists[0]?.found).toMatchObject({
      at: new Date('2026-05-10T22:59:59.999Z'),
      list: { councillors: [{ name: 'Ada Example', party: 'Green', seat: 'Abbey', emails: [] }] },
    });
  });

  test.each([
    [
      'Windows-1252',
      Uint8Array.from([...bytes(`${HEADER}\n`), 0x59, 0x6e, 0x79, 0x73, 0x20, 0x4d, 0xf4, 0x6e]),
      'UTF-8',
    ],
    ['UTF-8 cut in the middle of a letter', Uint8Array.from([...bytes(HEADER), 0x0a, 0xc3]), 'UTF-8'],
    ['UTF-16', Uint8Array.from([0xff, 0xfe, 0x63, 0x00]), 'UTF-8'],
    ['nothing', new Uint8Array(), 'empty'],
    ['an open quote', bytes(`${HEADER}\n"Southwark`), 'not a CSV file'],
    ['no ward', bytes('council,name\n'), 'no column ward'],
    ['two columns of one name', bytes('council,name,ward,Ward Name\n'), 'more than one column ward'],
    ['semicolons', bytes('council;name;ward\n'), 'no column council, name, ward'],
  ])('of %s is refused with a sentence', (_, content, sentence) => {
    const file = read(content);
    expect(file).toEqual({ ok: false, error: expect.stringContaining(sentence) });
  });
});

describe('what is written out', () => {
  const cell = fc
    .string({ unit: fc.constantFrom('=', '+', '-', '@', "'", '"', ',', ' ', 'a', 'Ŵ', '1', '(', ')') })
    .map((text) => text.trim().replace(/ +/g, ' '));

  test('holds no formula, and is read back to the letter', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constant('x'), cell, cell), { minLength: 1 }), (lines) => {
        const text = writeCells(lines);
        const back = readCells(bytes(text));
        expect(back.ok && back.value.map(({ cells }) => cells)).toEqual(lines);
        for (const one of lines.flat()) expect(writeCells([[one]])).not.toMatch(/^\uFEFF"?[=+\-@]/);
      }),
    );
  });

  test.each(['=HYPERLINK("http://evil.example")', '+44', '-1', '@SUM(A1)', "'=1", "''=1"])(
    'makes %s harmless',
    (formula) => {
      const text = writeCells([[formula]]).replace('\uFEFF', '');
      expect(text).toMatch(/^"?'/);
    },
  );

  const name = fc
    .tuple(
      fc.constantFrom('Ada', 'Siân', "D'Arcy", '=Cmd', '-Bo', '@Home', '+Plus', "'=Bo"),
      fc.constantFrom('Example', 'O’Neil, X', 'Ŵyn-Sample', '"Q" R'),
    )
    .map((parts) => readName(parts.join(' ')).name)
    .filter((name) => readName(name).name === name && name !== '');
  const plain = fc.constantFrom(
    'Abbey',
    'Castle & Park',
    '=1+1',
    '-North',
    '+South',
    '@East',
    "'=West",
    'A, B "and" C',
    'Ynys Môn',
    "'s Ward",
  );
  const address = fc.constantFrom(
    'a@southwark.gov.uk',
    "o'b+x@southwark.gov.uk",
    'a@mail.example',
    '-a@southwark.gov.uk',
    '=a@mail.example',
  );
  const someone = fc.record({
    theirId: fc.stringMatching(/^[\w-]{1,40}$/),
    name,
    party: fc.option(plain),
    seat: plain,
    seatCode: fc.option(fc.constant('E05000001')),
    emails: fc.array(address, { maxLength: 3 }),
  });
  const aListOf = (council: string) =>
    fc.record({
      councillors: fc.uniqueArray(someone, { minLength: 1, maxLength: 8, selector: ({ theirId }) => theirId }),
      vacantSeats: fc.array(plain, { maxLength: 2 }),
      council: fc.constant(council),
    });

  test('is imported as what it was: people, seats, vacancies and addresses', () => {
    fc.assert(
      fc.property(fc.tuple(aListOf(SOUTHWARK), aListOf('E09000001')), (made) => {
        const lists = made.map(({ council, councillors, vacantSeats }) => ({
          councilCode: council,
          vacantSeats,
          councillors: councillors.map((one): Councillor => {
            return { ...one, councilCode: council, emails: readEmails(one.emails, councils.byCode(council)!) };
          }),
        }));
        const { lists: back, wrong } = fileIn(writeCouncillors(lists.map(knownOf)));
        expect(wrong).toEqual([]);
        expect(back.map(({ found }) => found.list)).toEqual(lists);
      }),
    );
  });

  test('and nobody has looked at counts as found by no person', () => {
    const list = {
      councilCode: SOUTHWARK,
      vacantSeats: [],
      councillors: fileIn(`${HEADER}\n${ADA}`).lists[0]!.found.list.councillors,
    };
    expect(fileIn(writeCouncillors([knownOf(list)])).lists[0]?.found.origins).toEqual({});
  });
});

function knownOf(list: { councilCode: string; vacantSeats: string[]; councillors: readonly Councillor[] }): KnownList {
  return {
    ...list,
    source: 'moderngov',
    asOf: NOON,
    councillors: list.councillors.map(({ theirId, emails, councilCode, ...person }) => ({
      ...person,
      id: councillorId(councilCode, theirId),
      contacts: emails.map(({ address, kind }) => ({
        email: address,
        kind,
        source: 'moderngov',
        fetchedAt: NOON,
        confirmedAt: null,
        deliveredAt: null,
        bouncedAt: null,
        hardBounces: 0,
        failingSince: null,
      })),
    })),
  };
}
