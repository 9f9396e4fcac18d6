import type { Mail } from '../domain/delivery.ts';
import type { Database } from './database.ts';
import { outboxId } from './outbox.ts';
import { timeIn } from './times.ts';

/** How often a mail has been tried, whether it has left the outbox or not. */
export interface Tries {
  /** As `OutboxItem` counts them. */
  readonly attempts: number;
  /** Null: not yet. */
  readonly firstTriedAt: Date | null;
  /** When it is, or was, due. */
  readonly dueAt: Date;
  /** Whether a process has it in hand, or had until it died. */
  readonly claimed: boolean;
}

/** Undefined: it was never in the outbox. */
export async function triesOf(db: Database, mail: Mail): Promise<Tries | undefined> {
  const row = await db.sql
    .selectFrom('outbox')
    .select(['attempts', 'triedAt', 'dueAt', 'claimedUntil'])
    .where('id', '=', outboxId(mail))
    .executeTakeFirst();
  if (!row) return undefined;
  const { attempts, triedAt, dueAt, claimedUntil } = row;
  return { attempts, firstTriedAt: timeIn(triedAt), dueAt: new Date(dueAt), claimed: claimedUntil !== null };
}
