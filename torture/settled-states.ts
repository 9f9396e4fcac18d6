import { setTimeout as wait } from 'node:timers/promises';
import { CAMPAIGN } from '../bench/processes.ts';
import { BOUNCES_WITHIN } from '../src/domain/delivery.ts';
import { closeDatabase, openDatabase, type Database } from '../src/store/database.ts';
import { sealer } from '../src/store/seal.ts';
import type { Fleet } from './fleet.ts';

const PATIENCE_MS = 30_000;

/** Starts one process when no letter can come back any more, and gives how many deliveries it leaves in which state. */
export async function settledStates(
  fleet: Pick<Fleet, 'startLater'>,
  where: { readonly databaseUrl: string | null; readonly file: string },
): Promise<Record<string, number>> {
  await fleet.startLater(BOUNCES_WITHIN);
  const db = await openDatabase({ ...where, sealer: sealer(CAMPAIGN.SECRET_KEY) });
  const until = performance.now() + PATIENCE_MS;
  let states = await statesIn(db);
  while (states['handed over'] !== undefined && performance.now() < until) {
    await wait(200);
    states = await statesIn(db);
  }
  await closeDatabase(db);
  return states;
}

async function statesIn({ sql }: Database): Promise<Record<string, number>> {
  const rows = await sql
    .selectFrom('deliveries')
    .select(['state', ({ fn }) => fn.countAll<number>().as('total')])
    .groupBy('state')
    .execute();
  return Object.fromEntries(rows.map(({ state, total }) => [state, Number(total)]));
}
