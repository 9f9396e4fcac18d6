import type { AddresseeId } from '../domain/addressee.ts';
import { addressesIn } from '../domain/addresses-in.ts';
import type { ReportedFault } from '../domain/notice.ts';
import type { Database } from './database.ts';
import type { SealedText } from './seal.ts';

/** What somebody says is wrong with a contact, for a person to look at. */
export interface Report {
  readonly id: string;
  readonly addresseeId: AddresseeId;
  readonly areaCode: string;
  readonly what: ReportedFault;
  /** In their own words; null when they added none, and once it has been forgotten. */
  readonly note: string | null;
  readonly at: Date;
}

export async function insertReport(db: Database, report: Report): Promise<void> {
  const { id, addresseeId, areaCode, what, note, at } = report;
  const sealed = note === null ? null : db.sealer.seal(note);
  await db.sql
    .insertInto('reports')
    .values({ id, addresseeId, areaCode, what, note: sealed, at: at.getTime() })
    .execute();
}

/** How many reports about one addressee came since then. */
export async function reportsSince(db: Database, addresseeId: AddresseeId, since: Date): Promise<number> {
  const { total } = await db.sql
    .selectFrom('reports')
    .select((count) => count.fn.countAll<number>().as('total'))
    .where('addresseeId', '=', addresseeId)
    .where('at', '>=', since.getTime())
    .executeTakeFirstOrThrow();
  return Number(total);
}

/** What nobody has handled yet, the oldest first. */
export async function unhandledReports(db: Database): Promise<readonly Report[]> {
  const rows = await db.sql
    .selectFrom('reports')
    .select(['id', 'addresseeId', 'areaCode', 'what', 'note', 'at'])
    .where('handledAt', 'is', null)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map(({ note, at, ...row }) => ({
    ...row,
    note: note === null ? null : db.sealer.open(note),
    at: new Date(at),
  }));
}

/** A person has dealt with these. Gives those of the ids that there are. */
export async function markHandled(db: Database, ids: readonly string[], now: Date): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  await db.sql
    .updateTable('reports')
    .set({ handledAt: now.getTime() })
    .where('id', 'in', ids)
    .where('handledAt', 'is', null)
    .execute();
  const known = await db.sql.selectFrom('reports').select('id').where('id', 'in', ids).orderBy('id').execute();
  return known.map(({ id }) => id);
}

/** Forgets notes in which an address (in small letters) stands, of those that it can open. Gives how many. */
export async function forgetNotesNaming(db: Database, address: string): Promise<number> {
  const rows = await db.sql.selectFrom('reports').select(['id', 'note']).where('note', 'is not', null).execute();
  const names = (note: SealedText) => db.sealer.opens(note) && addressesIn(db.sealer.open(note)).has(address);
  const naming = rows.filter(({ note }) => note !== null && names(note));
  for (const { id } of naming) await db.sql.updateTable('reports').set({ note: null }).where('id', '=', id).execute();
  return naming.length;
}

/** Forgets what strangers wrote before then. That something was reported stays. */
export async function forgetNotes(db: Database, before: Date): Promise<void> {
  await db.sql
    .updateTable('reports')
    .set({ note: null })
    .where('note', 'is not', null)
    .where('at', '<', before.getTime())
    .execute();
}
