import type { AddresseeId } from '../domain/addressee.ts';
import { usableEmail, type FoundContact, type KnownContact } from '../domain/contact.ts';
import { contactsOf, saveContacts } from '../store/contacts.ts';
import { inTransaction, type Database } from '../store/database.ts';

/** Where Parliament says that a member can be written to, the first to try first, and when we heard it. */
export interface PublishedByParliament {
  readonly emails: readonly string[];
  readonly at: Date;
}

/** Keeps an MP's addresses as any others, with how they fare. Gives the first to which mail gets through; null: there is none. */
export async function usableMpEmail(
  db: Database,
  id: AddresseeId,
  published: PublishedByParliament,
): Promise<string | null> {
  const known = await contactsOf(db, id);
  if (isKnown(known, published)) return usableEmail(known);
  return inTransaction(db, async (tx) => {
    await saveContacts(tx, id, published.emails.map(contactAt(published.at)));
    return usableEmail(await contactsOf(tx, id));
  });
}

function isKnown(known: readonly KnownContact[], { emails, at }: PublishedByParliament): boolean {
  return (
    known.length === emails.length && known.every(({ email, fetchedAt }, n) => email === emails[n] && fetchedAt >= at)
  );
}

function contactAt(fetchedAt: Date): (email: string) => FoundContact {
  return (email) => ({ email, kind: 'official', source: 'Parliament', fetchedAt, confirmedAt: null });
}
