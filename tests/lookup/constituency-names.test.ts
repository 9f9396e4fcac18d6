import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, test } from 'vitest';
import { plainName } from '../../src/domain/name.ts';
import { openHttp } from '../../src/lookup/http.ts';
import { parliament } from '../../src/lookup/parliament.ts';
import { startParliament } from '../stand-ins/parliament.ts';

const FILE = new URL('../../data/constituencies.csv', import.meta.url);
const rows: { name: string }[] = parse(readFileSync(FILE), { columns: true, bom: true });
const names = rows.map(({ name }) => name);

const http = openHttp({ timeoutMs: 10_000 });
afterAll(() => http.close());

const withoutAccents = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '');

/** Ways in which Parliament might write a name. */
const SPELLINGS: Record<string, (name: string) => string> = {
  'as we do': (name) => name,
  'without accents': withoutAccents,
  'with accents as marks of their own': (name) => name.normalize('NFD'),
  'with a capital The': (name) => name.replaceAll(' the ', ' The '),
  'with ampersands': (name) => name.replaceAll(' and ', ' & '),
  'with curly apostrophes': (name) => name.replaceAll("'", '’'),
  'without apostrophes': (name) => name.replaceAll("'", ''),
  'in capitals': (name) => name.toUpperCase(),
  'with spaces for hyphens': (name) => name.replaceAll('-', ' '),
  'without commas': (name) => name.replaceAll(',', ''),
  'with full stops': (name) => name.replace(/^St /, 'St. '),
  'with all of it at once': (name) =>
    withoutAccents(name)
      .replaceAll('-', ' ')
      .replaceAll(',', '')
      .replaceAll("'", '’')
      .replaceAll(' and ', ' & ')
      .toUpperCase(),
};

describe('the names of the 650 constituencies', () => {
  test('are 650, and differ even when written plainly', () => {
    expect(names).toHaveLength(650);
    expect(new Set(names.map(plainName)).size).toBe(650);
  });

  test.each(Object.keys(SPELLINGS))('find their own seat where Parliament writes them %s', async (spelling) => {
    expect(await seatsFor(names, { names, spelling: SPELLINGS[spelling]! })).toEqual(names.map((_, at) => at));
  });

  test('find their own seat when asked for without accents', async () => {
    expect(await seatsFor(names.map(withoutAccents), { names })).toEqual(names.map((_, at) => at));
  });

  test('never find the seat of another where their own is missing', async () => {
    const [even, odd] = [0, 1].map((rest) => names.filter((_, at) => at % 2 === rest));
    expect(new Set(await seatsFor(odd!, { names: even! }))).toEqual(new Set(['unknown-constituency']));
  });
});

/** The number of the seat that each name finds, or why it finds none; the stand-in's addresses carry the number. */
async function seatsFor(asked: readonly string[], options: Parameters<typeof startParliament>[0]) {
  const upstream = await startParliament(options);
  const { seatFor } = parliament(http, upstream.url);
  const seats = await Promise.all(asked.map((name) => seatFor(name)));
  await upstream.close();
  return seats.map((seat) => {
    if (!seat.ok) return seat.error.kind;
    return seat.value.vacant ? 'vacant' : Number(/\d+/.exec(seat.value.member.emails[0] ?? '')) - 5000;
  });
}
