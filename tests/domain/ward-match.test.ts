import { array, assert, constantFrom, nat, pre, property, string, uniqueArray } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchSeat } from '../../src/domain/ward-match.ts';

const SEATS = ['Abbey', 'St. Mary’s Ward', 'CASTLE & PARK', 'Riverside (3)', 'Meads', 'Caerffili / Caerphilly'];

describe('finding a ward in its council’s own list', () => {
  test.each([
    ['Abbey', 'Abbey'],
    ["St Mary's", 'St. Mary’s Ward'],
    ['Saint Marys', 'St. Mary’s Ward'],
    ['Castle and Park', 'CASTLE & PARK'],
    ['Park & Castle', 'CASTLE & PARK'],
    ['Riverside', 'Riverside (3)'],
    ['Eastbourne - Meads', 'Meads'],
    ['Caerphilly', 'Caerffili / Caerphilly'],
  ])('%s is %s', (ward, seat) => {
    expect(matchSeat(ward, SEATS)).toEqual({ kind: 'matched', seat });
  });

  test('two that are written alike are in doubt', () => {
    expect(matchSeat('Abbey', ['Abbey Ward', 'ABBEY'])).toEqual({ kind: 'in-doubt', near: ['Abbey Ward', 'ABBEY'] });
  });

  test('one that only resembles is in doubt, never a guess', () => {
    expect(matchSeat('Abbey North', ['Abbey South', 'Castle'])).toEqual({ kind: 'in-doubt', near: ['Abbey South'] });
  });

  test('one that is not there is none', () => {
    expect(matchSeat('Harbour', SEATS)).toEqual({ kind: 'none' });
  });
});

const WORDS = ['Abbey', 'Castle', 'Park', 'Hill', 'Marsh', 'Bridge', 'Green', 'Wood', 'Field', 'Mill'];
const aName = uniqueArray(constantFrom(...WORDS), { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
const NOISE: readonly ((name: string) => string)[] = [
  (name) => name.toUpperCase(),
  (name) => name.toLowerCase(),
  (name) => `${name} Ward`,
  (name) => `${name} Electoral Division`,
  (name) => name.replaceAll(' ', '-'),
  (name) => `  ${name.replaceAll(' ', '  ')} `,
  (name) => `${name}.`,
  (name) => name.split(' ').toReversed().join(' & '),
];
const noise = constantFrom(...NOISE);

describe('whatever the names are', () => {
  test('noise on either side never changes which seat it is', () => {
    assert(
      property(uniqueArray(aName, { minLength: 1, maxLength: 6 }), nat(), noise, noise, (names, at, one, other) => {
        const alike = (name: string) => name.split(' ').sort().join(' ');
        pre(new Set(names.map(alike)).size === names.length);
        const wanted = names[at % names.length]!;
        const seats = names.map(other);
        expect(matchSeat(one(wanted), seats)).toEqual({ kind: 'matched', seat: other(wanted) });
      }),
    );
  });

  test('a seat that was not given is never named', () => {
    assert(
      property(string(), array(string(), { maxLength: 6 }), (ward, seats) => {
        expect(seats).toEqual(expect.arrayContaining([...namedIn(matchSeat(ward, seats))]));
      }),
    );
  });
});

function namedIn(match: ReturnType<typeof matchSeat>): readonly string[] {
  if (match.kind === 'none') return [];
  return match.kind === 'matched' ? [match.seat] : match.near;
}
