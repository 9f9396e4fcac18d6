import type { Mail } from '../domain/delivery.ts';
import type { Database } from './database.ts';
import type { Outcome } from './schema.ts';

/** How a mail about a whole letter left the outbox; null when it has not, or was never there. */
export async function outcomeOf(db: Database, kind: Mail['kind'], letterId: string): Promise<Outcome | null> {
  const row = await db.sql
    .selectFrom('outbox')
    .select('outcome')
    .where('kind', '=', kind)
    .where('letterId', '=', letterId)
    .executeTakeFirst();
  return row?.outcome ?? null;
}
