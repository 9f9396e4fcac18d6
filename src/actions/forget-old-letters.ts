import { CONFIRMATION_WINDOW, ONE_LETTER_EVERY } from '../domain/letter.ts';
import { ANSWER_KEPT, PERSON_KEPT, PRACTICE_MAIL_KEPT, REPORT_KEPT, TEXT_KEPT } from '../domain/retention.ts';
import { inTransaction, type Database } from '../store/database.ts';
import { expireUnconfirmed } from '../store/letters.ts';
import { forgetMails } from '../store/mailbox.ts';
import { forgetBefore } from '../store/remembered.ts';
import { forgetNotes } from '../store/reports.ts';
import { forgetPaces } from '../store/paces.ts';
import { scrub, scrubTexts } from '../store/scrub.ts';
import { forgetTurns } from '../store/written.ts';

/** How many letters expired unconfirmed, and of how many we forgot who wrote what. */
export interface Forgotten {
  readonly expired: number;
  readonly scrubbed: number;
}

/** Keeps our word about how long we keep things. What nobody confirmed in time expires and is scrubbed at once. */
export async function forgetOldLetters(db: Database, now: Date): Promise<Forgotten> {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  while ((await inTransaction(db, (tx) => scrubTexts(tx, ago(TEXT_KEPT)))) > 0);
  return inTransaction(db, async (tx) => {
    const expired = await expireUnconfirmed(tx, ago(CONFIRMATION_WINDOW), now);
    const scrubbed = await scrub(tx, ago(PERSON_KEPT));
    await forgetTurns(tx, ago(ONE_LETTER_EVERY));
    await forgetMails(tx, ago(PRACTICE_MAIL_KEPT));
    await forgetPaces(tx, now);
    await forgetNotes(tx, ago(REPORT_KEPT));
    await forgetBefore(tx, ago(ANSWER_KEPT));
    return { expired, scrubbed };
  });
}
