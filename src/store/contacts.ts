import type { AddresseeId } from '../domain/addressee.ts';
import type { ContactHealth, FoundContact, KnownContact } from '../domain/contact.ts';
import type { Database } from './database.ts';
import type { ContactRow } from './schema.ts';
import { timeIn } from './times.ts';

export type { FoundContact, KnownContact };

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

/**
 * Keeps exactly these addresses for an addressee, in this order. One that was known before keeps how it has fared, but is used again when
 * a person confirms it after it failed. Belongs into a transaction.
 */
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
  if (contact.confirmedAt) await forgive(db, addresseeId, email, contact.confirmedAt);
}

/** A person says at this time that the address is right, whatever has become of mail to it. False: it is not known. */
export async function confirmContact(
  db: Database,
  addresseeId: AddresseeId,
  email: string,
  at: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await db.sql
    .updateTable('contacts')
    .set({ confirmedAt: at.getTime() })
    .where('addresseeId', '=', addresseeId)
    .where('email', '=', email)
    .executeTakeFirst();
  await forgive(db, addresseeId, email, at);
  return numUpdatedRows > 0n;
}

/** What failed before a person confirmed the address is held against it no longer. */
async function forgive(db: Database, addresseeId: AddresseeId, email: string, confirmedAt: Date): Promise<void> {
  await db.sql
    .updateTable('contacts')
    .set({ failingSince: null, hardBounces: 0 })
    .where('addresseeId', '=', addresseeId)
    .where('email', '=', email)
    .where('bouncedAt', '<=', confirmedAt.getTime())
    .execute();
}

/** Keeps how an address fares. Nothing happens if it is no longer known. */
export async function saveHealth(
  db: Database,
  addresseeId: AddresseeId,
  email: string,
  { deliveredAt, bouncedAt, hardBounces, failingSince }: ContactHealth,
): Promise<void> {
  await db.sql
    .updateTable('contacts')
    .set({
      deliveredAt: deliveredAt?.getTime() ?? null,
      bouncedAt: bouncedAt?.getTime() ?? null,
      hardBounces,
      failingSince: failingSince?.getTime() ?? null,
    })
    .where('addresseeId', '=', addresseeId)
    .where('email', '=', email)
    .execute();
}

/** How a row says what is known of an address. */
export function contactOf(row: ContactRow): KnownContact {
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
