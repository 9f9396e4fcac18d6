import { checkedAt } from '../domain/checked-day.ts';
import { councilId } from '../domain/addressee.ts';
import { inTransaction, type Database } from '../store/database.ts';
import { saveContacts } from '../store/contacts.ts';
import type { CouncilContact } from '../records/contacts-file.ts';

/** Keeps where councils want their mail: all of the list, or nothing of it. */
export function importContacts(db: Database, contacts: readonly CouncilContact[], now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    for (const { code, email, source, checkedOn } of contacts) {
      const lookedUpAt = checkedAt(checkedOn, now);
      await saveContacts(tx, councilId(code), [
        { email, source, kind: 'official', fetchedAt: lookedUpAt, confirmedAt: lookedUpAt },
      ]);
    }
  });
}
