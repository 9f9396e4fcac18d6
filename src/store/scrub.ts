import type { ExpressionBuilder } from 'kysely';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

const GONE = { sealed: null, person: null, fingerprint: null };

/**
 * Forgets who wrote what: every expired letter, and every letter all of whose deliveries came to their end before then.
 * What happened, when and where stays, without the person. Gives how many were scrubbed. Belongs into a transaction.
 */
export async function scrub(db: Database, before: Date): Promise<number> {
  const { numUpdatedRows } = await db.sql
    .updateTable('letters')
    .set(GONE)
    .where('sealed', 'is not', null)
    .where((is) => is.or([is('state', '=', 'expired'), is.and([is('state', '=', 'confirmed'), isOver(is, before)])]))
    .executeTakeFirst();
  await scrubReasons(db);
  return Number(numUpdatedRows);
}

/** No delivery of the letter still needs it, nor did until too lately. */
function isOver(is: ExpressionBuilder<Schema, 'letters'>, before: Date) {
  const needed = is
    .selectFrom('deliveries')
    .select('deliveries.id')
    .whereRef('deliveries.letterId', '=', 'letters.id')
    .where((is) => is.or([is('deliveries.state', '=', 'queued'), is('deliveries.movedAt', '>=', before.getTime())]));
  return is.and([is('letters.movedAt', '<', before.getTime()), is.not(is.exists(needed))]);
}

async function scrubReasons(db: Database): Promise<void> {
  const scrubbed = db.sql.selectFrom('letters').select('id').where('sealed', 'is', null);
  await db.sql
    .updateTable('deliveries')
    .set({ reason: null })
    .where('reason', 'is not', null)
    .where('letterId', 'in', scrubbed)
    .execute();
}
