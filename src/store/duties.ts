import type { Alarm } from '../domain/queue.ts';
import type { Database } from './database.ts';

/** What only one of all processes has to do. */
export type Duty = 'chores' | 'round over all seats' | `alarm: ${Alarm['kind']}`;

/**
 * Takes a duty on, at once or not at all. False: one was taken on less than `everyMs` ago, by whatever process. One that was taken on further
 * ahead than that was taken on by a clock that was wrong, and holds nobody back.
 */
export async function claimDuty(db: Database, duty: Duty, now: Date, everyMs: number): Promise<boolean> {
  const at = now.getTime();
  const { numInsertedOrUpdatedRows } = await db.sql
    .insertInto('remembered')
    .values({ key: keyOf(duty), answer: 'null', at })
    .onConflict((clash) =>
      clash
        .column('key')
        .doUpdateSet({ at })
        .where((is) => is.or([is('remembered.at', '<=', at - everyMs), is('remembered.at', '>', at + everyMs)])),
    )
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** Gives a duty back that was not done. */
export async function giveDutyBack(db: Database, duty: Duty): Promise<void> {
  await db.sql.deleteFrom('remembered').where('key', '=', keyOf(duty)).execute();
}

function keyOf(duty: Duty): string {
  return `duty: ${duty}`;
}
