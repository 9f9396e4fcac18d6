import type { AddresseeId } from '../domain/addressee.ts';
import type { Database } from './database.ts';

/** One person (a blind index) writing to one addressee about one campaign. */
export interface Turn {
  readonly campaignId: string;
  readonly person: string;
  readonly to: AddresseeId;
}

/** Takes the person's turn to write, at once or not at all. False: they wrote to this addressee less than `windowMs` ago. */
export async function claimTurn(db: Database, turn: Turn, now: Date, windowMs: number): Promise<boolean> {
  const { campaignId, person, to } = turn;
  const at = now.getTime();
  const { numInsertedOrUpdatedRows } = await db.sql
    .insertInto('written')
    .values({ campaignId, person, addresseeId: to, at })
    .onConflict((clash) =>
      clash
        .columns(['campaignId', 'person', 'addresseeId'])
        .doUpdateSet({ at })
        .where('written.at', '<=', at - windowMs),
    )
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** When this person last wrote to this addressee, as far back as we remember. */
export async function lastWritten(db: Database, { campaignId, person, to }: Turn): Promise<Date | undefined> {
  const row = await db.sql
    .selectFrom('written')
    .select('at')
    .where('campaignId', '=', campaignId)
    .where('person', '=', person)
    .where('addresseeId', '=', to)
    .executeTakeFirst();
  return row && new Date(row.at);
}

/** Gives the person's turn back: what they wrote did not arrive. */
export async function giveTurnBack(db: Database, { campaignId, person, to }: Turn): Promise<void> {
  await db.sql
    .deleteFrom('written')
    .where('campaignId', '=', campaignId)
    .where('person', '=', person)
    .where('addresseeId', '=', to)
    .execute();
}

/** Forgets turns taken before then. Gives how many. */
export async function forgetTurns(db: Database, before: Date): Promise<number> {
  const { numDeletedRows } = await db.sql.deleteFrom('written').where('at', '<', before.getTime()).executeTakeFirst();
  return Number(numDeletedRows);
}
