import { BOUNCES_COUNTED_FOR, type QueueReading } from '../domain/queue.ts';
import type { Database } from '../store/database.ts';
import { deliveriesSince, waitingIn } from '../store/queue.ts';

export async function readQueue(db: Database, now: Date): Promise<QueueReading> {
  const weekAgo = new Date(now.getTime() - BOUNCES_COUNTED_FOR);
  return { waiting: await waitingIn(db, now), deliveries: await deliveriesSince(db, weekAgo) };
}
