import type { KnownSeat } from '../domain/gone.ts';
import { sameHolder, type Holder } from '../domain/seat.ts';
import type { Database } from './database.ts';
import type { SeatRow } from './schema.ts';

/** A seat as a round heard it, by our code of the constituency. */
export interface HeardSeat {
  readonly constituencyCode: string;
  readonly holder: Holder;
}

export async function seatOf(db: Database, constituencyCode: string): Promise<KnownSeat | undefined> {
  const row = await db.sql
    .selectFrom('seats')
    .selectAll()
    .where('constituencyCode', '=', constituencyCode)
    .executeTakeFirst();
  return row && seatIn(row);
}

/** Those of these seats that a round has heard of, by the code of their constituencies. */
export async function seatsOf(db: Database, codes: readonly string[]): Promise<ReadonlyMap<string, KnownSeat>> {
  return byCode(await db.sql.selectFrom('seats').selectAll().where('constituencyCode', 'in', codes).execute());
}

/** Every seat that a round has heard of, by the code of its constituency. */
export async function allSeats(db: Database): Promise<ReadonlyMap<string, KnownSeat>> {
  return byCode(await db.sql.selectFrom('seats').selectAll().orderBy('constituencyCode').execute());
}

/** Keeps what a round heard. A seat that somebody else holds now is marked as changed; those not among them stay as they are. Belongs into a transaction. */
export async function saveSeats(db: Database, heard: readonly HeardSeat[], now: Date): Promise<void> {
  const known = await allSeats(db);
  for (const { constituencyCode, holder } of heard) {
    const before = known.get(constituencyCode);
    const changedAt = before && !sameHolder(before.holder, holder) ? now : (before?.changedAt ?? null);
    const row = { seat: JSON.stringify(holder), fetchedAt: now.getTime(), changedAt: changedAt?.getTime() ?? null };
    await db.sql
      .insertInto('seats')
      .values({ constituencyCode, ...row })
      .onConflict((clash) => clash.column('constituencyCode').doUpdateSet(row))
      .execute();
  }
}

function byCode(rows: readonly SeatRow[]): ReadonlyMap<string, KnownSeat> {
  return new Map(rows.map((row) => [row.constituencyCode, seatIn(row)]));
}

function seatIn({ seat, fetchedAt, changedAt }: SeatRow): KnownSeat {
  return {
    holder: JSON.parse(seat) as Holder,
    fetchedAt: new Date(fetchedAt),
    changedAt: changedAt === null ? null : new Date(changedAt),
  };
}
