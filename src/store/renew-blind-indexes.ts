import { fingerprintOf, personOf } from './blind-indexes.ts';
import type { Database } from './database.ts';
import { isKept, letterById } from './letters.ts';
import { renewTurns } from './written.ts';

/** Makes the blind indexes of a letter anew under today's key, and those of its writer's turns. Belongs into the transaction that seals it anew. */
export async function renewBlindIndexes(tx: Database, letterId: string): Promise<void> {
  const letter = await letterById(tx, letterId);
  if (!letter) return;
  const person = personOf(tx, letter.from.email);
  await tx.sql.updateTable('letters').set({ person: person[0] }).where('id', '=', letterId).execute();
  await renewTurns(tx, person);

  const [today] = fingerprintOf(tx, letter);
  // A process that still had the old key may have taken the same letter meanwhile: one of the two keeps the fingerprint.
  const fingerprint = (await isKept(tx, [today])) ? null : today;
  await tx.sql
    .updateTable('letters')
    .set({ fingerprint })
    .where('id', '=', letterId)
    .where('fingerprint', 'is not', null)
    .execute();
}
