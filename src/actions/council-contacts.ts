import { LRUCache } from 'lru-cache';
import type { AddresseeId } from '../domain/addressee.ts';
import { usableEmail } from '../domain/contact.ts';
import { contactsOf } from '../store/contacts.ts';
import type { Database } from '../store/database.ts';

const MINUTE = 60 * 1000;

/** Another process may import addresses at any time: this is how long it takes until they are used. */
const CHECKED_EVERY = MINUTE;
const MOST_COUNCILS = 1_000;

interface Needs {
  readonly db: Database;
  /** Addresses for councils that have none, in practice mode; null in a real campaign. */
  readonly madeUp: ((id: AddresseeId) => string) | null;
  readonly clock: () => Date;
}

/** The council's own email address, where the operator has imported one. */
export function councilContacts({ db, madeUp, clock }: Needs): (id: AddresseeId) => Promise<string | null> {
  const memory = new LRUCache<AddresseeId, { email: string | null; until: number }>({ max: MOST_COUNCILS });
  return async (id) => {
    const held = memory.get(id);
    if (held && clock().getTime() < held.until) return held.email;
    const email = usableEmail(await contactsOf(db, id)) ?? madeUp?.(id) ?? null;
    memory.set(id, { email, until: clock().getTime() + CHECKED_EVERY });
    return email;
  };
}
