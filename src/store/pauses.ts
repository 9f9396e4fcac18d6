import type { PauseScope } from '../domain/pause.ts';
import type { Database } from './database.ts';
import { recall, remember } from './remembered.ts';

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

/** The same, to ask whether something is among it. */
export async function pausedNow(db: Database): Promise<ReadonlySet<PauseScope>> {
  return new Set((await pausesOn(db)).map(({ scope }) => scope));
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
export async function resume(db: Database, scope: PauseScope, now: Date): Promise<boolean> {
  const { numDeletedRows } = await db.sql.deleteFrom('pauses').where('scope', '=', scope).executeTakeFirst();
  if (numDeletedRows === 1n) await remember(db, RESUMED, null, now);
  return numDeletedRows === 1n;
}

/** When somebody last let go on what was paused; undefined when that is long ago. */
export async function resumedAt(db: Database): Promise<Date | undefined> {
  return (await recall(db, RESUMED))?.at;
}

const RESUMED = 'sending resumed';
