import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { Blind } from './seal.ts';

/**
 * Takes the next turn under a key, `gapMs` before whoever comes after; one by one also among several processes.
 * Gives when it is: now, or later.
 */
export async function takeTurn(db: Database, key: Blind, gapMs: number, now: Date): Promise<Date> {
  const [today, ...before] = key;
  const at = Math.max(now.getTime(), before.length > 0 ? await freeUnder(db, before) : 0);
  const { freeAt } = await db.sql
    .insertInto('paces')
    .values({ key: today, freeAt: at + gapMs })
    .onConflict((clash) =>
      clash.column('key').doUpdateSet({
        freeAt: sql<number>`case when paces.free_at > ${at} then paces.free_at else ${at} end + ${gapMs}`,
      }),
    )
    .returning('freeAt')
    .executeTakeFirstOrThrow();
  return new Date(Number(freeAt) - gapMs);
}

/** When the turns are over that were taken under older keys. */
async function freeUnder(db: Database, keys: readonly string[]): Promise<number> {
  const rows = await db.sql.selectFrom('paces').select('freeAt').where('key', 'in', keys).execute();
  return Math.max(0, ...rows.map(({ freeAt }) => freeAt));
}

/** Forgets keys whose turn is long free. */
export async function forgetPaces(db: Database, before: Date): Promise<void> {
  await db.sql.deleteFrom('paces').where('freeAt', '<', before.getTime()).execute();
}
