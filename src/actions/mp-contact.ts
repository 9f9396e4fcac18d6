import type { AddresseeId } from '../domain/addressee.ts';
import { usableEmail, type FoundContact, type KnownContact } from '../domain/contact.ts';
import { contactsOf, saveContacts } from '../store/contacts.ts';
import { inTransaction, type Database } from '../store/database.ts';

/** What Parliament publishes of where a member can be written to, and when we heard it. */
export interface PublishedByParliament {
  readonly email: string | null;
  readonly at: Date;
}

/** Keeps an MP's address as any other, with how it fares. Gives it, or null where there is none or mail to it comes back. */
export async function usableMpEmail(
  db: Database,
  id: AddresseeId,
  published: PublishedByParliament,
): Promise<string | null> {
  const known = await contactsOf(db, id);
  if (isKnown(known, published)) return usableEmail(known);
  return inTransaction(db, async (tx) => {
    await saveContacts(tx, id, contactsIn(published));
    return usableEmail(await contactsOf(tx, id));
  });
}

function isKnown(known: readonly KnownContact[], { email, at }: PublishedByParliament): boolean {
  const [contact] = known;
  if (!contact) return email === null;
  return contact.email === email && contact.fetchedAt >= at;
}

function contactsIn({ email, at }: PublishedByParliament): FoundContact[] {
  return email === null ? [] : [{ email, kind: 'official', source: 'Parliament', fetchedAt: at, confirmedAt: null }];
}
