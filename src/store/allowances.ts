import { sql } from 'kysely';
import type { Database } from './database.ts';
import { freeFrom } from './paces.ts';
import type { Blind } from './seal.ts';

/** How often something may be done within some time. */
export interface Allowance {
  readonly most: number;
  readonly withinMs: number;
}

/**
 * Does it once more under a key, at once or not at all. It may be done as often as is allowed in one go, and then again each time that its share of
 * the time is over. Nothing is kept of it but when all of it may be done again. False: not now.
 */
export async function takeAllowance(
  db: Database,
  [today]: Blind,
  { most, withinMs }: Allowance,
  now: Date,
): Promise<boolean> {
  const at = now.getTime();
  const share = Math.ceil(withinMs / most);
  const { numInsertedOrUpdatedRows } = await db.sql
    .insertInto('paces')
    .values({ key: today, freeAt: at + share })
    .onConflict((clash) =>
      clash
        .column('key')
        .doUpdateSet({
          freeAt: sql<number>`${freeFrom(at)} + ${share}`,
        })
        .where('paces.freeAt', '<=', at + withinMs - share),
    )
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** Forgets when it may be done again. */
export async function forgetAllowance(db: Database, key: Blind): Promise<void> {
  await db.sql.deleteFrom('paces').where('key', 'in', key).execute();
}
