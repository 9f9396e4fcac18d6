import type { Database } from '../store/database.ts';
import { emptyLog } from '../store/empty-log.ts';
import { forgetOldLetters } from './forget-old-letters.ts';
import { settleDelivered } from './settle-delivered.ts';

/** What follows by the clock alone: done every hour, by one process. One that fails is complained of, and keeps none of the others from being done. */
export async function doChores(
  db: Database,
  now: Date,
  testing: boolean,
  complain: (cause: unknown) => void,
): Promise<void> {
  await settleDelivered(db, now, testing).catch(complain);
  await forgetOldLetters(db, now).catch(complain);
  await emptyLog(db).catch(complain);
}
