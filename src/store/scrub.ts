import { sql, type ExpressionBuilder } from 'kysely';
import type { Postcode } from '../domain/postcode.ts';
import { personOf } from './blind-indexes.ts';
import type { Database } from './database.ts';
import { sealedIn, type Sealed } from './letters.ts';
import type { Schema } from './schema.ts';
import { KEY_ID_LENGTH, type SealedText } from './seal.ts';

const GONE = { sealed: null, person: null, fingerprint: null, textGone: 1 };

/**
 * Forgets who wrote what: every letter that expired or was withdrawn, and every letter all of whose deliveries came to their end before then.
 * What happened, when and where stays, without the person. Gives how many were scrubbed. Belongs into a transaction.
 */
export async function scrub(db: Database, before: Date): Promise<number> {
  const { numUpdatedRows } = await db.sql
    .updateTable('letters')
    .set(GONE)
    .where('sealed', 'is not', null)
    .where((is) =>
      is.or([is('state', 'in', ['expired', 'withdrawn']), is.and([is('state', '=', 'confirmed'), isOver(is, before)])]),
    )
    .executeTakeFirst();
  await scrubReasons(db);
  return Number(numUpdatedRows);
}

/** Forgets who wrote one letter, and what, whatever became of it. Belongs into a transaction. */
export async function scrubLetter(db: Database, id: string): Promise<void> {
  await db.sql.updateTable('letters').set(GONE).where('id', '=', id).execute();
  await scrubReasons(db);
}

const AT_ONCE = 100;

/**
 * Deletes subject, text and postal address, the fingerprint made of them and what mail servers said, of letters all of whose deliveries came to
 * their end before then, at most a hundred; name and email address stay for the questions about replies. What is sealed with a key that is none of
 * ours cannot be read by anybody and stays closed, until all of it goes. Gives how many. Belongs into a transaction.
 */
export async function scrubTexts(db: Database, before: Date): Promise<number> {
  const rows = await db.sql
    .selectFrom('letters')
    .selectAll()
    .where('sealed', 'is not', null)
    .where('textGone', '=', 0)
    .where(sql<string>`substr(sealed, 1, ${sql.lit(KEY_ID_LENGTH)})`, 'in', db.sealer.keyIds)
    .where((is) => is.and([is('state', '=', 'confirmed'), isOver(is, before)]))
    .limit(AT_ONCE)
    .execute();
  for (const { id, sealed } of rows) if (sealed !== null) await scrubText(db, id, sealed);
  await scrubReasons(db);
  return rows.length;
}

/**
 * What is left is sealed with today's key, so its writer is found again by today's blind index. Only where nobody has changed it since it was
 * read: whoever had their data deleted meanwhile must not be written back.
 */
async function scrubText(db: Database, id: string, seen: SealedText): Promise<void> {
  const whole = sealedIn(db, seen);
  const sealed = db.sealer.seal(JSON.stringify(withoutText(whole)));
  const [person] = personOf(db, whole.from.email);
  await db.sql
    .updateTable('letters')
    .set({ sealed, person, fingerprint: null, textGone: 1 })
    .where('id', '=', id)
    .where('sealed', '=', seen)
    .execute();
}

const NOWHERE = '' as Postcode;

function withoutText({ from, to, place }: Sealed): Sealed {
  return {
    from: { ...from, address: [], postcode: NOWHERE },
    to: to.map((one) => ({ ...one, opening: '' })),
    place: { ...place, postcode: null, source: 'chosen' },
    subject: '',
    body: '',
  };
}

/** No delivery of the letter still needs it, nor did until too lately; and its writer has been told of those that did not arrive, with the text. */
function isOver(is: ExpressionBuilder<Schema, 'letters'>, before: Date) {
  const needed = is
    .selectFrom('deliveries')
    .select('deliveries.id')
    .whereRef('deliveries.letterId', '=', 'letters.id')
    .where((is) =>
      is.or([
        is('deliveries.state', 'in', ['queued', 'deferred', 'handed over', 'held']),
        is('deliveries.movedAt', '>=', before.getTime()),
      ]),
    );
  const untold = is
    .selectFrom('outbox')
    .select('outbox.id')
    .whereRef('outbox.letterId', '=', 'letters.id')
    .where('outbox.kind', '=', 'not delivered')
    .where('outbox.settledAt', 'is', null);
  return is.and([is('letters.movedAt', '<', before.getTime()), is.not(is.exists(needed)), is.not(is.exists(untold))]);
}

/** Mail servers repeat what they were given. */
async function scrubReasons(db: Database): Promise<void> {
  const scrubbed = db.sql.selectFrom('letters').select('id').where('textGone', '=', 1);
  await db.sql
    .updateTable('deliveries')
    .set({ reason: null })
    .where('reason', 'is not', null)
    .where('letterId', 'in', scrubbed)
    .execute();
}
