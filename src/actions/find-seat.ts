import type { Area } from '../domain/nation.ts';
import { ok, type Result } from '../domain/result.ts';
import type { Seat } from '../domain/seat.ts';
import type { SeatFailure } from '../lookup/parliament.ts';
import type { Database } from '../store/database.ts';
import { remembering } from './remembering.ts';

export type FindSeat = (constituency: Area) => Promise<Result<Seat, SeatFailure>>;

interface Needs {
  readonly db: Database;
  readonly seatFor: (constituencyName: string) => Promise<Result<Seat, SeatFailure>>;
  /** Made-up seats, by code of constituency, that answer when Parliament cannot be asked; none in a real campaign. */
  readonly examples: Readonly<Record<string, Seat>>;
  readonly complain: (event: string, detail: string) => void;
  readonly clock: () => Date;
}

const HOUR = 60 * 60 * 1000;

/** An MP who resigns should not get letters for much longer than a day. */
const SEAT_IS_FRESH_FOR = 24 * HOUR;

/** Finds who sits for a constituency. */
export function seatFinder({ db, seatFor, examples, complain, clock }: Needs): FindSeat {
  const recallOrAsk = remembering<Seat, SeatFailure>({
    db,
    kind: 'seat.1',
    freshForMs: SEAT_IS_FRESH_FOR,
    ask: seatFor,
    silent: (failure) => failure.kind !== 'unknown-constituency',
    clock,
  });

  return async ({ code, name }) => {
    const found = await recallOrAsk(name);
    if (found.ok) return ok(found.value.answer);
    const example = examples[code];
    if (example) return ok(example);
    complain('MP look-up failed', found.error.kind);
    return found;
  };
}
