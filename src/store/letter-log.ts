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
    const last = sql`select coalesce(max(step), 0) from letter_log where letter_id = ${letterId}`;
    // The statement does not see what it adds itself.
    const ofThese = entries.slice(0, index + 1).filter((other) => other.letterId === letterId).length;
    return { letterId, deliveryId, at: at.getTime(), state, why, step: sql<number>`(${last}) + ${ofThese}` };
  });
  await db.sql.insertInto('letterLog').values(rows).execute();
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
