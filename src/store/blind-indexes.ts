import type { Letter } from '../domain/letter.ts';
import type { Database } from './handle.ts';
import type { Blind } from './seal.ts';

/** Blind index of a supporter: the same for the same mailbox, however it is typed, and nothing can be read from it. */
export function personOf(db: Database, email: string): Blind {
  return db.sealer.blinds('person', email.trim().toLowerCase());
}

/** The key under which mails are counted that strangers may cause to one mailbox; it leads to no letter. */
export function confirmationsTo(db: Database, email: string): Blind {
  return db.sealer.blinds('pace', `confirmations:${email.trim().toLowerCase()}`);
}

/** The same for the same letter handed over twice: by a button pressed twice, or a page loaded again. */
export function fingerprintOf(
  db: Database,
  { campaignId, from, to, subject, body }: Pick<Letter, 'campaignId' | 'from' | 'to' | 'subject' | 'body'>,
): Blind {
  const said = [campaignId, from.email.toLowerCase(), to.map(({ id }) => id), subject, body];
  return db.sealer.blinds('letter', JSON.stringify(said));
}
