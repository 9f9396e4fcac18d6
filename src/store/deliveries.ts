import type { Delivery, DeliveryState } from '../domain/delivery.ts';
import type { Database } from './database.ts';
import type { DeliveryRow } from './schema.ts';

/** A delivery with the code of the council or constituency it is counted under. */
export type NewDelivery = Delivery & { readonly areaCode: string };

/** Keeps the deliveries of a letter. Throws if the letter has one to the same addressee. */
export async function insertDeliveries(db: Database, deliveries: readonly NewDelivery[]): Promise<void> {
  const rows = deliveries.map(({ id, letterId, to, areaCode, state, movedAt }) => {
    return { id, letterId, addresseeId: to, areaCode, state, movedAt: movedAt.getTime() };
  });
  if (rows.length > 0) await db.sql.insertInto('deliveries').values(rows).execute();
}

export async function deliveryById(db: Database, id: string): Promise<Delivery | undefined> {
  const row = await db.sql.selectFrom('deliveries').selectAll().where('id', '=', id).executeTakeFirst();
  return row && deliveryOf(row);
}

/** The deliveries of one letter, in the order of their ids. */
export async function deliveriesOf(db: Database, letterId: string): Promise<readonly Delivery[]> {
  const rows = await db.sql
    .selectFrom('deliveries')
    .selectAll()
    .where('letterId', '=', letterId)
    .orderBy('id')
    .execute();
  return rows.map(deliveryOf);
}

/** Moves a delivery on from the state it was seen in, with the mail server's own words if it had any. False: somebody else moved it. */
export async function moveDelivery(
  db: Database,
  delivery: Delivery,
  to: DeliveryState,
  now: Date,
  reason?: string,
): Promise<boolean> {
  const { numUpdatedRows } = await db.sql
    .updateTable('deliveries')
    .set({ state: to, movedAt: now.getTime(), reason: reason === undefined ? null : db.sealer.seal(reason) })
    .where('id', '=', delivery.id)
    .where('state', '=', delivery.state)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** What the mail server said when it would not take a delivery; undefined when it said nothing or it has been scrubbed. */
export async function reasonOf(db: Database, deliveryId: string): Promise<string | undefined> {
  const row = await db.sql.selectFrom('deliveries').select('reason').where('id', '=', deliveryId).executeTakeFirst();
  return row?.reason ? db.sealer.open(row.reason) : undefined;
}

function deliveryOf({ id, letterId, addresseeId, state, movedAt }: DeliveryRow): Delivery {
  return { id, letterId, to: addresseeId, state, movedAt: new Date(movedAt) };
}
