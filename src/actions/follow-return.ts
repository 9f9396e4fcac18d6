import { canMoveDelivery, type Delivery } from '../domain/delivery.ts';
import type { NotedReturn } from '../domain/returned-mail.ts';
import type { Database } from '../store/database.ts';
import { moveDelivery } from '../store/deliveries.ts';
import { letterById } from '../store/letters.ts';
import { endDelivery, tellOfHeld } from './note-handover.ts';

/**
 * What a mail that came back makes of its delivery. Where a server has given up, for good or for now, the letter has not arrived: it goes back to its
 * writer, or is only counted, where its writer has been forgotten. What a person has to look at is told to the organisers, and the delivery stays as it
 * is. Belongs into the transaction that notes the mail.
 */
export async function followReturn(tx: Database, delivery: Delivery, noted: NotedReturn): Promise<void> {
  const { kind, judgement, reason, detail, at } = noted;
  if (judgement === null || !canMoveDelivery(delivery.state, 'bounced')) return;
  if (judgement === 'held') return tellOfHeld(tx, delivery, { cameBack: kind }, at);
  const letter = await letterById(tx, delivery.letterId);
  const why = { kind: reason ?? undefined };
  // What a server says may name whoever has been forgotten.
  if (!letter) return void (await moveDelivery(tx, delivery, 'bounced', at, why));
  await endDelivery(tx, letter, delivery, 'bounced', { ...why, reason: detail ?? undefined }, at);
}
