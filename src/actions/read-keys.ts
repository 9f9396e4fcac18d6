import { mayBeDropped, type KeyUse, type Remainder } from '../domain/key-status.ts';
import type { Database } from '../store/database.ts';
import { keptLettersBefore } from '../store/letters.ts';
import { countByKey, SEALED_COLUMNS } from '../store/sealed-columns.ts';
import { firstUses } from '../store/secret-keys.ts';
import { turnsBefore } from '../store/written.ts';

/** A key of the settings, or one under which something is sealed all the same. */
export interface KeyStatus extends KeyUse {
  /** `unknown`: it is not in the settings, and what is sealed with it cannot be opened. */
  readonly place: 'today' | 'before' | 'unknown';
  /** Since when the key that came after it has been in use; null for today's and for those unknown, and where that has not begun. */
  readonly followedSince: Date | null;
  readonly left: Remainder;
  readonly mayBeDropped: boolean;
}

/** Every key there is: today's, those before it, the latest first, then the unknown. */
export async function readKeys(db: Database): Promise<readonly KeyStatus[]> {
  const known = db.sealer.keyIds;
  const sealed = await sealedByKey(db);
  const uses = await firstUses(db);
  const useOf = (id: string): KeyUse => ({ id, sealed: sealed.get(id) ?? 0, since: uses.get(id) ?? null });

  const unknown = [...sealed.keys()].filter((id) => !known.includes(id)).toSorted();
  return Promise.all([
    ...known.map((id, at) => statusOf(db, useOf(id), at === 0 ? null : useOf(known[at - 1] ?? ''))),
    ...unknown.map((id) => ({ ...useOf(id), ...NO_PART, place: 'unknown' as const })),
  ]);
}

const NO_PART = { followedSince: null, left: { letters: 0, turns: 0 }, mayBeDropped: false } as const;

const DAY = 24 * 60 * 60 * 1000;

/** Until then a process that has not been started anew may still have signed links with the key before. */
const ALL_STARTED_ANEW = DAY;

async function statusOf(db: Database, use: KeyUse, next: KeyUse | null): Promise<KeyStatus> {
  if (!next) return { ...use, ...NO_PART, place: 'today' };
  const { since } = next;
  if (!since) return { ...use, ...NO_PART, place: 'before' };
  const then = new Date(since.getTime() + ALL_STARTED_ANEW);
  const left = { letters: await keptLettersBefore(db, then), turns: await turnsBefore(db, then) };
  return { ...use, place: 'before', followedSince: since, left, mayBeDropped: mayBeDropped(use, next, left) };
}

async function sealedByKey(db: Database): Promise<ReadonlyMap<string, number>> {
  const all = new Map<string, number>();
  for (const column of SEALED_COLUMNS)
    for (const [id, total] of await countByKey(db, column)) all.set(id, (all.get(id) ?? 0) + total);
  return all;
}
