import { checkedAt } from '../domain/checked-day.ts';
import { councilId, type AddresseeId } from '../domain/addressee.ts';
import type { FoundContact, KnownContact } from '../domain/contact.ts';
import { inTransaction, type Database } from '../store/database.ts';
import { contactsOf, saveContacts } from '../store/contacts.ts';
import type { CouncilContact } from '../records/contacts-file.ts';

/** A council whose rows were left out, because a person has looked at what we have later than at them. */
export interface NewerHere {
  readonly code: string;
  readonly asOf: Date;
}

/** Keeps where councils want their mail, each council's rows in the place of all that we had of it, unless that is newer. Gives where it was. */
export function importContacts(
  db: Database,
  contacts: readonly CouncilContact[],
  now: Date,
): Promise<readonly NewerHere[]> {
  return inTransaction(db, async (tx) => {
    const newer: NewerHere[] = [];
    for (const [code, rows] of Map.groupBy(contacts, (contact) => contact.code)) {
      const found = rows.map((row) => foundIn(row, now));
      const asOf = await lookedAt(tx, councilId(code));
      if (asOf && found.some(({ fetchedAt }) => fetchedAt < asOf)) newer.push({ code, asOf });
      else await saveContacts(tx, councilId(code), found);
    }
    return newer;
  });
}

function foundIn({ email, source, checkedOn }: CouncilContact, now: Date): FoundContact {
  const lookedUpAt = checkedAt(checkedOn, now);
  return { email, source, kind: 'official', fetchedAt: lookedUpAt, confirmedAt: lookedUpAt };
}

/** When somebody last looked at any of an addressee's addresses; null where there are none. */
async function lookedAt(db: Database, id: AddresseeId): Promise<Date | null> {
  const times = (await contactsOf(db, id)).map(lastLook);
  return times.length === 0 ? null : new Date(Math.max(...times));
}

function lastLook({ fetchedAt, confirmedAt }: KnownContact): number {
  return Math.max(fetchedAt.getTime(), confirmedAt?.getTime() ?? 0);
}
