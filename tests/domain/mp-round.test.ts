import { describe, expect, test } from 'vitest';
import type { Constituency } from '../../src/domain/constituency.ts';
import type { KnownSeat } from '../../src/domain/gone.ts';
import { changesIn, isTooMany, matchSeats } from '../../src/domain/mp-round.ts';
import { isRoundDue } from '../../src/domain/round-time.ts';
import type { Holder, ListedSeat } from '../../src/domain/seat.ts';
import { after, hours, NOON } from '../builders.ts';

const sitting = (id: number, displayName = `Member ${id}`): Holder => ({
  vacant: false,
  member: { id, displayName, addressAs: null },
});
const VACANT: Holder = { vacant: true };
const seat = (id: number, name: string, holder: Holder | null = sitting(id)): ListedSeat => ({ id, name, holder });
const constituency = (code: string, name: string): Constituency => ({ code, name, nation: 'Wales', councilCodes: [] });

const OURS = [constituency('W1', 'Montgomeryshire and Glyndŵr'), constituency('W2', 'Ynys Môn')];
const [MONTGOMERYSHIRE, YNYS_MON] = [seat(1, 'MONTGOMERYSHIRE & GLYNDWR'), seat(2, 'Ynys Mon')];

describe('matching Parliament’s list with ours', () => {
  const match = (listed: readonly ListedSeat[], whole = true) => {
    const { heard, problems } = matchSeats(listed, OURS, whole);
    return { heard: Object.fromEntries(heard), problems };
  };

  test('goes by name in any spelling', () => {
    expect(match([YNYS_MON, MONTGOMERYSHIRE])).toEqual({ heard: { W1: sitting(1), W2: sitting(2) }, problems: [] });
  });

  test('takes a seat that slipped onto two pages once', () => {
    expect(match([YNYS_MON, MONTGOMERYSHIRE, YNYS_MON]).problems).toEqual([]);
  });

  test('never guesses between two seats of one name', () => {
    expect(match([MONTGOMERYSHIRE, YNYS_MON, seat(3, 'Ynys Môn')])).toEqual({
      heard: { W1: sitting(1) },
      problems: [{ kind: 'two of one name', name: 'Ynys Mon' }],
    });
  });

  test('says which seat is none of ours, and which of ours was not listed', () => {
    expect(match([MONTGOMERYSHIRE, seat(9, 'Ynys')])).toEqual({
      heard: { W1: sitting(1) },
      problems: [
        { kind: 'unknown seat', name: 'Ynys' },
        { kind: 'not listed', name: 'Ynys Môn' },
      ],
    });
  });

  test('misses nothing in a part of the list', () => {
    expect(match([MONTGOMERYSHIRE], false)).toEqual({ heard: { W1: sitting(1) }, problems: [] });
  });

  test('leaves out a seat whose entry cannot be read', () => {
    expect(match([MONTGOMERYSHIRE, seat(2, 'Ynys Môn', null)])).toEqual({
      heard: { W1: sitting(1) },
      problems: [{ kind: 'unreadable', name: 'Ynys Môn' }],
    });
  });
});

describe('a change of MP', () => {
  const changes = (before: Holder | undefined, now: Holder) => {
    const known: KnownSeat | undefined = before && { holder: before, fetchedAt: NOON, changedAt: null };
    return changesIn(new Map([['W1', now]]), new Map(known ? [['W1', known]] : []));
  };

  test.each<[string, Holder, Holder]>([
    ['another member', sitting(1), sitting(2)],
    ['a member and then nobody', sitting(1), VACANT],
    ['nobody and then a member', VACANT, sitting(1)],
  ])('is %s', (_, from, to) => {
    expect(changes(from, to)).toEqual([{ constituencyCode: 'W1', from, to }]);
  });

  test.each<[string, Holder | undefined, Holder]>([
    ['the first time we hear of a seat', undefined, sitting(1)],
    ['the same member knighted', sitting(1, 'Mo Member'), sitting(1, 'Sir Mo Member')],
    ['a seat that stays vacant', VACANT, VACANT],
  ])('is not %s', (_, from, to) => {
    expect(changes(from, to)).toEqual([]);
  });
});

test.each([
  [20, 650, false],
  [21, 650, true],
  [3, 20, false],
  [4, 20, true],
  [10, 325, false],
  [11, 325, true],
])('%i changes among %i seats want a person: %s', (changed, heard, tooMany) => {
  expect(isTooMany(changed, heard)).toBe(tooMany);
});

describe('the nightly round', () => {
  const at = (time: string) => new Date(time);

  test('is due at once where there never was one, and an hour after one that broke off', () => {
    expect(isRoundDue(undefined, undefined, NOON)).toBe(true);
    expect(isRoundDue(undefined, NOON, after(NOON, hours(1) - 1))).toBe(false);
    expect(isRoundDue(undefined, NOON, after(NOON, hours(1)))).toBe(true);
  });

  test.each([
    ['2026-11-24T02:59:59Z', false],
    ['2026-11-24T03:00:00Z', true],
  ])('after one at noon is due again at three in the morning: at %s %s', (time, due) => {
    expect(isRoundDue(NOON, NOON, at(time))).toBe(due);
  });

  test('is due at three of summer time', () => {
    const yesterday = at('2027-06-01T12:00:00Z');
    expect(isRoundDue(yesterday, yesterday, at('2027-06-02T01:59:59Z'))).toBe(false);
    expect(isRoundDue(yesterday, yesterday, at('2027-06-02T02:00:00Z'))).toBe(true);
  });
});
