import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { matchSeat } from '../../src/domain/ward-match.ts';
import { readList } from '../../src/lookup/moderngov-list.ts';
import { aCouncil } from './a-council.ts';
import { readSample, samples } from './samples.ts';

/** What a person counts in each file with a pencil: councillors, wards, vacant seats, and councillors with an address that mail can be sent to. */
const COUNTED: Readonly<
  Record<string, readonly [councillors: number, wards: number, vacant: number, reachable: number]>
> = {
  'argyll-bute.gov.uk': [35, 11, 0, 0],
  'buckscc.gov.uk': [49, 49, 0, 49],
  'cardiff.co.uk': [75, 29, 0, 74],
  'councillors.liverpool.gov.uk': [91, 30, 0, 89],
  'dover.gov.uk': [45, 21, 0, 45],
  'fareham.gov.uk': [31, 15, 0, 31],
  'harlow.gov.uk': [33, 11, 0, 33],
  'huntingdonshire.gov.uk': [52, 29, 0, 52],
  'kirklees.gov.uk': [69, 23, 0, 65], // three stop at "gov.u"
  'lbbd.gov.uk': [51, 17, 0, 50],
  'london-fire.gov.uk': [17, 3, 0, 11],
  'modgov.sefton.gov.uk': [66, 22, 0, 66],
  'newcastle-staffs.gov.uk': [59, 24, 1, 59],
  'oadby-wigston.gov.uk': [26, 10, 0, 26],
  'redbridge.gov.uk': [63, 21, 0, 62],
  'scarborough.gov.uk': [50, 25, 0, 50],
  'slough.gov.uk': [42, 15, 0, 42],
  'southkesteven.gov.uk': [56, 30, 0, 56],
  'southwark.gov.uk': [63, 21, 0, 63],
  'spelthorne.gov.uk': [39, 13, 0, 39],
  'sthelens.gov.uk': [48, 16, 0, 45],
  'sutton.gov.uk': [54, 18, 0, 54],
  'torfaen.gov.uk': [44, 24, 0, 44],
  'wandsworth.gov.uk': [60, 20, 0, 60],
  'worcestershire.co.uk': [57, 52, 0, 56],
};

const REFUSED: Readonly<Record<string, string>> = {
  'denbighshire.gov.uk': 'not-moderngov',
  'leeds.gov.uk': 'not-moderngov',
  'online.eastherts.gov.uk': 'too-few',
  senedd_GetCouncillorsByWard_2026_cy: 'too-few',
  senedd_GetCouncillorsByWard_2026_en: 'too-few',
};

describe.skipIf(!samples)('ModernGov as recorded', () => {
  const textOf = (name: string) => readSample(`moderngov/${name}.xml`);
  const read = (name: string) => {
    const host = name.replace('.co.uk', '.gov.uk');
    return readList(textOf(name), aCouncil({ website: `https://${host}/`, moderngov: null }), []);
  };
  const listOf = (name: string) => {
    const list = read(name);
    if (!list.ok) throw new Error(list.error);
    return list.value;
  };

  test.each(Object.entries(COUNTED))(
    '%s has the councillors that a person counts',
    (name, [most, wards, vacant, reachable]) => {
      const { councillors, vacantSeats } = listOf(name);
      expect(councillors).toHaveLength(most);
      expect(vacantSeats).toHaveLength(vacant);
      expect(new Set(councillors.map(({ seat }) => seat)).size).toBe(wards);
      expect(councillors.filter(({ emails }) => emails.length > 0)).toHaveLength(reachable);
      expect(textOf(name).split('<councillorid>')).toHaveLength(1 + most + vacant);
    },
  );

  test.each(Object.entries(REFUSED))('%s is refused as %s', (name, word) => {
    expect(read(name)).toEqual({ ok: false, error: word });
  });

  test.each(Object.keys(COUNTED))('%s has clean names, wards and addresses', (name) => {
    for (const { name: person, seat, emails } of listOf(name).councillors) {
      expect(person).toMatch(/^\p{Lu}[\p{L}.'’-]*( [\p{L}.'’-]+)+$/u);
      expect(person).not.toMatch(/councillor|cllr|\b(mrs|mr|ms|miss|obe|mbe|jp|cbe)\b/i);
      expect(seat).toMatch(/^\S.*\S$/);
      for (const { address } of emails) expect(address).toMatch(/^[^\s@;(]+@[^\s@;(]+\.(gov\.uk|example)$/i);
    }
  });

  test.each(Object.keys(COUNTED))('every ward of %s is found by its own name, written in another way', (name) => {
    const seats = [...new Set(listOf(name).councillors.map(({ seat }) => seat))];
    for (const seat of seats) {
      const typed = `${seat.toUpperCase().replaceAll(' AND ', ' & ').replaceAll('ST. ', 'ST ')} WARD`;
      expect(matchSeat(typed, seats), seat).toEqual({ kind: 'matched', seat });
    }
  });

  test('all thirty files were read', () => {
    const names = readdirSync(join(samples, 'moderngov')).map((file) => file.replace('.xml', ''));
    expect(names.sort()).toEqual([...Object.keys(COUNTED), ...Object.keys(REFUSED)].sort());
    expect(names).toHaveLength(30);
  });
});
