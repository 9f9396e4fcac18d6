import type { ExpressionBuilder } from 'kysely';
import type { AddresseeId } from '../domain/addressee.ts';
import type { PauseScope } from '../domain/pause.ts';
import type { Waiting } from '../domain/queue.ts';
import type { Database } from './database.ts';
import { pausesOn, type Pause } from './pauses.ts';
import type { Schema } from './schema.ts';

/** To count more would hold up a process on SQLite, and tell nobody more. */
const MOST_COUNTED = 50_000;

/** What waits in the outbox, by kind and by how it stands: of the longest queues only those that have been due longest. */
export async function waitingIn(db: Database, now: Date): Promise<readonly Waiting[]> {
  const at = now.getTime();
  const longestDue = db.sql
    .selectFrom('outbox')
    .select(['kind', 'dueAt', 'claimedUntil'])
    .select(pausedAmong(await pausesOn(db)))
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
        .when('dueAt', '>', at)
        .then('later' as const)
        .when('paused', '=', 1)
        .then('paused' as const)
        .else('due' as const)
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

/** 1 for a mail that waits for a person to let sending go on: `isPaused`, said in SQL. */
function pausedAmong(pauses: readonly Pause[]) {
  const scopes = pauses.map(({ scope }) => scope);
  const campaigns = namedIn(scopes, 'campaign:');
  const addressees = namedIn(scopes, 'to:') as AddresseeId[];
  return (is: ExpressionBuilder<Schema, 'outbox'>) => {
    const ofCampaign = is
      .selectFrom('letters')
      .select('id')
      .whereRef('letters.id', '=', 'outbox.letterId')
      .where('campaignId', 'in', campaigns);
    const toAddressee = is
      .selectFrom('deliveries')
      .select('id')
      .whereRef('deliveries.id', '=', 'outbox.deliveryId')
      .where('addresseeId', 'in', addressees);
    const paused = is.or([
      is.lit(scopes.includes('everything')),
      ...(campaigns.length > 0 ? [is.exists(ofCampaign)] : []),
      ...(addressees.length > 0 ? [is('kind', '=', 'letter').and(is.exists(toAddressee))] : []),
    ]);
    return is.case().when(paused).then(1).else(0).end().as('paused');
  };
}

function namedIn(scopes: readonly PauseScope[], start: string): string[] {
  return scopes.filter((scope) => scope.startsWith(start)).map((scope) => scope.slice(start.length));
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
