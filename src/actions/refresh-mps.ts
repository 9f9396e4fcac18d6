import { mpId } from '../domain/addressee.ts';
import type { Constituency } from '../domain/constituency.ts';
import { changesIn, isTooMany, matchSeats, type RoundProblem, type SeatChange } from '../domain/mp-round.ts';
import { WHOLE_COUNTRY, type Notice } from '../domain/notice.ts';
import type { Result } from '../domain/result.ts';
import type { Holder, ListedSeat } from '../domain/seat.ts';
import type { AskFailure, SeatsPage } from '../lookup/parliament.ts';
import { inTransaction, type Database } from '../store/database.ts';
import { raiseNotice, settleNotices } from '../store/notices.ts';
import { recall, remember } from '../store/remembered.ts';
import { allSeats, saveSeats } from '../store/seats.ts';

/** What became of one round over all seats. */
export interface Round {
  /** How many of our constituencies it heard of. */
  readonly heard: number;
  /** How many seats changed hands; those of a held round are not believed. */
  readonly changed: number;
  readonly held: boolean;
  readonly problems: readonly RoundProblem[];
  /** Why it did not hear everything; null when it did. */
  readonly broken: string | null;
}

/** `accept`: believe it however many seats changed. Undefined: stopped before the end, and nothing was kept. */
export type RefreshMps = (options: { accept: boolean; stop: AbortSignal }) => Promise<Round | undefined>;

interface Needs {
  readonly db: Database;
  readonly seatsAfter: (skip: number) => Promise<PageAnswer>;
  readonly constituencies: readonly Constituency[];
  /** Waits before the next request, and ends early when stopped. */
  readonly pause: (stop: AbortSignal) => Promise<void>;
  readonly clock: () => Date;
}

/** Asks Parliament for every seat, page by page, and keeps who sits. What it did not hear stays as it was. */
export function mpRefresher({ db, seatsAfter, constituencies, pause, clock }: Needs): RefreshMps {
  return async ({ accept, stop }) => {
    const { listed, broken } = await listAll(seatsAfter, pause, stop);
    if (stop.aborted) return undefined;

    const { heard, problems } = matchSeats(listed, constituencies, broken === null);
    const changes = changesIn(heard, await allSeats(db));
    const held = !accept && isTooMany(changes.length, heard.size);
    const round = { heard: heard.size, changed: changes.length, held, problems, broken };
    await inTransaction(db, async (tx) => {
      await keep(tx, heard, changes, held, clock());
      if (held || broken === null) await tellWhetherHeld(tx, held, changes.length, clock());
      await remember(tx, LAST_ROUND, round, clock());
      if (broken === null) await remember(tx, LAST_WHOLE_ROUND, null, clock());
    });
    return round;
  };
}

type PageAnswer = Result<SeatsPage, AskFailure>;

/** Twice of what there is, with the seats of earlier maps. */
const MOST_PAGES = 100;

async function listAll(seatsAfter: Needs['seatsAfter'], pause: Needs['pause'], stop: AbortSignal) {
  const listed: ListedSeat[] = [];
  let skip: number | null = 0;
  for (let page = 0; page < MOST_PAGES; page++) {
    if (page > 0) await pause(stop);
    if (stop.aborted) return { listed, broken: 'stopped' };
    const answer: PageAnswer | undefined = await unlessStopped(seatsAfter(skip), stop);
    if (!answer) return { listed, broken: 'stopped' };
    if (!answer.ok) return { listed, broken: answer.error.kind };
    listed.push(...answer.value.seats);
    skip = answer.value.next;
    if (skip === null) return { listed, broken: null };
  }
  return { listed, broken: 'pages without end' };
}

/** Undefined as soon as it is stopped, whatever the answer will be. */
function unlessStopped<T>(asked: Promise<T>, stop: AbortSignal): Promise<T | undefined> {
  const answered = new AbortController();
  const stopped = new Promise<undefined>((resolve) => {
    stop.addEventListener('abort', () => resolve(undefined), { once: true, signal: answered.signal });
  });
  return Promise.race([asked, stopped]).finally(() => answered.abort());
}

/** Of a held round only what it confirms: seats that it says have changed stay, and grow old. */
async function keep(
  tx: Database,
  heard: ReadonlyMap<string, Holder>,
  changes: readonly SeatChange[],
  held: boolean,
  now: Date,
): Promise<void> {
  const doubted = new Set(held ? changes.map(({ constituencyCode }) => constituencyCode) : []);
  const believed = [...heard].filter(([code]) => !doubted.has(code));
  const seats = believed.map(([constituencyCode, holder]) => ({ constituencyCode, holder }));
  await saveSeats(tx, seats, now);
  if (!held) for (const change of changes) await raiseNotice(tx, changeNotice(change), now);
}

/** Told on the first night it is held, and taken back once it is not. */
async function tellWhetherHeld(tx: Database, held: boolean, changed: number, now: Date): Promise<void> {
  const about = { kind: 'mps held', areaCode: WHOLE_COUNTRY, addresseeId: null } as const;
  if (!held) return settleNotices(tx, about, now);
  const wasHeld = (await lastRound(tx))?.round.held ?? false;
  if (!wasHeld) await raiseNotice(tx, { ...about, detail: { changed: String(changed) } }, now);
}

function changeNotice({ constituencyCode, from, to }: SeatChange): Notice {
  return {
    kind: 'mp changed',
    areaCode: constituencyCode,
    addresseeId: mpId(constituencyCode),
    detail: { from: nameOf(from), to: nameOf(to) },
  };
}

/** Empty for a seat that nobody holds. */
function nameOf(holder: Holder): string {
  return holder.vacant ? '' : holder.member.displayName;
}

const LAST_ROUND = 'mp-round.1:last';
const LAST_WHOLE_ROUND = 'mp-round.1:whole';

/** The last round, whole or broken, and when it ended. */
export async function lastRound(db: Database): Promise<{ readonly round: Round; readonly at: Date } | undefined> {
  const last = await recall(db, LAST_ROUND);
  return last && { round: last.answer as Round, at: last.at };
}

/** When a round last heard everything. */
export async function lastWholeRound(db: Database): Promise<Date | undefined> {
  return (await recall(db, LAST_WHOLE_ROUND))?.at;
}
