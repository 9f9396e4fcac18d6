import { areaCodeIn } from '../domain/addressee.ts';
import { canMoveDelivery, type Delivery } from '../domain/delivery.ts';
import type { NotedReturn } from '../domain/returned-mail.ts';
import type { Database } from '../store/database.ts';
import { letterById } from '../store/letters.ts';
import { raiseNotice } from '../store/notices.ts';
import { endDelivery } from './note-handover.ts';

/**
 * What a mail that came back makes of its delivery. Where a server has given up, for good or for now, the letter has not arrived: it goes back to its
 * writer. What a person has to look at is told to the organisers, and the delivery stays as it is. Belongs into the transaction that notes the mail.
 */
export async function followReturn(tx: Database, delivery: Delivery, noted: NotedReturn): Promise<void> {
  const { kind, judgement, reason, detail, at } = noted;
  if (judgement === null || !canMoveDelivery(delivery.state, 'bounced')) return;
  if (judgement === 'held') {
    const { id, to } = delivery;
    const about = { kind: 'delivery held', areaCode: areaCodeIn(to), addresseeId: to } as const;
    await raiseNotice(tx, { ...about, detail: { delivery: id, cameBack: kind } }, at);
    return;
  }
  const letter = await letterById(tx, delivery.letterId);
  const why = { reason: detail ?? undefined, kind: reason ?? undefined };
  if (letter) await endDelivery(tx, letter, delivery, 'bounced', why, at);
}
