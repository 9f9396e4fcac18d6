import type { Mail } from '../domain/delivery.ts';
import type { Database } from './database.ts';
import type { OutboxRow, Outcome } from './schema.ts';

export interface OutboxItem {
  readonly id: string;
  readonly mail: Mail;
  /** How often it has been claimed, this time included. */
  readonly attempts: number;
}

/** Must outlast the mail transport's own limits, or a slow server gets a letter twice. */
const LEASE_MS = 5 * 60 * 1000;

/** Queues one mail. Asking twice queues it once. */
export async function enqueue(db: Database, mail: Mail, dueAt: Date): Promise<void> {
  const { kind, letterId } = mail;
  const deliveryId = 'deliveryId' in mail ? mail.deliveryId : '';
  await db.sql
    .insertInto('outbox')
    .values({
      id: `${kind}:${letterId}:${deliveryId}`,
      kind,
      letterId,
      deliveryId,
      dueAt: dueAt.getTime(),
      attempts: 0,
    })
    .onConflict((clash) => clash.doNothing())
    .execute();
}

/** Takes the mail that has been due longest, for five minutes. A worker that dies gives it back by doing nothing. */
export async function claimNext(db: Database, now: Date, leaseMs = LEASE_MS): Promise<OutboxItem | undefined> {
  const at = now.getTime();
  const due = db.sql
    .selectFrom('outbox')
    .select('id')
    .where('settledAt', 'is', null)
    .where('dueAt', '<=', at)
    .where((is) => is.or([is('claimedUntil', 'is', null), is('claimedUntil', '<=', at)]))
    .orderBy('dueAt')
    .orderBy('id')
    .limit(1)
    // On PostgreSQL two workers never wait for one mail; SQLite has one writer and needs nothing.
    .$if(db.engine === 'postgres', (query) => query.forUpdate().skipLocked());

  const row = await db.sql
    .updateTable('outbox')
    .set((row) => ({ attempts: row('attempts', '+', 1), claimedUntil: at + leaseMs }))
    .where('id', '=', due)
    .returningAll()
    .executeTakeFirst();
  return row && { id: row.id, mail: mailOf(row), attempts: row.attempts };
}

function mailOf({ kind, letterId, deliveryId }: OutboxRow): Mail {
  return kind === 'confirmation' ? { kind, letterId } : { kind, letterId, deliveryId };
}

/** Gives a claimed mail back, to be tried again at that time. */
export async function postpone(db: Database, id: string, until: Date): Promise<void> {
  await db.sql
    .updateTable('outbox')
    .set({ dueAt: until.getTime(), claimedUntil: null })
    .where('id', '=', id)
    .where('settledAt', 'is', null)
    .execute();
}

/** Done with a mail, one way or the other; the first word stands. */
export async function settle(db: Database, id: string, outcome: Outcome, now: Date): Promise<void> {
  await db.sql
    .updateTable('outbox')
    .set({ settledAt: now.getTime(), claimedUntil: null, outcome })
    .where('id', '=', id)
    .where('settledAt', 'is', null)
    .execute();
}

/** When the next mail is due, the past included; undefined when none waits. */
export async function nextDueAt(db: Database): Promise<Date | undefined> {
  const row = await db.sql
    .selectFrom('outbox')
    .select('dueAt')
    .where('settledAt', 'is', null)
    .orderBy('dueAt')
    .limit(1)
    .executeTakeFirst();
  return row && new Date(row.dueAt);
}
