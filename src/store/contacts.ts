import type { AddresseeId } from '../domain/addressee.ts';
import type { EmailKind } from '../domain/councillor.ts';
import type { Database } from './database.ts';
import type { ContactRow } from './schema.ts';

/** One email address of an addressee that we looked up ourselves, and how it has fared. */
export interface KnownContact {
  readonly email: string;
  readonly kind: EmailKind;
  /** Where it was found: a web address, a file, "moderngov". */
  readonly source: string;
  readonly fetchedAt: Date;
  /** When a person looked it up; null when only a program did. */
  readonly confirmedAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly bouncedAt: Date | null;
  /** Since the last delivery that came through. */
  readonly hardBounces: number;
  /** Set when nothing more is sent there until a person says so. */
  readonly failingSince: Date | null;
}

/** What is known of a newly looked-up address. */
export type FoundContact = Pick<KnownContact, 'email' | 'kind' | 'source' | 'fetchedAt' | 'confirmedAt'>;

/** Every address known for an addressee, the first to try first. */
export async function contactsOf(db: Database, addresseeId: AddresseeId): Promise<readonly KnownContact[]> {
  const rows = await db.sql
    .selectFrom('contacts')
    .selectAll()
    .where('addresseeId', '=', addresseeId)
    .orderBy('place')
    .execute();
  return rows.map(contactOf);
}

/** Keeps exactly these addresses for an addressee, in this order. One that was known before keeps how it has fared. Belongs into a transaction. */
export async function saveContacts(
  db: Database,
  addresseeId: AddresseeId,
  contacts: readonly FoundContact[],
): Promise<void> {
  const kept = contacts.map(({ email }) => email);
  await db.sql
    .deleteFrom('contacts')
    .where('addresseeId', '=', addresseeId)
    .$if(kept.length > 0, (query) => query.where('email', 'not in', kept))
    .execute();
  for (const [place, contact] of contacts.entries()) await saveOne(db, addresseeId, place, contact);
}

async function saveOne(db: Database, addresseeId: AddresseeId, place: number, contact: FoundContact): Promise<void> {
  const { email, kind, source } = contact;
  const found = { kind, place, source, fetchedAt: contact.fetchedAt.getTime() };
  const confirmedAt = contact.confirmedAt?.getTime() ?? null;
  await db.sql
    .insertInto('contacts')
    .values({ addresseeId, email, ...found, confirmedAt, hardBounces: 0 })
    .onConflict((clash) =>
      clash.columns(['addresseeId', 'email']).doUpdateSet({ ...found, ...(confirmedAt !== null && { confirmedAt }) }),
    )
    .execute();
}

function contactOf(row: ContactRow): KnownContact {
  const { email, kind, source, hardBounces } = row;
  return {
    email,
    kind,
    source,
    hardBounces,
    fetchedAt: new Date(row.fetchedAt),
    confirmedAt: timeIn(row.confirmedAt),
    deliveredAt: timeIn(row.deliveredAt),
    bouncedAt: timeIn(row.bouncedAt),
    failingSince: timeIn(row.failingSince),
  };
}

function timeIn(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
