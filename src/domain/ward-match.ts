import { plainName } from './name.ts';
import { plainSeat, wordSet } from './seat-name.ts';

/** Which of a council's seats a ward or division is. Only `matched` names anybody. */
export type SeatMatch =
  | { readonly kind: 'matched'; readonly seat: string }
  /** It could be one of these. */
  | { readonly kind: 'in-doubt'; readonly near: readonly string[] }
  | { readonly kind: 'none' };

/** From the surest to the least sure; the first on which anything fits decides, and there must be one that fits. */
const READINGS: readonly ((name: string) => readonly string[])[] = [
  (name) => [plainSeat(name)],
  (name) => [wordSet(name)],
  (name) => partsOf(name).map(wordSet),
];

/**
 * Finds a ward of the official register in the list of its own council, which writes it in its own way: `seats` must be of one council.
 * Two that fit equally well are in doubt, and so is everything that only resembles.
 */
export function matchSeat(wardName: string, seats: readonly string[]): SeatMatch {
  const distinct = [...new Set(seats)];
  for (const reading of READINGS) {
    const wanted = reading(wardName).filter((key) => key !== '');
    const fitting = distinct.filter((seat) => reading(seat).some((key) => wanted.includes(key)));
    const [seat] = fitting;
    if (seat !== undefined)
      return fitting.length === 1 ? { kind: 'matched', seat } : { kind: 'in-doubt', near: fitting };
  }
  const near = distinct.filter((seat) => resembles(seat, wardName));
  return near.length > 0 ? { kind: 'in-doubt', near } : { kind: 'none' };
}

/**
 * Names inside a name: both languages of "Caerffili / Caerphilly"; "Meads" of "Eastbourne - Meads", of "Meads Ward, Eastbourne" and of
 * "Meads (Eastbourne)". A point of the compass is no place: "Castle (North)" is not Castle. A comma alone stands in lists: "Booker, Cressex & Castlefield" is not Booker.
 */
function partsOf(name: string): string[] {
  const outside = name.replace(/\(([^)]*)\)?/g, (_, inside: string) => (isPoint(inside) ? ` ${inside} ` : ' '));
  const [, beforeComma] = /^(.+\b(?:ward|division))\s*,/i.exec(outside) ?? [];
  const [, afterDash] = /^\D+?\s[-–—]\s(.+)$/.exec(outside) ?? [];
  const parts = [beforeComma, afterDash].filter((part): part is string => part !== undefined && !isPoint(part));
  return [name, outside, ...parts, ...outside.split('/')];
}

const POINT = /^(north|south|east|west|central|inner|outer|upper|lower)$/;

function isPoint(part: string): boolean {
  return POINT.test(plainName(part));
}

const COMMON = ['town', 'park', 'great', 'little', 'saint'];

/** Whether two names share a word that tells places apart. */
function resembles(one: string, other: string): boolean {
  const telling = (name: string) =>
    plainName(plainSeat(name))
      .split(' ')
      .filter((word) => word.length > 3 && !POINT.test(word) && !COMMON.includes(word));
  const words = telling(other);
  return telling(one).some((word) => words.includes(word));
}
