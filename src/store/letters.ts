import type { Letter, LetterState } from '../domain/letter.ts';
import type { Database } from './database.ts';
import { logEntry } from './letter-log.ts';
import type { LetterRow } from './schema.ts';
import type { Blind, SealedText } from './seal.ts';

/** What of a letter only its key can read. */
export type Sealed = Pick<Letter, 'from' | 'to' | 'place' | 'subject' | 'body'>;

/** Keeps a letter, and begins its log. `person` and `fingerprint` come from `Sealer.blind`. False: a letter with this fingerprint is kept already. */
export async function insertLetter(
  db: Database,
  letter: Letter,
  blind: { person: string; fingerprint: string },
): Promise<boolean> {
  const { from, to, place, subject, body } = letter;
  const { numInsertedOrUpdatedRows } = await db.sql
    .insertInto('letters')
    .values({
      id: letter.id,
      campaignId: letter.campaignId,
      state: letter.state,
      writtenAt: letter.writtenAt.getTime(),
      movedAt: letter.writtenAt.getTime(),
      person: blind.person,
      fingerprint: blind.fingerprint,
      ownWords: letter.ownWords,
      templateId: letter.templateId,
      wantsNews: Number(letter.wantsNews),
      textGone: 0,
      sealed: db.sealer.seal(JSON.stringify({ from, to, place, subject, body } satisfies Sealed)),
    })
    .onConflict((clash) => clash.column('fingerprint').doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows !== 1n) return false;
  await logEntry(db, { letterId: letter.id, deliveryId: '', at: letter.writtenAt, state: letter.state, why: null });
  return true;
}

/** Whether a letter with this fingerprint is kept, under whichever key. */
export async function isKept(db: Database, fingerprint: Blind): Promise<boolean> {
  const row = await db.sql
    .selectFrom('letters')
    .select('id')
    .where('fingerprint', 'in', fingerprint)
    .executeTakeFirst();
  return row !== undefined;
}

/** Undefined when there never was one, and when it has been scrubbed: `letterStateById` tells the two apart. */
export async function letterById(db: Database, id: string): Promise<Letter | undefined> {
  return opened(db, await db.sql.selectFrom('letters').selectAll().where('id', '=', id).executeTakeFirst());
}

/** Whether a letter is there that none of our keys opens. */
export async function isLocked(db: Database, id: string): Promise<boolean> {
  const row = await db.sql.selectFrom('letters').select('sealed').where('id', '=', id).executeTakeFirst();
  return row !== undefined && row.sealed !== null && !db.sealer.opens(row.sealed);
}

/**
 * Reads a few letters at once, and gives each when asked for it, as `letterById` does: they are opened one by one, so that one which cannot
 * be opened throws by itself.
 */
export async function lettersById(db: Database, ids: readonly string[]): Promise<(id: string) => Letter | undefined> {
  if (ids.length === 0) return () => undefined;
  const rows = await db.sql.selectFrom('letters').selectAll().where('id', 'in', ids).execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return (id) => opened(db, byId.get(id));
}

/** The letter, held until the end of the transaction: whoever else wants to move it waits, and then sees what we made of it. */
export async function holdLetter(tx: Database, id: string): Promise<Letter | undefined> {
  const query = tx.sql
    .selectFrom('letters')
    .selectAll()
    .where('id', '=', id)
    // SQLite has one writer, and begins its transactions as one. On PostgreSQL whoever only adds to its log, as a worker that has moved one of its
    // deliveries, does not wait for us: we may want that delivery next.
    .$if(tx.engine === 'postgres', (row) => row.forNoKeyUpdate());
  return opened(tx, await query.executeTakeFirst());
}

function opened(db: Database, row: LetterRow | undefined): Letter | undefined {
  if (!row || row.sealed === null) return undefined;
  return letterOf(row, sealedIn(db, row.sealed));
}

/** Opens what is sealed of a letter. */
export function sealedIn(db: Database, sealed: SealedText): Sealed {
  return JSON.parse(db.sealer.open(sealed)) as Sealed;
}

function letterOf(row: LetterRow, sealed: Sealed): Letter {
  const { id, campaignId, state, templateId, ownWords } = row;
  const writtenAt = new Date(row.writtenAt);
  return { id, campaignId, state, writtenAt, ...sealed, templateId, ownWords, wantsNews: row.wantsNews === 1 };
}

/** Known as long as the row is, scrubbed or not. */
export async function letterStateById(db: Database, id: string): Promise<LetterState | undefined> {
  const row = await db.sql.selectFrom('letters').select('state').where('id', '=', id).executeTakeFirst();
  return row?.state;
}

/** Moves a letter on from the state it was seen in. False: somebody else moved it meanwhile. An expired letter may be handed over again. */
export async function moveLetter(db: Database, letter: Letter, to: LetterState, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db.sql
    .updateTable('letters')
    .set({ state: to, movedAt: now.getTime(), ...(to === 'expired' && { fingerprint: null }) })
    .where('id', '=', letter.id)
    .where('state', '=', letter.state)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) return false;
  await logEntry(db, { letterId: letter.id, deliveryId: '', at: now, state: to, why: null });
  return true;
}

/** How many letters this person (a blind index) has handed over since then, whatever became of them. */
export async function lettersByPersonSince(db: Database, person: Blind, since: Date): Promise<number> {
  const { total } = await db.sql
    .selectFrom('letters')
    .select((count) => count.fn.countAll<number>().as('total'))
    .where('person', 'in', person)
    .where('writtenAt', '>=', since.getTime())
    .executeTakeFirstOrThrow();
  return total;
}

/** The letters that are kept of one person, the oldest first. */
export async function letterIdsOf(db: Database, person: Blind): Promise<readonly string[]> {
  const rows = await db.sql
    .selectFrom('letters')
    .select('id')
    .where('person', 'in', person)
    .orderBy('writtenAt')
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** How many letters written before then are kept with who wrote them. */
export async function keptLettersBefore(db: Database, then: Date): Promise<number> {
  const { total } = await db.sql
    .selectFrom('letters')
    .select((count) => count.fn.countAll<number>().as('total'))
    .where('sealed', 'is not', null)
    .where('writtenAt', '<', then.getTime())
    .executeTakeFirstOrThrow();
  return Number(total);
}

/** Expires the letters written before then that nobody confirmed. Gives how many. Belongs into a transaction. */
export async function expireUnconfirmed(db: Database, before: Date, now: Date): Promise<number> {
  const expired = await db.sql
    .updateTable('letters')
    .set({ state: 'expired', movedAt: now.getTime(), fingerprint: null })
    .where('state', '=', 'awaiting confirmation')
    .where('writtenAt', '<', before.getTime())
    .returning('id')
    .execute();
  for (const { id } of expired)
    await logEntry(db, { letterId: id, deliveryId: '', at: now, state: 'expired', why: null });
  return expired.length;
}
