import type { Delivery } from '../domain/delivery.ts';
import type { Letter } from '../domain/letter.ts';
import type { Reply } from '../domain/reply.ts';
import type { Database } from '../store/database.ts';
import { deliveriesOf } from '../store/deliveries.ts';
import { logOf, type LogEntry } from '../store/letter-log.ts';
import { letterById } from '../store/letters.ts';
import { outcomeOf } from '../store/outbox.ts';
import { repliesOf } from '../store/replies.ts';
import type { Links } from './links.ts';

export interface LetterStatus {
  readonly letter: Letter;
  /** Whether the mail with the button could not be delivered to its writer. */
  readonly unreached: boolean;
  /** Empty until confirmed; then one for each of `letter.to` but those who had been written to lately. */
  readonly deliveries: readonly Delivery[];
  /** Everything that happened to it and to them, in its order. */
  readonly log: readonly LogEntry[];
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
    return { letter, unreached: confirmation !== null && NOT_TAKEN.has(confirmation), deliveries, log, replies };
  };
}

const NOT_TAKEN: ReadonlySet<string> = new Set(['refused', 'given up', 'held']);
