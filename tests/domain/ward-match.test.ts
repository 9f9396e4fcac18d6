import { array, assert, constantFrom, property, string, uniqueArray } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchSeat, type SeatMatch } from '../../src/domain/ward-match.ts';

const SEATS = ['Abbey', "St Mary's", 'Castle & Park', 'Riverside North', 'Riverside South', 'Felinheli', 'The Lane'];

describe('a ward in the list of its council', () => {
  test.each([
    ['Abbey', 'ABBEY WARD'],
    ["St Mary's", 'St. Mary’s Ward'],
    ["St Mary's", 'Saint Marys'],
    ['Castle and Park', 'Castle & Park'],
    ['Abbey Wood and Thamesmead', 'Thamesmead & Abbey Wood'],
    ['Meads', 'Eastbourne - Meads'],
    ['Buckingham', 'Buckingham Ward, Shoreham-by-Sea'],
    ['Abbey', 'Abbey Electoral Division'],
    ['Abbey Division', 'Abbey'],
    ['Castle', 'Castle Ward (Town)'],
    ['Caerffili', 'Caerffili / Caerphilly'],
    ['Caerphilly', 'Caerffili / Caerphilly'],
    ['Y Felinheli', 'Felinheli'],
    ['Leith Walk', 'Leith Walk (12)'],
    ['Abbey', '03 - Abbey'],
    ['Helensburgh Central', 'Ward 10: Helensburgh Central'],
    ['Ward 3', '03'],
    ['St Neots Eynesbury', 'St Neots - Eynesbury'],
    ['Glyndŵr', 'Glyndwr'],
    ['Capel-le-Ferne', 'Capel le Ferne'],
    ['Thatto Heath', 'Thatto  Heath'],
  ])('%s is %s, and the other way round', (ward, seat) => {
    expect(matchSeat(ward, [seat, 'Quite Another'])).toEqual({ kind: 'matched', seat });
    expect(matchSeat(seat, [ward, 'Quite Another'])).toEqual({ kind: 'matched', seat: ward });
  });

  test.each([
    ['two that are alike', "St Mary's", ["St Mary's Ward", 'St Marys'], ["St Mary's Ward", 'St Marys']],
    [
      'one name in two places',
      'Priory',
      ['Huntingdon - Priory', 'St Ives - Priory'],
      ['Huntingdon - Priory', 'St Ives - Priory'],
    ],
    ['half of a town', 'Castle', ['Castle (North)'], ['Castle (North)']],
    ['the first of a list', 'Booker', ['Booker, Cressex & Castlefield'], ['Booker, Cressex & Castlefield']],
    ['a part of a name', 'Riverside', ['Riverside North', 'Abbey'], ['Riverside North']],
    ['a larger name', 'Riverside North and Abbey', ['Riverside North', 'Hill'], ['Riverside North']],
  ])('%s is in doubt', (_, ward, seats, near) => {
    expect(matchSeat(ward, seats)).toEqual({ kind: 'in-doubt', near });
  });

  test.each([
    ['another name', 'Hilltop', SEATS],
    ['no list', 'Abbey', []],
    ['a blank seat', 'Abbey', ['', ' ', '-']],
    ['a blank ward', '', SEATS],
    ['a point of the compass alone', 'East', ['Huntingdon - East']],
    ['a point of the compass in common', 'North Hill', ['North Dale']],
    ['another number', 'Ward 3', ['Ward 13', 'Ward 4']],
  ])('%s is none', (_, ward, seats) => {
    expect(matchSeat(ward, seats)).toEqual({ kind: 'none' });
  });

  test('is the exact one before one that has it in it', () => {
    expect(matchSeat('Meads', ['Eastbourne - Meads', 'MEADS WARD'])).toEqual({ kind: 'matched', seat: 'MEADS WARD' });
  });
});

const WORDS = [
  'Abbey',
  'Castle',
  'Park',
  'Marsh',
  'Hill',
  'Llanfair',
  'Lane',
  'Brook',
  'Mary',
  'Oak',
  'North',
  'Green',
];
const name = uniqueArray(constantFrom(...WORDS), { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
const names = uniqueArray(name, { minLength: 1, maxLength: 8, selector: (text) => text.split(' ').sort().join() });
const noise = constantFrom<(text: string) => string>(
  (text) => text.toUpperCase(),
  (text) => `${text} Ward`,
  (text) => `${text} Electoral Division`,
  (text) => `  ${text.replaceAll(' ', '-')} `,
  (text) => text.replaceAll('a', 'á'),
  (text) => `07 - ${text}`,
  (text) => `${text} (7)`,
  (text) => text.replaceAll('e', 'e\u2019'),
);

/** Every seat that an answer names, sure or not. */
function seatsNamed(answer: SeatMatch): readonly string[] {
  if (answer.kind === 'matched') return [answer.seat];
  return answer.kind === 'in-doubt' ? answer.near : [];
}

describe('whatever the names', () => {
  test('noise on either side never changes the answer', () => {
    assert(
      property(names, name, noise, noise, (seats, ward, ofWard, ofSeats) => {
        const plain = matchSeat(ward, seats);
        const noisy = matchSeat(ofWard(ward), seats.map(ofSeats));
        expect(noisy.kind).toBe(plain.kind);
        expect(seatsNamed(noisy)).toEqual(seatsNamed(plain).map(ofSeats));
      }),
    );
  });

  test('each seat is found by its own name', () => {
    assert(
      property(names, noise, (seats, noisy) => {
        for (const seat of seats) expect(matchSeat(noisy(seat), seats)).toEqual({ kind: 'matched', seat });
      }),
    );
  });

  test('two that are alike but for noise are in doubt', () => {
    assert(
      property(names, (seats) => {
        const [seat = ''] = seats;
        expect(matchSeat(seat, [...seats, `${seat} Ward`])).toEqual({ kind: 'in-doubt', near: [seat, `${seat} Ward`] });
      }),
    );
  });

  test('no seat is named that was not given', () => {
    assert(
      property(string(), array(string()), (ward, seats) => {
        expect(seats).toEqual(expect.arrayContaining([...seatsNamed(matchSeat(ward, seats))]));
      }),
    );
  });
});
