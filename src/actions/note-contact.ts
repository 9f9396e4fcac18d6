import { areaCodeIn, type AddresseeId } from '../domain/addressee.ts';
import { healthAfter, type ContactOutcome } from '../domain/contact.ts';
import { contactsOf, saveHealth } from '../store/contacts.ts';
import type { Database } from '../store/database.ts';
import { raiseNotice } from '../store/notices.ts';

/**
 * Notes what became of a mail to an address that we know; of one that we do not, nothing. When the address begins to fail, the organisers
 * are told, and whoever is next written to gets the next choice. Belongs into the transaction that ends the delivery.
 */
export async function noteContact(
  db: Database,
  addresseeId: AddresseeId,
  email: string,
  outcome: ContactOutcome,
  now: Date,
): Promise<void> {
  const same = email.toLowerCase(); // of those who read one mailbox each may be published with another spelling of it
  const known = (await contactsOf(db, addresseeId)).find((contact) => contact.email.toLowerCase() === same);
  if (!known) return;
  const health = healthAfter(known, outcome, now);
  await saveHealth(db, addresseeId, known.email, health);
  if (known.failingSince || !health.failingSince) return;
  const notice = { kind: 'contact failing', areaCode: areaCodeIn(addresseeId), addresseeId } as const;
  await raiseNotice(db, { ...notice, detail: { email: known.email, outcome } }, now);
}
