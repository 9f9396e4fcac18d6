import type { AddresseeId } from '../domain/addressee.ts';
import type { Database } from './database.ts';

/** An email address that we looked up ourselves, with where and on which day ("YYYY-MM-DD"). */
export interface KnownContact {
  readonly email: string;
  readonly source: string;
  readonly checkedOn: string;
}

export function contactOf(db: Database, addresseeId: AddresseeId): Promise<KnownContact | undefined> {
  return db.sql
    .selectFrom('contacts')
    .select(['email', 'source', 'checkedOn'])
    .where('addresseeId', '=', addresseeId)
    .executeTakeFirst();
}

/** Keeps how to reach an addressee, in place of what was known before. */
export async function saveContact(db: Database, addresseeId: AddresseeId, contact: KnownContact): Promise<void> {
  const { email, source, checkedOn } = contact;
  await db.sql
    .insertInto('contacts')
    .values({ addresseeId, email, source, checkedOn })
    .onConflict((clash) => clash.column('addresseeId').doUpdateSet({ email, source, checkedOn }))
    .execute();
}
