import { BOUNCES_COUNTED_FOR, underRestraints, type QueueReading } from '../domain/queue.ts';
import type { HoursOfTheDay } from '../domain/sending-hours.ts';
import type { Database } from '../store/database.ts';
import { resumedAt } from '../store/pauses.ts';
import { deliveriesSince, waitingIn } from '../store/queue.ts';
import { nowAndThen } from './now-and-then.ts';

interface Needs {
  readonly db: Database;
  /** In which letters go; null: around the clock. */
  readonly hours: HoursOfTheDay | null;
  readonly clock: () => Date;
}

export async function readQueue({ clock, ...needs }: Needs): Promise<QueueReading> {
  return { waiting: await waiting(needs, clock()), deliveries: await deliveriesOfWeek(needs.db, clock()) };
}

/** However often somebody asks, the outbox is not counted more often than so. */
const WAITING_HELD_MS = 15_000;
/** All deliveries of a week are looked through for it. */
const DELIVERIES_HELD_MS = 10 * 60_000;

/** Reads the queue for whoever asks all the time. */
export function queueReader({ clock, ...needs }: Needs): () => Promise<QueueReading> {
  const lately = nowAndThen((now) => waiting(needs, now), WAITING_HELD_MS, clock);
  const deliveries = nowAndThen((now) => deliveriesOfWeek(needs.db, now), DELIVERIES_HELD_MS, clock);
  return async () => ({ waiting: await lately(), deliveries: await deliveries() });
}

async function waiting({ db, hours }: Omit<Needs, 'clock'>, now: Date): Promise<QueueReading['waiting']> {
  const restraints = { hours, resumedAt: await resumedAt(db) };
  return (await waitingIn(db, now)).map((one) => underRestraints(one, restraints, now));
}

function deliveriesOfWeek(db: Database, now: Date): Promise<QueueReading['deliveries']> {
  return deliveriesSince(db, new Date(now.getTime() - BOUNCES_COUNTED_FOR));
}
