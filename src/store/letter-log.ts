import { sql } from 'kysely';
import type { Delivery, DeliveryState } from '../domain/delivery.ts';
import type { LetterState } from '../domain/letter.ts';
import type { MailReason } from '../domain/mail-reason.ts';
import type { Database } from './database.ts';

/** One thing that happened to a letter, or to one delivery of it. */
export interface LogEntry {
  readonly letterId: string;
  /** '' where it is about the letter itself. */
  readonly deliveryId: string;
  readonly at: Date;
  /** What it became, or still was after a try. */
  readonly state: LetterState | DeliveryState;
  /** Why a mail server did not take it; null where none said anything. */
  readonly why: MailReason | null;
}

/** Why a delivery came to be as it is now, by the log of its letter; null where no mail server said anything. */
export function whyIn(log: readonly LogEntry[], { id, state }: Delivery): MailReason | null {
  return log.findLast((entry) => entry.deliveryId === id && entry.state === state)?.why ?? null;
}

/** Adds to the log of a letter; nothing in it is ever changed. Belongs into the transaction of what it tells of. */
export function logEntry(db: Database, entry: LogEntry): Promise<void> {
  return logEntries(db, [entry]);
}

/** Adds a few entries to the logs of their letters, in this order. */
export async function logEntries(db: Database, entries: readonly LogEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(({ letterId, deliveryId, at, state, why }, index) => {
    // The statement does not see what it adds itself.
    const ofThese = entries.slice(0, index + 1).filter((other) => other.letterId === letterId).length;
    return sql`(${letterId}, ${deliveryId}, cast(${at.getTime()} as bigint), ${state}, ${why}, cast(${ofThese} as integer))`;
  });
  // One question for all of them: PostgreSQL would plan one for each, which takes longer than to answer it.
  const last = sql`select max(step) from letter_log where letter_log.letter_id = entries.letter_id`;
  await sql`
    with entries (letter_id, delivery_id, at, state, why, nth) as (values ${sql.join(rows)})
    insert into letter_log (letter_id, delivery_id, at, state, why, step)
    select letter_id, delivery_id, at, state, why, coalesce((${last}), 0) + nth from entries`.execute(db.sql);
}

/** What happened to a letter, in its order. */
export async function logOf(db: Database, letterId: string): Promise<readonly LogEntry[]> {
  const rows = await db.sql
    .selectFrom('letterLog')
    .selectAll()
    .where('letterId', '=', letterId)
    .orderBy('step')
    .orderBy('at')
    .execute();
  return rows.map(({ deliveryId, at, state, why }) => ({ letterId, deliveryId, at: new Date(at), state, why }));
}
