import { setTimeout as wait } from 'node:timers/promises';
import { CAMPAIGN } from '../bench/processes.ts';
import { BOUNCES_WITHIN, type DeliveryState } from '../src/domain/delivery.ts';
import { closeDatabase, openDatabase, type Database } from '../src/store/database.ts';
import { sealer } from '../src/store/seal.ts';
import type { Fleet } from './fleet.ts';

const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 200;

/** Waits until nothing is left to send, starts one process when no letter can come back any more, and gives how many deliveries it leaves in which state. */
export async function settledStates(
  fleet: Pick<Fleet, 'stop' | 'startLater'>,
  where: { readonly databaseUrl: string | null; readonly file: string },
): Promise<Readonly<Record<string, number>>> {
  const db = await openDatabase({ ...where, sealer: sealer(CAMPAIGN.SECRET_KEY) });
  // One that was killed after the mail server's yes is sent again once its claim has run out.
  await untilNoneIs(db, ['queued', 'deferred']);
  await fleet.stop();
  await fleet.startLater(BOUNCES_WITHIN);
  const states = await untilNoneIs(db, ['handed over']);
  await closeDatabase(db);
  return states;
}

async function untilNoneIs(db: Database, passing: readonly DeliveryState[]): Promise<Record<string, number>> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const states = await statesIn(db);
    if (passing.every((state) => states[state] === undefined) || performance.now() > until) return states;
    await wait(LOOK_EVERY_MS);
  }
}

async function statesIn({ sql }: Database): Promise<Record<string, number>> {
  const rows = await sql
    .selectFrom('deliveries')
    .select(['state', ({ fn }) => fn.countAll<number>().as('total')])
    .groupBy('state')
    .execute();
  return Object.fromEntries(rows.map(({ state, total }) => [state, Number(total)]));
}
