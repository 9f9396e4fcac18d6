import type { Gone } from '../domain/gone.ts';
import { confirm, ONE_LETTER_EVERY, type Letter, type LetterAddressee, type Refusal } from '../domain/letter.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { personOf } from '../store/blind-indexes.ts';
import { inTransaction, type Database } from '../store/database.ts';
import { insertDeliveries } from '../store/deliveries.ts';
import { holdLetter, letterById, letterStateById, moveLetter } from '../store/letters.ts';
import { enqueue } from '../store/outbox.ts';
import { claimTurn, giveTurnBack, lastWritten, type Turn } from '../store/written.ts';
import type { Links } from './links.ts';
import { firstGone, type WhoIsGone } from './who-is-gone.ts';

/** Somebody whom this letter is to has left office, or their office has ended, since it was written: it is not sent. */
export interface AddresseeGone {
  readonly gone: Gone;
  readonly letter: Letter;
}

/** `already-written`: the same person sent another letter to every one of its addressees within a month. */
export type ConfirmationProblem = Refusal | 'unknown-link' | 'already-written';

/** What the page behind a confirmation link shows. Looking changes nothing. */
export type ReviewLetter = (token: string) => Promise<Result<Review, ConfirmationProblem | AddresseeGone>>;

export interface Review {
  readonly letter: Letter;
  /** Whom it goes to. */
  readonly due: readonly LetterAddressee[];
  /** Those whom the same person wrote to within a month: this letter does not go to them. */
  readonly leftOut: readonly LetterAddressee[];
}

/** The supporter pressed the button. Gives the token of the status page, also when it was pressed before. */
export type ConfirmLetter = (
  token: string,
) => Promise<Result<{ statusToken: string }, Exclude<ConfirmationProblem, 'already-confirmed'> | AddresseeGone>>;

interface Needs {
  readonly db: Database;
  readonly links: Links;
  readonly newId: () => string;
  readonly whoIsGone: WhoIsGone;
  readonly clock: () => Date;
  /** Called once the deliveries are in the outbox. */
  readonly wake: () => void;
}

export function letterReviewer({
  db,
  links,
  whoIsGone,
  clock,
}: Pick<Needs, 'db' | 'links' | 'whoIsGone' | 'clock'>): ReviewLetter {
  return async (token) => {
    const letterId = links.letterIn('confirm', token);
    if (letterId === undefined) return err('unknown-link');
    const letter = await letterById(db, letterId);
    if (!letter) return err(await whyGone(db, letterId));
    const confirmed = confirm(letter, clock());
    if (!confirmed.ok) return confirmed;
    const gone = await firstGone(letter, whoIsGone);
    if (gone) return err({ gone, letter });
    const leftOut = await writtenLately(db, letter, clock());
    const due = letter.to.filter((addressee) => !leftOut.includes(addressee));
    return due.length === 0 ? err('already-written') : ok({ letter, due, leftOut });
  };
}

/** The letter becomes confirmed and its deliveries are queued, or neither. */
export function letterConfirmer({ db, links, newId, whoIsGone, clock, wake }: Needs): ConfirmLetter {
  return async (token) => {
    const letterId = links.letterIn('confirm', token);
    if (letterId === undefined) return err('unknown-link');
    const gone = await goneBefore(db, letterId, whoIsGone, clock());
    if (gone) return err(gone);

    const outcome = await inTransaction(db, async (tx) => {
      const letter = await holdLetter(tx, letterId);
      if (!letter) return err(await whyGone(tx, letterId));
      const confirmed = confirm(letter, clock());
      return confirmed.ok ? queueDeliveries(tx, letter, { newId, now: clock() }) : confirmed;
    });
    if (outcome.ok) wake();
    if (!outcome.ok && outcome.error !== 'already-confirmed') return err(outcome.error);
    return ok({ statusToken: links.tokenFor('status', letterId) });
  };
}

/** Asked outside the transaction, for it reads more than the letter; of a letter that could be confirmed, whom it no longer reaches. */
async function goneBefore(
  db: Database,
  letterId: string,
  whoIsGone: WhoIsGone,
  now: Date,
): Promise<AddresseeGone | undefined> {
  const letter = await letterById(db, letterId);
  if (!letter || !confirm(letter, now).ok) return undefined;
  const gone = await firstGone(letter, whoIsGone);
  return gone ? { gone, letter } : undefined;
}

async function queueDeliveries(
  tx: Database,
  letter: Letter,
  { newId, now }: { newId: () => string; now: Date },
): Promise<Result<Letter, 'already-written'>> {
  const due: LetterAddressee[] = [];
  for (const addressee of letter.to) if (await claimTurns(tx, letter, addressee, now)) due.push(addressee);
  if (due.length === 0) return err('already-written');
  if (!(await moveLetter(tx, letter, 'confirmed', now))) throw new Error('a letter moved while its row was ours');

  const deliveries = due.map(({ id, areaCode }) => ({
    id: newId(),
    letterId: letter.id,
    to: id,
    areaCode,
    state: 'queued' as const,
    movedAt: now,
  }));
  await insertDeliveries(tx, deliveries);
  for (const { id } of deliveries) await enqueue(tx, { kind: 'letter', letterId: letter.id, deliveryId: id }, now);
  return ok(letter);
}

/** The turn to write to everybody who reads a mailbox, or to none of them: whoever had a letter lately gets no second one. */
async function claimTurns(tx: Database, letter: Letter, addressee: LetterAddressee, now: Date): Promise<boolean> {
  const turns = turnsFor(tx, letter, addressee);
  const claimed: Turn[] = [];
  for (const turn of turns) if (await claimTurn(tx, turn, now, ONE_LETTER_EVERY)) claimed.push(turn);
  if (claimed.length === turns.length) return true;
  for (const turn of claimed) await giveTurnBack(tx, turn);
  return false;
}

function turnsFor(db: Database, { campaignId, from }: Letter, { id, sharing }: LetterAddressee): readonly Turn[] {
  const person = personOf(db, from.email);
  return [id, ...sharing].map((to) => ({ campaignId, person, to }));
}

/** What to say of a letter whose text is no longer here. */
async function whyGone(db: Database, letterId: string): Promise<Refusal | 'unknown-link'> {
  const state = await letterStateById(db, letterId);
  if (state === undefined || state === 'withdrawn') return 'unknown-link';
  return state === 'confirmed' ? 'already-confirmed' : 'link-expired';
}

/** The addressees of a letter to whom its writer wrote within a month, or to somebody who shares their mailbox. */
async function writtenLately(db: Database, letter: Letter, now: Date): Promise<readonly LetterAddressee[]> {
  const lately: LetterAddressee[] = [];
  for (const addressee of letter.to) {
    for (const turn of turnsFor(db, letter, addressee)) {
      const last = await lastWritten(db, turn);
      const tooSoon = last !== undefined && now.getTime() - last.getTime() < ONE_LETTER_EVERY;
      if (tooSoon && !lately.includes(addressee)) lately.push(addressee);
    }
  }
  return lately;
}
