import type { AddresseeId } from '../domain/addressee.ts';
import type { Database } from './database.ts';
import type { Blind } from './seal.ts';

/** One person writing to one addressee about one campaign. */
export interface Turn {
  readonly campaignId: string;
  /** Blind index. */
  readonly person: Blind;
  readonly to: AddresseeId;
}

/** Takes the person's turn to write, at once or not at all. False: they wrote to this addressee less than `windowMs` ago. */
export async function claimTurn(db: Database, turn: Turn, now: Date, windowMs: number): Promise<boolean> {
  const { campaignId, person, to } = turn;
  const at = now.getTime();
  const [today, ...before] = person;
  if (before.length > 0 && (await isTakenSince(db, turn, at - windowMs))) return false;
  const { numInsertedOrUpdatedRows } = await db.sql
    .insertInto('written')
    .values({ campaignId, person: today, addresseeId: to, at })
    .onConflict((clash) =>
      clash
        .columns(['campaignId', 'person', 'addresseeId'])
        .doUpdateSet({ at })
        .where('written.at', '<=', at - windowMs),
    )
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** Whether the turn was taken after then, under whichever key. */
async function isTakenSince(db: Database, turn: Turn, then: number): Promise<boolean> {
  const last = await lastWritten(db, turn);
  return last !== undefined && last.getTime() > then;
}

/** When this person last wrote to this addressee, as far back as we remember. */
export async function lastWritten(db: Database, { campaignId, person, to }: Turn): Promise<Date | undefined> {
  const row = await db.sql
    .selectFrom('written')
    .select('at')
    .where('campaignId', '=', campaignId)
    .where('person', 'in', person)
    .where('addresseeId', '=', to)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && new Date(row.at);
}

/** Gives the person's turn back: what they wrote did not arrive. */
export async function giveTurnBack(db: Database, { campaignId, person, to }: Turn): Promise<void> {
  await db.sql
    .deleteFrom('written')
    .where('campaignId', '=', campaignId)
    .where('person', 'in', person)
    .where('addresseeId', '=', to)
    .execute();
}

/** Keeps under today's key the turns that a person took under those before it. Belongs into a transaction. */
export async function renewTurns(db: Database, [today, ...before]: Blind): Promise<void> {
  if (before.length === 0) return;
  const older = await db.sql.deleteFrom('written').where('person', 'in', before).returningAll().execute();
  for (const { at, ...turn } of older)
    await db.sql
      .insertInto('written')
      .values({ ...turn, person: today, at })
      .onConflict((clash) =>
        clash.columns(['campaignId', 'person', 'addresseeId']).doUpdateSet({ at }).where('written.at', '<', at),
      )
      .execute();
}

/** How many turns are remembered that were taken before then. */
export async function turnsBefore(db: Database, then: Date): Promise<number> {
  const { total } = await db.sql
    .selectFrom('written')
    .select((count) => count.fn.countAll<number>().as('total'))
    .where('at', '<', then.getTime())
    .executeTakeFirstOrThrow();
  return Number(total);
}

/** Forgets that a person has written to anybody, in any campaign. Gives how many turns. */
export async function forgetTurnsOf(db: Database, person: Blind): Promise<number> {
  const { numDeletedRows } = await db.sql.deleteFrom('written').where('person', 'in', person).executeTakeFirst();
  return Number(numDeletedRows);
}

/** Forgets turns taken before then. Gives how many. */
export async function forgetTurns(db: Database, before: Date): Promise<number> {
  const { numDeletedRows } = await db.sql.deleteFrom('written').where('at', '<', before.getTime()).executeTakeFirst();
  return Number(numDeletedRows);
}
