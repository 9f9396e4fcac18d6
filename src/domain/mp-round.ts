import type { KnownSeat } from './gone.ts';
import type { Constituency } from './constituency.ts';
import { plainName } from './name.ts';
import { sameHolder, type Holder, type ListedSeat } from './seat.ts';

/** Why a seat of Parliament's list, or a constituency of ours, was left as it was. */
export type RoundProblem =
  /** Parliament has a seat that is none of ours. */
  | { readonly kind: 'unknown seat'; readonly name: string }
  /** Two seats of Parliament's have this name. */
  | { readonly kind: 'two of one name'; readonly name: string }
  /** Who sits there cannot be read. */
  | { readonly kind: 'unreadable'; readonly name: string }
  /** Parliament's whole list has no seat of this name of ours. */
  | { readonly kind: 'not listed'; readonly name: string };

/** What is believed of a list, and what is not. */
export interface Matched {
  /** By our code of the constituency. */
  readonly heard: ReadonlyMap<string, Holder>;
  readonly problems: readonly RoundProblem[];
}

/** Finds the constituency of each seat by its name in any spelling. What does not fit exactly one is a problem, never a guess. */
export function matchSeats(
  listed: readonly ListedSeat[],
  constituencies: readonly Constituency[],
  whole: boolean,
): Matched {
  const once = [...new Map(listed.map((seat) => [seat.id, seat])).values()]; // the list may shift between two pages
  const byName = Map.groupBy(once, ({ name }) => plainName(name));
  const ours = new Map(constituencies.map((one) => [plainName(one.name), one]));
  const heard = new Map<string, Holder>();
  const problems: RoundProblem[] = [];
  for (const [plain, seats] of byName) {
    const [seat] = seats;
    const constituency = ours.get(plain);
    const name = seat?.name ?? plain;
    if (!constituency) problems.push({ kind: 'unknown seat', name });
    else if (seats.length > 1) problems.push({ kind: 'two of one name', name });
    else if (!seat?.holder) problems.push({ kind: 'unreadable', name });
    else heard.set(constituency.code, seat.holder);
  }
  if (whole) {
    const missing = constituencies.filter(({ name }) => !byName.has(plainName(name)));
    problems.push(...missing.map(({ name }) => ({ kind: 'not listed' as const, name })));
  }
  return { heard, problems };
}

/** One seat that somebody else holds than before. */
export interface SeatChange {
  readonly constituencyCode: string;
  readonly from: Holder;
  readonly to: Holder;
}

export function changesIn(
  heard: ReadonlyMap<string, Holder>,
  known: ReadonlyMap<string, KnownSeat>,
): readonly SeatChange[] {
  return [...heard].flatMap(([constituencyCode, to]) => {
    const from = known.get(constituencyCode)?.holder;
    return from && !sameHolder(from, to) ? [{ constituencyCode, from, to }] : [];
  });
}

/** More than this many seats never change between two elections within days. */
export const MOST_CHANGES = 20;
const ALL_SEATS = 650;
const FEWEST_HELD = 3;

/** Whether so many changes want a person: a general election, or a list gone wrong. Of a part of the list, a part as many. */
export function isTooMany(changes: number, heard: number): boolean {
  return changes > Math.max(FEWEST_HELD, Math.min(MOST_CHANGES, Math.floor((MOST_CHANGES * heard) / ALL_SEATS)));
}
