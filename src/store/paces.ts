import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { Blind } from './seal.ts';

/** A turn that somebody asks for. */
export interface WantedTurn {
  readonly key: Blind;
  /** Milliseconds before whoever comes after under the same key. */
  readonly gapMs: number;
}

/**
 * Takes the next turn for each of these, one after the other under each key, also among several processes. Gives when each is: now, or later.
 */
export async function takeTurns(db: Database, wanted: readonly WantedTurn[], now: Date): Promise<readonly Date[]> {
  if (wanted.length === 0) return [];
  await carryOver(db, wanted, now);
  const at = now.getTime();
  const added = sql<number>`excluded.free_at - ${at}`;
  const taken = await db.sql
    .insertInto('paces')
    .values(rowsFor(wanted, at))
    .onConflict((clash) =>
      clash.column('key').doUpdateSet({
        freeAt: sql<number>`${freeFrom(at)} + ${added}`,
      }),
    )
    .returning(['key', 'freeAt'])
    .execute();
  return inTheirOrder(wanted, new Map(taken.map(({ key, freeAt }) => [key, freeAt])));
}

/** When the key of a row that is there already is free: then, or at once. */
export function freeFrom(at: number) {
  return sql<number>`case when paces.free_at > ${at} then paces.free_at else ${at} end`;
}

/** One for each key, with the gaps of all who want it; in one order for everybody, so that two processes never wait for each other. */
function rowsFor(wanted: readonly WantedTurn[], at: number) {
  return [...Map.groupBy(wanted, ({ key: [today] }) => today)]
    .map(([key, asking]) => ({ key, freeAt: asking.reduce((free, { gapMs }) => free + gapMs, at) }))
    .toSorted((one, other) => (one.key < other.key ? -1 : 1));
}

/** Counts back from when a key is free again: whoever asked last under it has the last turn. */
function inTheirOrder(wanted: readonly WantedTurn[], freeAt: Map<string, number>): readonly Date[] {
  return wanted
    .toReversed()
    .map(({ key: [today], gapMs }) => {
      const turn = (freeAt.get(today) ?? 0) - gapMs;
      freeAt.set(today, turn);
      return new Date(turn);
    })
    .toReversed();
}

/** Turns that were taken under older keys are over before any under today's. */
async function carryOver(db: Database, wanted: readonly WantedTurn[], now: Date): Promise<void> {
  const todays = new Map(wanted.flatMap(({ key: [today, ...before] }) => before.map((older) => [older, today])));
  if (todays.size === 0) return;
  const rows = await db.sql
    .selectFrom('paces')
    .selectAll()
    .where('key', 'in', [...todays.keys()])
    .where('freeAt', '>', now.getTime())
    .orderBy('key')
    .execute();
  for (const { key, freeAt } of rows)
    await db.sql
      .insertInto('paces')
      .values({ key: todays.get(key) ?? key, freeAt })
      .onConflict((clash) => clash.column('key').doUpdateSet({ freeAt }).where('paces.freeAt', '<', freeAt))
      .execute();
}

/** Forgets keys whose turn is long free. */
export async function forgetPaces(db: Database, before: Date): Promise<void> {
  await db.sql.deleteFrom('paces').where('freeAt', '<', before.getTime()).execute();
}
