import type { Database } from './database.ts';

/** What a person decided: which seat of its council's list a ward is, as the list writes it. */
export interface DecidedSeat {
  readonly wardCode: string;
  readonly councilCode: string;
  readonly seat: string;
}

/** Keeps a decision, in place of an older one about the same ward. */
export async function decideSeat(db: Database, { wardCode, councilCode, seat }: DecidedSeat, now: Date): Promise<void> {
  const decided = { councilCode, seat, decidedAt: now.getTime() };
  await db.sql
    .insertInto('decidedSeats')
    .values({ wardCode, ...decided })
    .onConflict((clash) => clash.column('wardCode').doUpdateSet(decided))
    .execute();
}

/** The decisions about one council's wards: from a ward's code to a seat. */
export async function decidedSeatsOf(db: Database, councilCode: string): Promise<ReadonlyMap<string, string>> {
  const rows = await db.sql
    .selectFrom('decidedSeats')
    .select(['wardCode', 'seat'])
    .where('councilCode', '=', councilCode)
    .execute();
  return new Map(rows.map(({ wardCode, seat }) => [wardCode, seat]));
}
