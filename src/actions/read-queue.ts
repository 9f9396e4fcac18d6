import { BOUNCES_COUNTED_FOR, type QueueReading } from '../domain/queue.ts';
import type { Database } from '../store/database.ts';
import { deliveriesSince, waitingIn } from '../store/queue.ts';

export async function readQueue(db: Database, now: Date): Promise<QueueReading> {
  return { waiting: await waitingIn(db, now), deliveries: await deliveriesOfWeek(db, now) };
}

/** However often somebody asks, the outbox is not counted more often than so. */
const WAITING_HELD_MS = 15_000;
/** All deliveries there ever were are looked through for it. */
const DELIVERIES_HELD_MS = 10 * 60_000;

/** Reads the queue for whoever asks all the time. */
export function queueReader(db: Database, clock: () => Date): () => Promise<QueueReading> {
  const waiting = held((now) => waitingIn(db, now), WAITING_HELD_MS, clock);
  const deliveries = held((now) => deliveriesOfWeek(db, now), DELIVERIES_HELD_MS, clock);
  return async () => ({ waiting: await waiting(), deliveries: await deliveries() });
}

function deliveriesOfWeek(db: Database, now: Date): Promise<QueueReading['deliveries']> {
  return deliveriesSince(db, new Date(now.getTime() - BOUNCES_COUNTED_FOR));
}

function held<T>(read: (now: Date) => Promise<T>, forMs: number, clock: () => Date): () => Promise<T> {
  let last: { readonly answer: T; readonly until: number } | undefined;
  return async () => {
    if (last && clock().getTime() < last.until) return last.answer;
    const now = clock();
    last = { answer: await read(now), until: now.getTime() + forMs };
    return last.answer;
  };
}
