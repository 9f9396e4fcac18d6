import { sql } from 'kysely';
import { expect } from 'vitest';
import { closeDatabase, inTransaction, type Database } from '../src/store/database.ts';
import type { TestStore } from './builders.ts';

/**
 * Two transactions on one PostgreSQL database that come at one moment: `first` has done its part, and ends only once `second` waits for it.
 * Gives what `second` came to.
 */
export async function atOneMoment<T>(
  store: TestStore,
  first: (tx: Database) => Promise<unknown>,
  second: (tx: Database) => Promise<T>,
): Promise<T> {
  const other = await store.openAgain();
  try {
    let outcome: Promise<T> | undefined;
    await inTransaction(store.db, async (tx) => {
      await first(tx);
      outcome = inTransaction(other, second);
      await expect.poll(() => waitingFor(store.db), { timeout: 10_000 }).toBeGreaterThan(0);
    });
    return await outcome!;
  } finally {
    await closeDatabase(other);
  }
}

/** How many wait for what another transaction holds. */
export async function waitingFor({ sql: db }: Database): Promise<number> {
  const { rows } = await sql`
    select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
  return rows.length;
}
