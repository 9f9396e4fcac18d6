import type { Database } from '../store/database.ts';
import { emptyLog } from '../store/empty-log.ts';
import { forgetOldLetters } from './forget-old-letters.ts';
import { settleDelivered } from './settle-delivered.ts';

/** What follows by the clock alone: done at the start and then every hour. */
export async function doChores(db: Database, now: Date, testing: boolean): Promise<void> {
  await settleDelivered(db, now, testing);
  await forgetOldLetters(db, now);
  await emptyLog(db);
}
