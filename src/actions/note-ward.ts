import { LRUCache } from 'lru-cache';
import type { Database } from '../store/database.ts';
import { noteWard, type SeenWard } from '../store/wards.ts';
import { inPassing } from './in-passing.ts';

const DAY = 24 * 60 * 60 * 1000;
const MOST_WARDS = 10_000; // the United Kingdom has some 9,500, with its divisions

/** Keeps which wards people ask for, so that the operator sees which of them lead to nobody: once a day each, not at every look. */
export function wardNoter(
  db: Database,
  complain: (event: string, detail: string) => void,
  clock: () => Date,
): (ward: SeenWard) => Promise<void> {
  const noted = new LRUCache<string, { name: string; until: number }>({ max: MOST_WARDS });
  return async (ward) => {
    const last = noted.get(ward.code);
    if (last && last.name === ward.name && clock().getTime() < last.until) return;
    await inPassing(() => noteWard(db, ward, clock()), complain);
    noted.set(ward.code, { name: ward.name, until: clock().getTime() + DAY });
  };
}
