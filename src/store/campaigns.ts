import type { Database } from './database.ts';

/** Notes a campaign that letters can belong to. Asking twice notes it once. */
export async function ensureCampaign(db: Database, id: string, now: Date): Promise<void> {
  await db.sql
    .insertInto('campaigns')
    .values({ id, createdAt: now.getTime() })
    .onConflict((clash) => clash.column('id').doNothing())
    .execute();
}
