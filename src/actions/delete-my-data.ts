import { canMoveDelivery } from '../domain/delivery.ts';
import { readersOf } from '../domain/letter.ts';
import { inTransaction, type Database } from '../store/database.ts';
import { holdDeliveriesOf, moveDelivery } from '../store/deliveries.ts';
import { holdLetter, moveLetter } from '../store/letters.ts';
import { scrubLetter } from '../store/scrub.ts';
import { giveTurnBack } from '../store/written.ts';
import type { Links } from './links.ts';
import { settleHeld } from './tell-of-held.ts';
import { turnsFor } from './turns.ts';

/** Deletes what we keep of a letter and its writer, by the link of its status page; what still waits is not sent. False: there is nothing. */
export type DeleteMyData = (statusToken: string) => Promise<boolean>;

interface Needs {
  readonly db: Database;
  readonly links: Links;
  readonly clock: () => Date;
}

/** Works at any time. What is in somebody's inbox already cannot be called back. */
export function dataDeleter({ db, links, clock }: Needs): DeleteMyData {
  return async (statusToken) => {
    const id = links.letterIn('status', statusToken);
    if (id === undefined) return false;
    return inTransaction(db, (tx) => forgetOneLetter(tx, id, clock()));
  };
}

/** Everything that is kept of one letter's writer and text; its deliveries that wait are withdrawn. Belongs into a transaction. */
export async function forgetOneLetter(tx: Database, id: string, now: Date): Promise<boolean> {
  const letter = await holdLetter(tx, id);
  if (!letter) return false;
  if (letter.state === 'awaiting confirmation') await moveLetter(tx, letter, 'withdrawn', now);
  for (const delivery of await holdDeliveriesOf(tx, id)) {
    if (canMoveDelivery(delivery.state, 'withdrawn')) await moveDelivery(tx, delivery, 'withdrawn', now);
    if (delivery.state === 'held') await settleHeld(tx, delivery, now);
  }
  for (const turn of turnsFor(tx, letter, readersOf(letter))) await giveTurnBack(tx, turn);
  await scrubLetter(tx, id);
  return true;
}
