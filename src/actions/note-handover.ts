import { isUndelivered, type Delivery, type DeliveryState, type Handover } from '../domain/delivery.ts';
import { areaCodeIn } from '../domain/addressee.ts';
import { readersOfCopy, type Letter } from '../domain/letter.ts';
import { condemnsAddress } from '../domain/mail-reason.ts';
import { nextAttempt } from '../domain/retries.ts';
import { personOf } from '../store/blind-indexes.ts';
import { inTransaction, type Database } from '../store/database.ts';
import { moveDelivery, type Why } from '../store/deliveries.ts';
import { logEntry } from '../store/letter-log.ts';
import { raiseNotice } from '../store/notices.ts';
import { enqueue, postpone, settle, type OutboxItem } from '../store/outbox.ts';
import { giveTurnBack } from '../store/written.ts';
import { noteContact } from './note-contact.ts';

interface Needs {
  readonly db: Database;
  readonly testing: boolean;
  readonly chance: () => number;
  readonly clock: () => Date;
}

interface Matter {
  readonly letter: Letter;
  readonly delivery: Delivery | undefined;
}

type Ending = 'accepted' | 'refused' | 'given up' | 'held';

/** What is kept of an attempt: the mail waits for the next one, or has come to its end, and its delivery with it. */
export async function noteHandover(
  { db, testing, chance, clock }: Needs,
  item: OutboxItem,
  matter: Matter,
  handover: Handover,
): Promise<void> {
  const now = clock();
  const retryAt = willBeTriedAgain(item, handover) ? nextAttempt(item, now, chance()) : null;
  await inTransaction(db, async (tx) => {
    if (retryAt) {
      await noteDeferral(tx, item, matter, handover, now);
      return postpone(tx, item.id, retryAt);
    }
    const ending = ENDINGS[handover.outcome];
    const delivery = item.mail.kind === 'letter' ? matter.delivery : undefined;
    if (delivery) {
      await endDelivery(tx, matter.letter, delivery, DELIVERY_AFTER[ending], whyOf(handover), now);
      if (ending === 'refused' && !testing && isAboutTheAddress(handover))
        await noteRefusal(tx, matter.letter, delivery, now);
    }
    await settle(tx, item.id, ending, now);
  });
}

/** Only a letter to somebody else is worth a person's look. */
function willBeTriedAgain({ mail }: OutboxItem, { outcome }: Handover): boolean {
  return outcome === 'try later' || (outcome === 'not understood' && mail.kind !== 'letter');
}

const ENDINGS = {
  accepted: 'accepted',
  'try later': 'given up',
  refused: 'refused',
  'not understood': 'held',
} as const satisfies Record<Handover['outcome'], Ending>;

const DELIVERY_AFTER = {
  accepted: 'handed over',
  refused: 'refused',
  'given up': 'given up',
  held: 'held',
} as const satisfies Record<Ending, DeliveryState>;

async function noteDeferral(
  tx: Database,
  { mail }: OutboxItem,
  { delivery }: Matter,
  handover: Handover,
  now: Date,
): Promise<void> {
  if (mail.kind !== 'letter' || !delivery) return;
  if (delivery.state === 'queued') return void (await moveDelivery(tx, delivery, 'deferred', now, whyOf(handover)));
  const { letterId, id: deliveryId, state } = delivery;
  await logEntry(tx, { letterId, deliveryId, at: now, state, why: whyOf(handover).kind ?? null });
}

/** A letter that did not arrive goes back to its writer, with the text and the turn to write again; one that is held, to a person's eyes. */
export async function endDelivery(
  tx: Database,
  letter: Letter,
  delivery: Delivery,
  state: DeliveryState,
  why: Why,
  now: Date,
): Promise<boolean> {
  const from = state === 'given up' && delivery.state === 'queued' ? await asDeferred(tx, delivery, now) : delivery;
  if (!(await moveDelivery(tx, from, state, now, why))) return false;
  const { id, letterId, to } = delivery;
  if (state === 'held') {
    const notice = {
      kind: 'delivery held',
      areaCode: areaCodeIn(to),
      addresseeId: to,
      detail: { delivery: id },
    } as const;
    await raiseNotice(tx, notice, now);
  }
  if (!isUndelivered(state)) return true;
  const person = personOf(tx, letter.from.email);
  for (const reader of readersOfCopy(letter, delivery.to))
    await giveTurnBack(tx, { campaignId: letter.campaignId, person, to: reader });
  await enqueue(tx, { kind: 'not delivered', letterId, deliveryId: id }, now);
  return true;
}

/** A mail that ended two days after its first try without a word in between was put off all the same. */
async function asDeferred(tx: Database, delivery: Delivery, now: Date): Promise<Delivery> {
  await moveDelivery(tx, delivery, 'deferred', now);
  return { ...delivery, state: 'deferred' };
}

/** A refusal is kept with the address it was about. That a server could not be reached says nothing of the address. */
async function noteRefusal(tx: Database, letter: Letter, delivery: Delivery, now: Date): Promise<void> {
  const addressee = letter.to.find(({ id }) => id === delivery.to);
  for (const id of readersOfCopy(letter, delivery.to))
    if (addressee) await noteContact(tx, id, addressee.email, 'refused', now);
}

function whyOf(handover: Handover): Why {
  return handover.outcome === 'accepted' ? {} : { reason: handover.reason, kind: handover.why };
}

/** That a letter was too big, or looked like spam, says nothing of the address. */
function isAboutTheAddress(handover: Handover): boolean {
  return handover.outcome !== 'accepted' && handover.why !== undefined && condemnsAddress(handover.why);
}
