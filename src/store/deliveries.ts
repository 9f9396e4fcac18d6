import { canMoveDelivery, type Delivery, type DeliveryState } from '../domain/delivery.ts';
import type { MailReason } from '../domain/mail-reason.ts';
import type { Database } from './database.ts';
import { logEntries } from './letter-log.ts';
import type { DeliveryRow } from './schema.ts';

/** A delivery with the code of the council or constituency it is counted under. */
export type NewDelivery = Delivery & { readonly areaCode: string };

/** Keeps the deliveries of a letter, and notes them in its log. Throws if the letter has one to the same addressee. */
export async function insertDeliveries(db: Database, deliveries: readonly NewDelivery[]): Promise<void> {
  const rows = deliveries.map(({ id, letterId, to, areaCode, state, movedAt }) => {
    return { id, letterId, addresseeId: to, areaCode, state, movedAt: movedAt.getTime() };
  });
  if (rows.length > 0) await db.sql.insertInto('deliveries').values(rows).execute();
  const entries = deliveries.map(({ id, letterId, state, movedAt }) => {
    return { letterId, deliveryId: id, at: movedAt, state, why: null };
  });
  await logEntries(db, entries);
}

export async function deliveryById(db: Database, id: string): Promise<Delivery | undefined> {
  const row = await db.sql.selectFrom('deliveries').selectAll().where('id', '=', id).executeTakeFirst();
  return row && deliveryOf(row);
}

/** Those that are kept of these, by their ids. */
export async function deliveriesById(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, Delivery>> {
  if (ids.length === 0) return new Map();
  const rows = await db.sql.selectFrom('deliveries').selectAll().where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, deliveryOf(row)]));
}

/** A delivery, held until the end of the transaction: whoever else wants to move it waits, and then sees what we made of it. */
export async function holdDelivery(tx: Database, id: string): Promise<Delivery | undefined> {
  const row = await held(tx, allDeliveries(tx).where('id', '=', id)).executeTakeFirst();
  return row && deliveryOf(row);
}

/** The deliveries of one letter, in the order of their ids. */
export async function deliveriesOf(db: Database, letterId: string): Promise<readonly Delivery[]> {
  return (await ofLetter(db, letterId).execute()).map(deliveryOf);
}

/** The same, held until the end of the transaction. */
export async function holdDeliveriesOf(tx: Database, letterId: string): Promise<readonly Delivery[]> {
  return (await held(tx, ofLetter(tx, letterId)).execute()).map(deliveryOf);
}

function ofLetter(db: Database, letterId: string) {
  return allDeliveries(db).where('letterId', '=', letterId).orderBy('id');
}

function allDeliveries(db: Database) {
  return db.sql.selectFrom('deliveries').selectAll();
}

/** SQLite has one writer, and begins its transactions as one. */
function held({ engine }: Database, query: ReturnType<typeof allDeliveries>) {
  return query.$if(engine === 'postgres', (rows) => rows.forNoKeyUpdate());
}

/** What is kept of why a delivery moved on. */
export interface Why {
  /** The mail server's own words, if it had any. */
  readonly reason?: string | undefined;
  /** What we make of them. */
  readonly kind?: MailReason | undefined;
}

/**
 * Moves a delivery on from the state it was seen in, and notes it in the log of its letter. False: somebody else moved it.
 * Throws on a move that its life does not have. Belongs into a transaction.
 */
export async function moveDelivery(
  db: Database,
  delivery: Delivery,
  to: DeliveryState,
  now: Date,
  why: Why = {},
): Promise<boolean> {
  return (await moveDeliveries(db, [delivery], to, now, why)).length === 1;
}

/** The same for a few at once. Gives those that it moved. */
export async function moveDeliveries(
  db: Database,
  deliveries: readonly Delivery[],
  to: DeliveryState,
  now: Date,
  { reason, kind }: Why = {},
): Promise<readonly Delivery[]> {
  const stuck = deliveries.find(({ state }) => !canMoveDelivery(state, to));
  if (stuck) throw new Error(`A delivery that is ${stuck.state} never becomes ${to}`);
  const change = { state: to, movedAt: now.getTime(), reason: reason === undefined ? null : db.sealer.seal(reason) };
  const moved = new Set<string>();
  await holdSiblings(db, deliveries);
  for (const [state, seen] of Map.groupBy(deliveries, (delivery) => delivery.state)) {
    const ids = seen.map(({ id }) => id);
    const query = db.sql.updateTable('deliveries').set(change).where('id', 'in', ids).where('state', '=', state);
    for (const { id } of await query.returning('id').execute()) moved.add(id);
  }
  const those = deliveries.filter(({ id }) => moved.has(id));
  const entries = those.map(({ id, letterId }) => {
    return { letterId, deliveryId: id, at: now, state: to, why: kind ?? null };
  });
  await logEntries(db, entries);
  return those;
}

/** Of one letter they are held in the order in which its deletion holds them, so that neither waits for the other for ever. */
async function holdSiblings(db: Database, deliveries: readonly Delivery[]): Promise<void> {
  const letters = new Set(deliveries.map(({ letterId }) => letterId));
  if (db.engine === 'sqlite' || letters.size === deliveries.length) return;
  const ids = deliveries.map(({ id }) => id);
  await held(db, allDeliveries(db).where('id', 'in', ids).orderBy('id')).execute();
}

/** Deliveries that have been in a state since before then, the longest first; of those that come after one of them, if it is given. */
export async function deliveriesIn(
  db: Database,
  state: DeliveryState,
  before: Date,
  most: number,
  last?: Delivery,
): Promise<readonly Delivery[]> {
  const at = last?.movedAt.getTime() ?? 0;
  const rows = await db.sql
    .selectFrom('deliveries')
    .selectAll()
    .where('state', '=', state)
    .where('movedAt', '<=', before.getTime())
    .$if(last !== undefined, (query) =>
      query.where((is) => is.or([is('movedAt', '>', at), is('movedAt', '=', at).and('id', '>', last?.id ?? '')])),
    )
    .orderBy('movedAt')
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.map(deliveryOf);
}

/** What the mail server said when it would not take a delivery; undefined when it said nothing or it has been scrubbed. */
export async function reasonOf(db: Database, deliveryId: string): Promise<string | undefined> {
  const row = await db.sql.selectFrom('deliveries').select('reason').where('id', '=', deliveryId).executeTakeFirst();
  return row?.reason ? db.sealer.open(row.reason) : undefined;
}

function deliveryOf({ id, letterId, addresseeId, state, movedAt }: DeliveryRow): Delivery {
  return { id, letterId, to: addresseeId, state, movedAt: new Date(movedAt) };
}
