import { describe, expect, test } from 'vitest';
import { councilId, councillorId, mpId } from '../../src/domain/addressee.ts';
import { goneSince, type KnownSeat, type Today } from '../../src/domain/gone.ts';
import type { Holder } from '../../src/domain/seat.ts';
import { readCouncils } from '../../src/records/councils.ts';
import { after, before, NOON } from '../builders.ts';

const councils = readCouncils(new URL('../../data/', import.meta.url));
const TODAY: Today = { dissolved: false, seat: undefined, councils, day: '2026-11-23' };
const LETTER = { writtenAt: NOON };
const MO = { id: mpId('E14001085'), kind: 'mp', name: 'Mo Member' } as const;
const sitting = (displayName: string): Holder => ({ vacant: false, member: { id: 2, displayName, addressAs: null } });

describe('an MP', () => {
  const seat = (holder: Holder, changedAt: Date | null): KnownSeat => ({ holder, fetchedAt: NOON, changedAt });
  const gone = (known: KnownSeat | undefined) => goneSince(LETTER, MO, { ...TODAY, seat: known });

  test('is gone when somebody else was heard of after the letter was written', () => {
    expect(gone(seat(sitting('Ada Next'), after(NOON, 1)))).toEqual({ kind: 'mp-changed', now: 'Ada Next' });
  });

  test('is gone when the seat became vacant', () => {
    expect(gone(seat({ vacant: true }, after(NOON, 1)))).toEqual({ kind: 'seat-vacant' });
  });

  test('is gone while Parliament is dissolved, whatever was heard', () => {
    expect(goneSince(LETTER, MO, { ...TODAY, dissolved: true })).toEqual({ kind: 'dissolution' });
  });

  test.each<[string, KnownSeat | undefined]>([
    ['no round has heard of the seat', undefined],
    ['the seat never changed', seat(sitting('Mo Member'), null)],
    ['the same member has another title', seat(sitting('Sir Mo Member'), null)],
    ['the seat changed before the letter was written', seat(sitting('Ada Next'), before(NOON, 1))],
    ['the letter is to the new one already', seat(sitting('MO MEMBER'), after(NOON, 1))],
  ])('is there when %s', (_, known) => {
    expect(gone(known)).toBeNull();
  });
});

describe('a council', () => {
  const office = { id: councilId('E07000207'), kind: 'council', name: 'Elmbridge Borough Council' } as const;
  const councillor = { id: councillorId('E07000207', '12'), kind: 'councillor', name: 'Ada Example' } as const;
  const county = { id: councilId('E10000030'), kind: 'council', name: 'Surrey County Council' } as const;

  test.each([office, councillor, county])('of %o is there to its last day', (to) => {
    expect(goneSince(LETTER, to, { ...TODAY, day: '2027-03-31' })).toBeNull();
  });

  test.each([office, councillor])('of %o is gone the day after, and says who took over', (to) => {
    expect(goneSince(LETTER, to, { ...TODAY, day: '2027-04-01' })).toMatchObject({
      kind: 'council-ended',
      by: [{ code: 'east-surrey-2027' }],
    });
  });

  test('that was a county is followed by two', () => {
    expect(goneSince(LETTER, county, { ...TODAY, day: '2027-04-01' })).toMatchObject({
      by: [{ code: 'east-surrey-2027' }, { code: 'west-surrey-2027' }],
    });
  });

  test('is there while Parliament is dissolved, and where no end is known', () => {
    expect(goneSince(LETTER, office, { ...TODAY, dissolved: true })).toBeNull();
    const southwark = { ...office, id: councilId('E09000028') };
    expect(goneSince(LETTER, southwark, { ...TODAY, day: '2030-01-01' })).toBeNull();
  });
});
