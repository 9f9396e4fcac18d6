import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ListFailure } from '../../src/domain/councillor-list.ts';
import { matchSeat } from '../../src/domain/ward-match.ts';
import { readList } from '../../src/lookup/moderngov-list.ts';
import { readCouncils } from '../../src/records/councils.ts';
import { readSample, samples } from './samples.ts';

const SOUTHWARK = readCouncils(new URL('../../data/', import.meta.url)).byCode('E09000028')!;

/** Counted in each file apart from our reader: who sits, and how many seats are vacant; or why there is no list. */
const READ: readonly (readonly [string, { sitting: number; vacant?: number }])[] = [
  ['argyll-bute.gov.uk.xml', { sitting: 35 }],
  ['buckscc.gov.uk.xml', { sitting: 49 }],
  ['cardiff.co.uk.xml', { sitting: 75 }],
  ['councillors.liverpool.gov.uk.xml', { sitting: 91 }],
  ['dover.gov.uk.xml', { sitting: 45 }],
  ['fareham.gov.uk.xml', { sitting: 31 }],
  ['harlow.gov.uk.xml', { sitting: 33 }],
  ['huntingdonshire.gov.uk.xml', { sitting: 52 }],
  ['kirklees.gov.uk.xml', { sitting: 69 }],
  ['lbbd.gov.uk.xml', { sitting: 51 }],
  ['london-fire.gov.uk.xml', { sitting: 17 }],
  ['modgov.sefton.gov.uk.xml', { sitting: 66 }],
  ['newcastle-staffs.gov.uk.xml', { sitting: 59, vacant: 1 }],
  ['oadby-wigston.gov.uk.xml', { sitting: 26 }],
  ['redbridge.gov.uk.xml', { sitting: 63 }],
  ['scarborough.gov.uk.xml', { sitting: 50 }],
  ['slough.gov.uk.xml', { sitting: 42 }],
  ['southkesteven.gov.uk.xml', { sitting: 56 }],
  ['southwark.gov.uk.xml', { sitting: 63 }],
  ['spelthorne.gov.uk.xml', { sitting: 39 }],
  ['sthelens.gov.uk.xml', { sitting: 48 }],
  ['sutton.gov.uk.xml', { sitting: 54 }],
  ['torfaen.gov.uk.xml', { sitting: 44 }],
  ['wandsworth.gov.uk.xml', { sitting: 60 }],
  ['worcestershire.co.uk.xml', { sitting: 57 }],
];

const REFUSED: readonly (readonly [string, ListFailure])[] = [
  ['denbighshire.gov.uk.xml', 'not-moderngov'],
  ['leeds.gov.uk.xml', 'not-moderngov'],
  ['online.eastherts.gov.uk.xml', 'too-few'],
  ['senedd_GetCouncillorsByWard_2026_cy.xml', 'too-few'],
  ['senedd_GetCouncillorsByWard_2026_en.xml', 'too-few'],
];

describe.skipIf(!samples)('recorded answers of councils', () => {
  test('are all counted', () => {
    const known = [...READ, ...REFUSED].map(([file]) => file);
    expect(readdirSync(join(samples, 'moderngov')).sort()).toEqual(known.sort());
  });

  test.each(REFUSED)('%s is no list: %s', (file, word) => {
    expect(readList(readSample(`moderngov/${file}`), SOUTHWARK, [])).toEqual({ ok: false, error: word });
  });

  test.each(READ)('%s is read as a person reads it', (file, expected) => {
    const list = readList(readSample(`moderngov/${file}`), SOUTHWARK, []);
    if (!list.ok) throw new Error(`${file} is refused: ${list.error}`);

    const { councillors, vacantSeats } = list.value;
    expect([councillors.length, vacantSeats.length]).toEqual([expected.sitting, expected.vacant ?? 0]);
    for (const { name, seat, emails } of councillors) {
      expect(name).not.toMatch(/councillor|cllr|&\w+;|\s\s|^\s|\s$/i);
      expect(seat).toMatch(/\S/);
      for (const { address } of emails) expect(address).toMatch(/^[^\s<>@,;()]+@[^\s<>@,;()]+\.[a-z]{2,}$/i);
    }
    // A seat is found under its own name, unless the council has two that are written alike.
    for (const seat of new Set(councillors.map(({ seat }) => seat)))
      expect(matchSeat(seat, [...new Set(councillors.map(({ seat }) => seat))])).toEqual({ kind: 'matched', seat });
  });
});
