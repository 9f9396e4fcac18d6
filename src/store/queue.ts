import type { Waiting } from '../domain/queue.ts';
import type { Database } from './database.ts';

/** To count more would hold up a process on SQLite, and tell nobody more. */
const MOST_COUNTED = 50_000;

/** What waits in the outbox, by kind and by how it stands: of the longest queues only those that have been due longest. */
export async function waitingIn(db: Database, now: Date): Promise<readonly Waiting[]> {
  const at = now.getTime();
  const longestDue = db.sql
    .selectFrom('outbox')
    .select(['kind', 'dueAt', 'claimedUntil'])
    .where('settledAt', 'is', null)
    .orderBy('dueAt')
    .limit(MOST_COUNTED);
  const rows = await db.sql
    .selectFrom(longestDue.as('waiting'))
    .select((row) => [
      'kind',
      row
        .case()
        .when('claimedUntil', '>', at)
        .then('in hand' as const)
        .when('dueAt', '<=', at)
        .then('due' as const)
        .else('later' as const)
        .end()
        .as('stands'),
      row.fn.countAll<number>().as('total'),
      row.fn.min('dueAt').as('oldestDueAt'),
    ])
    .groupBy(['kind', 'stands'])
    .orderBy('kind')
    .orderBy('stands')
    .execute();
  return rows.map((row) => ({ ...row, oldestDueAt: new Date(row.oldestDueAt) }));
}

/** How many deliveries came to which state since then. */
export async function deliveriesSince(db: Database, since: Date): Promise<ReadonlyMap<string, number>> {
  const rows = await db.sql
    .selectFrom('deliveries')
    .select((row) => ['state', row.fn.countAll<number>().as('total')])
    .where('movedAt', '>=', since.getTime())
    .groupBy('state')
    .execute();
  return new Map(rows.map(({ state, total }) => [state, total]));
}
