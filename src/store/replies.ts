import type { Reply } from '../domain/reply.ts';
import type { Database } from './database.ts';

/** Keeps what came back to one delivery, as its writer says. */
export async function noteReply(db: Database, deliveryId: string, reply: Reply, now: Date): Promise<void> {
  await db.sql
    .updateTable('deliveries')
    .set({ reply, repliedAt: now.getTime() })
    .where('id', '=', deliveryId)
    .where('state', 'in', ['handed over', 'delivered'])
    .execute();
}

/** What was said so far of a letter's deliveries, by their ids. */
export async function repliesOf(db: Database, letterId: string): Promise<ReadonlyMap<string, Reply>> {
  const rows = await db.sql.selectFrom('deliveries').select(['id', 'reply']).where('letterId', '=', letterId).execute();
  return new Map(rows.flatMap(({ id, reply }) => (reply === null ? [] : [[id, reply]])));
}

/** Whether a delivery of the letter has arrived of which nobody has said yet what came back. */
export async function isAnswerWanted(db: Database, letterId: string): Promise<boolean> {
  const open = await db.sql
    .selectFrom('deliveries')
    .select('id')
    .where('letterId', '=', letterId)
    .where('state', '=', 'delivered')
    .where('reply', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return open !== undefined;
}

/** How many deliveries to each area were answered, and how. */
export async function countReplies(
  db: Database,
): Promise<readonly { readonly areaCode: string; readonly reply: Reply; readonly total: number }[]> {
  const rows = await db.sql
    .selectFrom('deliveries')
    .select(['areaCode', 'reply'])
    .select((count) => count.fn.countAll<number>().as('total'))
    .where('reply', 'is not', null)
    .groupBy(['areaCode', 'reply'])
    .execute();
  return rows.flatMap(({ areaCode, reply, total }) => (reply ? [{ areaCode, reply, total: Number(total) }] : []));
}
