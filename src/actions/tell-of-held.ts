import { areaCodeIn } from '../domain/addressee.ts';
import type { Delivery } from '../domain/delivery.ts';
import type { Notice } from '../domain/notice.ts';
import type { Database } from '../store/database.ts';
import { raiseNotice, settleNotices } from '../store/notices.ts';

/** Has a person look at a delivery; `more` says what made it strange. */
export async function tellOfHeld(tx: Database, delivery: Delivery, more: Notice['detail'], now: Date): Promise<void> {
  await raiseNotice(tx, heldNotice(delivery, more), now);
}

/** A person has decided about a delivery that was held, or it is no more. */
export function settleHeld(tx: Database, delivery: Delivery, now: Date): Promise<void> {
  return settleNotices(tx, heldNotice(delivery), now);
}

function heldNotice({ id, to }: Delivery, more: Notice['detail'] = {}): Notice {
  return { kind: 'delivery held', areaCode: areaCodeIn(to), addresseeId: to, detail: { delivery: id, ...more } };
}
