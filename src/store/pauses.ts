import type { PauseScope } from '../domain/pause.ts';
import type { Database } from './database.ts';

/** A pause in sending, and since when. */
export interface Pause {
  readonly scope: PauseScope;
  readonly since: Date;
}

/** What sending is paused for, by scope. */
export async function pausesOn(db: Database): Promise<readonly Pause[]> {
  const rows = await db.sql.selectFrom('pauses').selectAll().orderBy('scope').execute();
  return rows.map(({ scope, since }) => ({ scope, since: new Date(since) }));
}

/** One that is on already keeps its time. */
export async function pause(db: Database, scope: PauseScope, now: Date): Promise<void> {
  await db.sql
    .insertInto('pauses')
    .values({ scope, since: now.getTime() })
    .onConflict((clash) => clash.column('scope').doNothing())
    .execute();
}

/** False: it was not paused. */
export async function resume(db: Database, scope: PauseScope): Promise<boolean> {
  const { numDeletedRows } = await db.sql.deleteFrom('pauses').where('scope', '=', scope).executeTakeFirst();
  return numDeletedRows === 1n;
}
