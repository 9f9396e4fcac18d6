import { areaCodeIn, type AddresseeId } from '../domain/addressee.ts';
import { confirmContact } from '../store/contacts.ts';
import { inTransaction, type Database } from '../store/database.ts';
import { settleNotices } from '../store/notices.ts';

/** A person says that an address is right, so it is used again though mail to it had failed. False: we do not know it. */
export function confirmAddress(db: Database, addresseeId: AddresseeId, email: string, now: Date): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const known = await confirmContact(tx, addresseeId, email, now);
    const notice = { kind: 'contact failing', areaCode: areaCodeIn(addresseeId), addresseeId } as const;
    if (known) await settleNotices(tx, notice, now);
    return known;
  });
}
