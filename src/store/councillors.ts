import { councillorId, type AddresseeId } from '../domain/addressee.ts';
import { forgiven, type KnownContact } from '../domain/contact.ts';
import type { FoundList } from '../domain/found-list.ts';
import type { KnownCouncillor } from '../domain/known-list.ts';
import { contactOf } from './contacts.ts';
import type { Database } from './database.ts';
import type { ContactRow, CouncillorRow } from './schema.ts';

/** The councillors of one council in its own order, with their addresses. */
export async function councillorsOf(db: Database, councilCode: string): Promise<readonly KnownCouncillor[]> {
  const rows = await db.sql
    .selectFrom('councillors')
    .selectAll()
    .where('councilCode', '=', councilCode)
    .orderBy('place')
    .execute();
  const contacts = Map.groupBy(await contactRowsOf(db, councilCode), ({ addresseeId }) => addresseeId);
  return rows.map((row) => councillorOf(row, contacts.get(row.addresseeId) ?? []));
}

/** Whether any council's list has somebody of this id. */
export async function isCouncillor(db: Database, id: AddresseeId): Promise<boolean> {
  const row = await db.sql
    .selectFrom('councillors')
    .select('addresseeId')
    .where('addresseeId', '=', id)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * The councillors of a new list in place of those before. What is known of an address stays, also where its holder got another id.
 * Belongs into a transaction.
 */
export async function replaceCouncillors(db: Database, found: FoundList): Promise<void> {
  const { councilCode, councillors } = found.list;
  const before = await contactRowsOf(db, councilCode);
  await forgetCouncillors(db, councilCode, before);

  const people = councillors.map(({ theirId, name, party, seat, seatCode }, place): CouncillorRow => {
    return { addresseeId: councillorId(councilCode, theirId), councilCode, name, party, seat, seatCode, place };
  });
  if (people.length > 0) await db.sql.insertInto('councillors').values(people).execute();
  const contacts = contactsIn(found, before);
  if (contacts.length > 0) await db.sql.insertInto('contacts').values(contacts).execute();
}

async function forgetCouncillors(db: Database, councilCode: string, contacts: readonly ContactRow[]): Promise<void> {
  const ids = [...new Set(contacts.map(({ addresseeId }) => addresseeId))];
  if (ids.length > 0) await db.sql.deleteFrom('contacts').where('addresseeId', 'in', ids).execute();
  await db.sql.deleteFrom('councillors').where('councilCode', '=', councilCode).execute();
}

function contactsIn({ list, source, origins, at }: FoundList, before: readonly ContactRow[]): ContactRow[] {
  return list.councillors.flatMap(({ theirId, emails }) => {
    const addresseeId = councillorId(list.councilCode, theirId);
    const origin = origins[theirId];
    return emails.map(({ address, kind }, place) => {
      const known = sameAddress(address, addresseeId, before);
      const found = { email: address, kind, source: origin ?? source, fetchedAt: at };
      return rowOf(addresseeId, place, { ...NOTHING_KNOWN, ...known, ...found, ...(origin && confirmed(known, at)) });
    });
  });
}

const NOTHING_KNOWN = { confirmedAt: null, deliveredAt: null, bouncedAt: null, hardBounces: 0, failingSince: null };

/** Whoever found it in a file has looked it up. */
function confirmed(known: KnownContact | undefined, at: Date) {
  return { confirmedAt: at, ...forgiven(known ?? NOTHING_KNOWN, at) };
}

function sameAddress(address: string, id: string, before: readonly ContactRow[]): KnownContact | undefined {
  const same = before.filter(({ email }) => email.toLowerCase() === address.toLowerCase());
  const row = same.find(({ addresseeId }) => addresseeId === id) ?? same[0];
  return row && contactOf(row);
}

function contactRowsOf(db: Database, councilCode: string): Promise<ContactRow[]> {
  return db.sql
    .selectFrom('contacts')
    .selectAll()
    .where('addresseeId', 'in', (from) =>
      from.selectFrom('councillors').select('addresseeId').where('councilCode', '=', councilCode),
    )
    .orderBy('place')
    .execute();
}

function councillorOf(row: CouncillorRow, contacts: readonly ContactRow[]): KnownCouncillor {
  const { addresseeId, name, party, seat, seatCode } = row;
  return { id: addresseeId, name, party, seat, seatCode, contacts: contacts.map(contactOf) };
}

function rowOf(addresseeId: ContactRow['addresseeId'], place: number, contact: KnownContact): ContactRow {
  const { email, kind, source, hardBounces } = contact;
  return {
    addresseeId,
    email,
    kind,
    place,
    source,
    fetchedAt: contact.fetchedAt.getTime(),
    confirmedAt: contact.confirmedAt?.getTime() ?? null,
    deliveredAt: contact.deliveredAt?.getTime() ?? null,
    bouncedAt: contact.bouncedAt?.getTime() ?? null,
    hardBounces,
    failingSince: contact.failingSince?.getTime() ?? null,
  };
}
