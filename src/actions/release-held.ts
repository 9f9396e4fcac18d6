import { inTransaction, type Database } from '../store/database.ts';
import { deliveryById, moveDelivery } from '../store/deliveries.ts';
import { letterById } from '../store/letters.ts';
import { queueAgain } from '../store/outbox.ts';
import { endDelivery } from './note-handover.ts';
import { settleHeld } from './tell-of-held.ts';

/** A person has looked at a delivery that is held: it is tried again from the beginning, or goes back to its writer. False: it is not held. */
export function releaseHeld(db: Database, deliveryId: string, way: 'send' | 'return', now: Date): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const delivery = await deliveryById(tx, deliveryId);
    const letter = delivery && (await letterById(tx, delivery.letterId));
    if (delivery?.state !== 'held' || !letter) return false;
    await settleHeld(tx, delivery, now);
    if (way === 'return') return endDelivery(tx, letter, delivery, 'given up', { kind: 'not understood' }, now);
    if (!(await moveDelivery(tx, delivery, 'queued', now))) return false;
    await queueAgain(tx, { kind: 'letter', letterId: letter.id, deliveryId }, now);
    return true;
  });
}
