import type { Delivery } from '../domain/delivery.ts';
import type { Letter } from '../domain/letter.ts';
import type { Reply } from '../domain/reply.ts';
import { lastAttempt } from '../domain/retries.ts';
import type { Database } from '../store/database.ts';
import { deliveriesOf } from '../store/deliveries.ts';
import { logOf, type LogEntry } from '../store/letter-log.ts';
import { letterById } from '../store/letters.ts';
import { outcomeOf } from '../store/outbox.ts';
import { repliesOf } from '../store/replies.ts';
import { triesOf } from '../store/tries.ts';
import type { Links } from './links.ts';

export interface LetterStatus {
  readonly letter: Letter;
  /** Whether the mail with the button could not be delivered to its writer. */
  readonly unreached: boolean;
  /** Empty until confirmed; then one for each of `letter.to` but those who had been written to lately. */
  readonly deliveries: readonly Delivery[];
  /** Everything that happened to it and to them, in its order. */
  readonly log: readonly LogEntry[];
  /** Until when what was put off is tried again, by delivery; none where more than a mail server has kept it from going, such as a pause. */
  readonly triedUntil: ReadonlyMap<string, Date>;
  /** What its writer says came back, by delivery. */
  readonly replies: ReadonlyMap<string, Reply>;
}

/** The letter behind a status link; undefined when the link is not ours or what it was about has been forgotten. */
export type StatusOf = (token: string) => Promise<LetterStatus | undefined>;

export function statusReader(db: Database, links: Links): StatusOf {
  return async (token) => {
    const letterId = links.letterIn('status', token);
    const letter = letterId === undefined ? undefined : await letterById(db, letterId);
    if (!letter) return undefined;
    const [confirmation, deliveries, log, replies] = await Promise.all([
      outcomeOf(db, 'confirmation', letter.id),
      deliveriesOf(db, letter.id),
      logOf(db, letter.id),
      repliesOf(db, letter.id),
    ]);
    const triedUntil = await triedUntilOf(db, deliveries);
    const unreached = confirmation !== null && NOT_TAKEN.has(confirmation);
    return { letter, unreached, deliveries, log, triedUntil, replies };
  };
}

async function triedUntilOf(db: Database, deliveries: readonly Delivery[]): Promise<LetterStatus['triedUntil']> {
  const until = new Map<string, Date>();
  for (const { id, letterId, state } of deliveries) {
    const tries = state === 'deferred' ? await triesOf(db, { kind: 'letter', letterId, deliveryId: id }) : undefined;
    const last = tries?.firstTriedAt && lastAttempt(tries.firstTriedAt);
    if (tries && last && tries.dueAt <= last) until.set(id, last);
  }
  return until;
}

const NOT_TAKEN: ReadonlySet<string> = new Set(['refused', 'given up', 'held']);
