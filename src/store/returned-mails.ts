import type { Forwarded } from '../domain/forwarding.ts';
import type { MailReason } from '../domain/mail-reason.ts';
import type { ReturnKind } from '../domain/returned-mail.ts';
import type { Database } from './database.ts';

/** What is kept of a mail that came back: nothing that anybody wrote. */
export interface KeptReturn {
  readonly kind: ReturnKind;
  readonly reason: MailReason | null;
  /** The same word for the same mail. */
  readonly once: string;
  readonly at: Date;
}

/** Keeps that it came. False: this very mail was kept before. */
export async function keepReturn(db: Database, deliveryId: string, { at, ...kept }: KeptReturn): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db.sql
    .insertInto('returnedMails')
    .values({ ...kept, deliveryId, at: at.getTime() })
    .onConflict((clash) => clash.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** All that came back for a delivery, the oldest first. */
export async function returnsOf(db: Database, deliveryId: string): Promise<readonly KeptReturn[]> {
  const rows = await db.sql
    .selectFrom('returnedMails')
    .selectAll()
    .where('deliveryId', '=', deliveryId)
    .orderBy('at')
    .orderBy('once')
    .execute();
  return rows.map(({ kind, reason, once, at }) => ({ kind, reason, once, at: new Date(at) }));
}

/** The replies to a delivery that were sent on, the oldest first. */
export async function forwardsOf(db: Database, deliveryId: string): Promise<readonly Forwarded[]> {
  return (await returnsOf(db, deliveryId)).filter(({ kind }) => kind === 'reply');
}
