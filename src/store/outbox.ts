import type { Mail } from '../domain/delivery.ts';
import { withoutDiskWait, type Database } from './database.ts';
import type { OutboxRow, Outcome } from './schema.ts';

export interface OutboxItem {
  readonly id: string;
  readonly mail: Mail;
  /** How often it has been claimed, this time included. */
  readonly attempts: number;
  readonly firstTriedAt: Date;
  /** Whose turn it has waited for already; null: nobody's. */
  readonly paced: OutboxRow['paced'];
}

/** Must outlast the mail transport's own limits, or a slow server gets a letter twice. */
const LEASE_MS = 5 * 60 * 1000;

/** Queues one mail. Asking twice queues it once. */
export async function enqueue(db: Database, mail: Mail, dueAt: Date): Promise<void> {
  const { kind, letterId } = mail;
  await db.sql
    .insertInto('outbox')
    .values({ id: outboxId(mail), kind, letterId, deliveryId: deliveryIn(mail), dueAt: dueAt.getTime(), attempts: 0 })
    .onConflict((clash) => clash.doNothing())
    .execute();
}

/** The same for the same mail. */
export function outboxId(mail: Mail): string {
  return `${mail.kind}:${mail.letterId}:${deliveryIn(mail)}`;
}

function deliveryIn(mail: Mail): string {
  return 'deliveryId' in mail ? mail.deliveryId : '';
}

/** Takes those mails that have been due longest, for five minutes. A worker that dies gives them back by doing nothing. */
export async function claimDue(
  db: Database,
  now: Date,
  most: number,
  leaseMs = LEASE_MS,
): Promise<readonly OutboxItem[]> {
  const at = now.getTime();
  const due = db.sql
    .selectFrom('outbox')
    .select('id')
    .where('settledAt', 'is', null)
    .where('dueAt', '<=', at)
    .where((is) => is.or([is('claimedUntil', 'is', null), is('claimedUntil', '<=', at)]))
    .orderBy('dueAt')
    .orderBy('id')
    .limit(most)
    // On PostgreSQL two workers never wait for one mail; SQLite has one writer and needs nothing.
    .$if(db.engine === 'postgres', (query) => query.forUpdate().skipLocked());

  const claim = ({ sql }: Database) =>
    sql
      // Materialized, or PostgreSQL may run the choice more than once and lock more than it takes.
      .with(
        (cte) => cte('due').materialized(),
        () => due,
      )
      .updateTable('outbox')
      .set((row) => ({
        attempts: row('attempts', '+', 1),
        triedAt: row.fn.coalesce('triedAt', row.val(at)),
        claimedUntil: at + leaseMs,
      }))
      .where('id', 'in', (query) => query.selectFrom('due').select('due.id'))
      .returningAll()
      .execute();
  return (await withoutDiskWait(db, claim))
    .toSorted((one, other) => one.dueAt - other.dueAt || (one.id < other.id ? -1 : 1))
    .map((row) => itemOf(row, now));
}

function itemOf(row: OutboxRow, now: Date): OutboxItem {
  const { id, attempts, triedAt, paced } = row;
  return { id, mail: mailOf(row), attempts, firstTriedAt: triedAt === null ? now : new Date(triedAt), paced };
}

function mailOf({ kind, letterId, deliveryId }: OutboxRow): Mail {
  return kind === 'letter' || kind === 'not delivered' ? { kind, letterId, deliveryId } : { kind, letterId };
}

/** Those of these claimed mails that nobody has taken up since. */
export async function stillClaimed(db: Database, items: readonly OutboxItem[]): Promise<ReadonlySet<OutboxItem>> {
  const ids = items.map(({ id }) => id);
  const rows = await db.sql.selectFrom('outbox').select(['id', 'attempts']).where('id', 'in', ids).execute();
  const attemptsAt = new Map(rows.map(({ id, attempts }) => [id, attempts]));
  return new Set(items.filter(({ id, attempts }) => attemptsAt.get(id) === attempts));
}

/** Gives a claimed mail back, to be tried again at that time. */
export async function postpone(db: Database, id: string, until: Date): Promise<void> {
  await changeUnsettled(db, [id], { dueAt: until.getTime(), claimedUntil: null, paced: null });
}

/** Gives a claimed mail back that was not tried, because its turn comes later; noting whose turn it is that it waits for. */
export async function waitForTurn(
  db: Database,
  { id, attempts, firstTriedAt, paced }: OutboxItem,
  until: Date,
  turnOf: OutboxRow['paced'] = paced,
): Promise<void> {
  await changeUnsettled(db, [id], {
    dueAt: until.getTime(),
    claimedUntil: null,
    attempts: attempts - 1,
    triedAt: attempts === 1 ? null : firstTriedAt.getTime(),
    paced: turnOf,
  });
}

/** Done with a mail, one way or the other; the first word stands. */
export function settle(db: Database, id: string, outcome: Outcome, now: Date): Promise<void> {
  return settleAll(db, [id], outcome, now);
}

/** Done with a few mails that went the same way. */
export async function settleAll(db: Database, ids: readonly string[], outcome: Outcome, now: Date): Promise<void> {
  await changeUnsettled(db, ids, { settledAt: now.getTime(), claimedUntil: null, outcome });
}

async function changeUnsettled(db: Database, ids: readonly string[], change: Partial<OutboxRow>): Promise<void> {
  await db.sql.updateTable('outbox').set(change).where('id', 'in', ids).where('settledAt', 'is', null).execute();
}

/** Has a mail that was settled sent after all, as if it had never been tried. */
export async function queueAgain(db: Database, mail: Mail, now: Date): Promise<void> {
  await enqueue(db, mail, now);
  await unsettle(db, mail, { dueAt: now.getTime(), attempts: 0, triedAt: null });
}

/** Has a mail that a server took, and sent back, tried again at that time: the attempts go on counting from the first. */
export function sendAgain(db: Database, mail: Mail, dueAt: Date): Promise<void> {
  return unsettle(db, mail, { dueAt: dueAt.getTime() });
}

async function unsettle(db: Database, mail: Mail, change: Partial<OutboxRow>): Promise<void> {
  await db.sql
    .updateTable('outbox')
    .set({ ...change, paced: null, settledAt: null, outcome: null })
    .where('id', '=', outboxId(mail))
    .where('settledAt', 'is not', null)
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

/** How a mail about a whole letter left the outbox; null when it has not, or was never there. */
export async function outcomeOf(db: Database, kind: Mail['kind'], letterId: string): Promise<Outcome | null> {
  const row = await db.sql
    .selectFrom('outbox')
    .select('outcome')
    .where('kind', '=', kind)
    .where('letterId', '=', letterId)
    .executeTakeFirst();
  return row?.outcome ?? null;
}
