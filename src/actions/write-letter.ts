import type { Addressees } from '../domain/chosen-addressees.ts';
import { signed, type Draft, type DraftCopy } from '../domain/draft.ts';
import { REMINDER_AFTER, type Letter, type LetterAddressee } from '../domain/letter.ts';
import { shareInOwnWords } from '../domain/originality.js';
import type { Place } from '../domain/place.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { signature, type Supporter } from '../domain/supporter.ts';
import type { Database } from '../store/database.ts';
import { inTransaction } from '../store/database.ts';
import { takeAllowance } from '../store/allowances.ts';
import { confirmationsTo, fingerprintOf, personOf } from '../store/blind-indexes.ts';
import { insertLetter, isKept, lettersByPersonSince } from '../store/letters.ts';
import { enqueue } from '../store/outbox.ts';
import type { DraftLetter } from './draft-letter.ts';
import type { Links } from './links.ts';

/** A checked form: what a supporter hands over. */
export interface HandedOver {
  readonly place: Place;
  /** Those without an email address are left out: their page says so, and how to reach them. */
  readonly to: Addressees;
  readonly from: Supporter;
  readonly subject: string;
  /** As edited, unsigned; to several without the openings, which are each one's own. */
  readonly body: string;
  readonly wantsNews: boolean;
}

export type WritingProblem = 'not-reachable' | 'already-handed-over' | 'too-many-for-this-mailbox';

/** Keeps a letter until its writer confirms it, and queues the confirmation mail. Gives the token of its status page. */
export type WriteLetter = (handedOver: HandedOver) => Promise<Result<{ statusToken: string }, WritingProblem>>;

interface Needs {
  readonly db: Database;
  readonly campaignId: string;
  readonly draftLetter: DraftLetter;
  readonly links: Links;
  readonly newId: () => string;
  readonly clock: () => Date;
  /** Called once the confirmation is in the outbox. */
  readonly wake: () => void;
  /** Whether one mailbox may get any number of confirmation mails; for rehearsals. */
  readonly unlimited: boolean;
}

const DAY = 24 * 60 * 60 * 1000;

/** A stranger may have typed somebody else's address: this is all the mail they can cause in a day… */
export const CONFIRMATIONS_A_DAY = 5;

/** …also where they delete what they wrote, or its reader says that it was not them: then no letter tells any more. */
const ALLOWANCE = { most: CONFIRMATIONS_A_DAY, withinMs: DAY };

export function letterWriter({
  db,
  campaignId,
  draftLetter,
  links,
  newId,
  clock,
  wake,
  unlimited,
}: Needs): WriteLetter {
  return async (handedOver) => {
    const draft = draftLetter(handedOver.place, handedOver.to);
    const to = draft.copies.flatMap(reachedByMail);
    if (to.length === 0) return err('not-reachable');

    const now = clock();
    const letter = letterFrom(handedOver, { to, draft, id: newId(), campaignId, now });
    const person = personOf(db, letter.from.email);
    const fingerprint = fingerprintOf(db, letter);

    const written = await inTransaction(db, async (tx) => {
      if (await isKept(tx, fingerprint)) return err('already-handed-over' as const);
      if (!unlimited && !(await mayCauseMail(tx, letter))) return err('too-many-for-this-mailbox' as const);
      const kept = { person: person[0], fingerprint: fingerprint[0] };
      if (!(await insertLetter(tx, letter, kept))) return err('already-handed-over' as const);
      await enqueue(tx, { kind: 'confirmation', letterId: letter.id }, now);
      await enqueue(tx, { kind: 'reminder', letterId: letter.id }, new Date(now.getTime() + REMINDER_AFTER));
      return ok({ statusToken: links.tokenFor('status', letter.id) });
    });
    if (written.ok) wake();
    return written;
  };
}

async function mayCauseMail(tx: Database, { from: { email }, writtenAt }: Letter): Promise<boolean> {
  const today = await lettersByPersonSince(tx, personOf(tx, email), new Date(writtenAt.getTime() - DAY));
  return today < CONFIRMATIONS_A_DAY && (await takeAllowance(tx, confirmationsTo(tx, email), ALLOWANCE, writtenAt));
}

function reachedByMail({ to, sharing, opening }: DraftCopy): LetterAddressee[] {
  const { id, kind, name, office, contact, areaCode, vacant } = to;
  if (contact.by !== 'email' || vacant || name === null) return [];
  return [{ id, kind, name, office, email: contact.email, areaCode, opening, sharing }];
}

interface Circumstances {
  readonly to: readonly LetterAddressee[];
  readonly draft: Draft;
  readonly id: string;
  readonly campaignId: string;
  readonly now: Date;
}

function letterFrom(handedOver: HandedOver, { to, draft, id, campaignId, now }: Circumstances): Letter {
  const { place, from, subject, body, wantsNews } = handedOver;
  return {
    id,
    campaignId,
    state: 'awaiting confirmation',
    writtenAt: now,
    from,
    to,
    place,
    subject,
    body: signed(body, signature(from)),
    templateId: draft.templateId,
    ownWords: Math.round(shareInOwnWords(body, draft.body) * 100),
    wantsNews,
  };
}
