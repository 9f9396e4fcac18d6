import { inTransaction, type Database } from '../store/database.ts';
import { forgetAllowance } from '../store/allowances.ts';
import { confirmationsTo, personOf } from '../store/blind-indexes.ts';
import { emptyLog } from '../store/empty-log.ts';
import { letterIdsOf } from '../store/letters.ts';
import { forgetMailsOf } from '../store/mailbox.ts';
import { forgetNotesNaming } from '../store/reports.ts';
import { forgetTurnsOf } from '../store/written.ts';
import { forgetOneLetter } from './delete-my-data.ts';

/** How much of it there was. */
export interface ForgottenPerson {
  readonly letters: number;
  readonly turns: number;
  /** Of the practice mailbox, to or from them. */
  readonly mails: number;
  /** Notes about contacts in which their address stands. */
  readonly notes: number;
}

/** Forgets everything about whoever has this email address, however it is written and under whichever key it was kept; what waits is not sent. */
export async function forgetPerson(db: Database, email: string, now: Date): Promise<ForgottenPerson> {
  const person = personOf(db, email);
  const turns = await forgetTurnsOf(db, person);
  await forgetAllowance(db, confirmationsTo(db, email));
  let letters = 0;
  for (const id of await letterIdsOf(db, person))
    if (await inTransaction(db, (tx) => forgetOneLetter(tx, id, now))) letters++;
  const address = email.trim().toLowerCase();
  const mails = await forgetMailsOf(db, address);
  const notes = await forgetNotesNaming(db, address);
  await emptyLog(db);
  return { letters, turns, mails, notes };
}
