import { sql } from 'kysely';
import type { Database } from './database.ts';

/**
 * Takes the next turn under a key, `gapMs` before whoever comes after; one by one also among several processes.
 * Gives when it is: now, or later.
 */
export async function takeTurn(db: Database, key: string, gapMs: number, now: Date): Promise<Date> {
  const at = now.getTime();
  const { freeAt } = await db.sql
    .insertInto('paces')
    .values({ key, freeAt: at + gapMs })
    .onConflict((clash) =>
      clash.column('key').doUpdateSet({
        freeAt: sql<number>`case when paces.free_at > ${at} then paces.free_at else ${at} end + ${gapMs}`,
      }),
    )
    .returning('freeAt')
    .executeTakeFirstOrThrow();
  return new Date(Number(freeAt) - gapMs);
}

/** Forgets keys whose turn is long free. */
export async function forgetPaces(db: Database, before: Date): Promise<void> {
  await db.sql.deleteFrom('paces').where('freeAt', '<', before.getTime()).execute();
}
