import { mpId } from '../domain/addressee.ts';
import type { KnownSeat } from '../domain/gone.ts';
import type { Area } from '../domain/nation.ts';
import { ok, type Result } from '../domain/result.ts';
import type { HoldingMember, PublishedSeat, Seat } from '../domain/seat.ts';
import type { AskFailure, SeatFailure } from '../lookup/parliament.ts';
import { seatOf } from '../store/seats.ts';
import type { Database } from '../store/database.ts';
import { usableMpEmail } from './mp-contact.ts';
import { remembering, type Remembered } from './remembering.ts';

export type FindSeat = (constituency: Area) => Promise<Result<Seat, SeatFailure>>;

interface Needs {
  readonly db: Database;
  readonly seatFor: (constituencyName: string) => Promise<Result<PublishedSeat, SeatFailure>>;
  readonly emailsOf: (memberId: number) => Promise<Result<readonly string[], AskFailure>>;
  /** Made-up seats, by code of constituency, that answer when Parliament cannot be asked; none in a real campaign. */
  readonly examples: Readonly<Record<string, Seat>>;
  readonly complain: (event: string, detail: string) => void;
  readonly clock: () => Date;
}

/** Who sits, and when we were told where they can be written to. */
type Told = Pick<Remembered<PublishedSeat>, 'answer' | 'at'>;

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** An MP who resigns should not get letters for much longer than a day. */
const SEAT_IS_FRESH_FOR = DAY;

/** A round over all seats may fail for a night; after two days the seat itself is asked for. */
const ROUND_SERVES_FOR = 2 * DAY;

/** A member keeps an address for years. */
const EMAILS_ARE_FRESH_FOR = 7 * DAY;

/** Finds who sits for a constituency, without an address to which mail comes back: as the nightly round heard it, or, where that is old or never was, by asking for this one. */
export function seatFinder({ db, seatFor, emailsOf, examples, complain, clock }: Needs): FindSeat {
  const bySeat = remembering<PublishedSeat, SeatFailure>({
    db,
    kind: 'seat.2',
    freshForMs: SEAT_IS_FRESH_FOR,
    ask: seatFor,
    silent: (failure) => failure.kind !== 'unknown-constituency',
    complain,
    clock,
  });
  const emailsByMember = remembering<readonly string[], AskFailure>({
    db,
    kind: 'mp-emails.1',
    freshForMs: EMAILS_ARE_FRESH_FOR,
    ask: (memberId) => emailsOf(Number(memberId)),
    silent: () => true,
    complain,
    clock,
  });

  const withEmails = async ({ id, displayName, addressAs }: HoldingMember): Promise<Result<Told, SeatFailure>> => {
    const emails = await emailsByMember(String(id));
    if (!emails.ok) return emails;
    const { answer, at } = emails.value;
    return ok({ answer: { vacant: false, member: { displayName, addressAs, emails: answer } }, at });
  };

  const asHeard = async (seat: KnownSeat): Promise<Result<Told, SeatFailure>> =>
    seat.holder.vacant ? ok({ answer: { vacant: true }, at: seat.fetchedAt }) : withEmails(seat.holder.member);

  const reachable = async (code: string, { answer, at }: Told): Promise<Seat> => {
    if (answer.vacant) return answer;
    const { emails, ...member } = answer.member;
    const email = await usableMpEmail(db, mpId(code), { emails, at });
    return { vacant: false, member: { ...member, email } };
  };

  return async ({ code, name }) => {
    const heard = await seatOf(db, code);
    const isFresh = heard && clock().getTime() - heard.fetchedAt.getTime() < ROUND_SERVES_FOR;
    const found = await (isFresh ? asHeard(heard) : bySeat(name));
    if (found.ok) return ok(await reachable(code, found.value));
    const example = examples[code];
    if (example) return ok(example);
    complain('MP look-up failed', found.error.kind);
    return found;
  };
}
