import type { AddresseeId } from '../domain/addressee.ts';
import type { Letter } from '../domain/letter.ts';
import { personOf } from '../store/blind-indexes.ts';
import type { Database } from '../store/database.ts';
import type { Turn } from '../store/written.ts';

/** The turns of a letter's writer to write to these. */
export function turnsFor(db: Database, { campaignId, from }: Letter, readers: readonly AddresseeId[]): readonly Turn[] {
  const person = personOf(db, from.email);
  return readers.map((to) => ({ campaignId, person, to }));
}
