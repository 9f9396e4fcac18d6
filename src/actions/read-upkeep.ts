import { RETURNS_COUNTED_FOR, type Upkeep } from '../domain/upkeep.ts';
import type { Database } from '../store/database.ts';
import { heldNow, listsByStanding, returnedSince } from '../store/upkeep.ts';
import { nowAndThen } from './now-and-then.ts';
import { lastWholeRound } from './refresh-mps.ts';

const HELD_MS = 10 * 60_000;

/** Reads how things are kept up for whoever asks all the time. */
export function upkeepReader(db: Database, clock: () => Date): () => Promise<Upkeep> {
  const read = async (now: Date) => ({
    held: await heldNow(db),
    returned: await returnedSince(db, new Date(now.getTime() - RETURNS_COUNTED_FOR)),
    lists: await listsByStanding(db),
    seatsHeardAt: await lastWholeRound(db),
  });
  return nowAndThen(read, HELD_MS, clock);
}
