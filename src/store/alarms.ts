import type { Alarm } from '../domain/queue.ts';
import type { Database } from './database.ts';

/** Takes the turn to raise an alarm of this kind, at once or not at all. False: one was raised less than `everyMs` ago, by whatever process. */
export async function claimAlarm(db: Database, kind: Alarm['kind'], now: Date, everyMs: number): Promise<boolean> {
  const at = now.getTime();
  const { numInsertedOrUpdatedRows } = await db.sql
    .insertInto('remembered')
    .values({ key: keyOf(kind), answer: 'null', at })
    .onConflict((clash) =>
      clash
        .column('key')
        .doUpdateSet({ at })
        .where('remembered.at', '<=', at - everyMs),
    )
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** Gives the turn back: the alarm reached nobody. */
export async function giveAlarmBack(db: Database, kind: Alarm['kind']): Promise<void> {
  await db.sql.deleteFrom('remembered').where('key', '=', keyOf(kind)).execute();
}

function keyOf(kind: Alarm['kind']): string {
  return `alarm:${kind}`;
}
