import { councilId } from '../domain/addressee.ts';
import { inTransaction, type Database } from '../store/database.ts';
import { saveContact } from '../store/contacts.ts';
import type { CouncilContact } from '../records/contacts-file.ts';

/** Keeps where councils want their mail: all of the list, or nothing of it. */
export function importContacts(db: Database, contacts: readonly CouncilContact[]): Promise<void> {
  return inTransaction(db, async (tx) => {
    for (const { code, ...contact } of contacts) await saveContact(tx, councilId(code), contact);
  });
}
