import type { Database } from './database.ts';

/** Notes that a server has been started with today's key; the first time stands. */
export async function noteKey(db: Database, now: Date): Promise<void> {
  const [id] = db.sealer.keyIds;
  await db.sql
    .insertInto('secretKeys')
    .values({ id, firstUsedAt: now.getTime() })
    .onConflict((clash) => clash.column('id').doNothing())
    .execute();
}

/** When each key was first a server's key of the day, by its id. */
export async function firstUses(db: Database): Promise<ReadonlyMap<string, Date>> {
  const rows = await db.sql.selectFrom('secretKeys').selectAll().execute();
  return new Map(rows.map(({ id, firstUsedAt }) => [id, new Date(firstUsedAt)]));
}
