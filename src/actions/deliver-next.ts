import {
  isUndelivered,
  nextAttempt,
  type Delivery,
  type DeliveryState,
  type Handover,
  type Mail,
} from '../domain/delivery.ts';
import type { Letter } from '../domain/letter.ts';
import type { Message, SendMail } from '../mail/message.ts';
import { inTransaction, type Database } from '../store/database.ts';
import { deliveryById, moveDelivery } from '../store/deliveries.ts';
import { letterById } from '../store/letters.ts';
import { claimNext, enqueue, postpone, settle, type OutboxItem } from '../store/outbox.ts';
import type { WhoIsGone } from './who-is-gone.ts';
import { giveTurnBack } from '../store/written.ts';
import { noteContact } from './note-contact.ts';
import { personOf } from './write-letter.ts';

interface Needs {
  readonly db: Database;
  /** The delivery is undefined for a confirmation. */
  readonly compose: (mail: Mail, letter: Letter, delivery: Delivery | undefined) => Message;
  readonly send: SendMail;
  readonly whoIsGone: WhoIsGone;
  readonly clock: () => Date;
}

/** What a mail is about, as it stands now. */
interface Matter {
  readonly letter: Letter;
  readonly delivery: Delivery | undefined;
}

/**
 * Hands over one queued mail. True: there was something to do, so look again straight away.
 * A mail that cannot be composed or sent as it is counts as a failed attempt, and the reason is thrown once that is noted.
 */
export async function deliverNext({ db, compose, send, whoIsGone, clock }: Needs): Promise<boolean> {
  const item = await claimNext(db, clock());
  if (!item) return false;

  const matter = await matterOf(db, item.mail);
  if (!matter) {
    await settle(db, item.id, 'dropped', clock());
    return true;
  }

  if (await isForSomebodyGone(item.mail, matter, whoIsGone)) {
    await callOff(db, item, matter, clock());
    return true;
  }

  const handover = await tryTo(async () => send(compose(item.mail, matter.letter, matter.delivery)));
  await note(db, item, matter, 'thrown' in handover ? NOT_SENT : handover, clock());
  if ('thrown' in handover) throw new Error(`The mail ${item.id} could not be made`, { cause: handover.thrown });
  return true;
}

/** Nothing goes to a dead office: the seat or the council may have changed while the letter waited. */
async function isForSomebodyGone(mail: Mail, { letter, delivery }: Matter, whoIsGone: WhoIsGone): Promise<boolean> {
  const to = mail.kind === 'letter' ? letter.to.find(({ id }) => id === delivery?.to) : undefined;
  return to !== undefined && (await whoIsGone(letter, to)) !== null;
}

async function callOff(db: Database, item: OutboxItem, { letter, delivery }: Matter, now: Date): Promise<void> {
  await inTransaction(db, async (tx) => {
    if (delivery) await endDelivery(tx, letter, delivery, 'called off', undefined, now);
    await settle(tx, item.id, 'dropped', now);
  });
}

/** Undefined when the mail has lost its point meanwhile: its letter expired, was forgotten, or is further on. */
async function matterOf(db: Database, mail: Mail): Promise<Matter | undefined> {
  const letter = await letterById(db, mail.letterId);
  const delivery = 'deliveryId' in mail ? await deliveryById(db, mail.deliveryId) : undefined;
  return letter && STILL_WANTED[mail.kind](letter, delivery) ? { letter, delivery } : undefined;
}

const STILL_WANTED = {
  confirmation: (letter) => letter.state === 'awaiting confirmation',
  letter: (letter, delivery) => letter.state === 'confirmed' && delivery?.state === 'queued',
  'not delivered': (_, delivery) => delivery !== undefined && isUndelivered(delivery.state),
} as const satisfies Record<Mail['kind'], (letter: Letter, delivery: Delivery | undefined) => boolean>;

const NOT_SENT: Handover = { outcome: 'try later', reason: 'it could not be made' };

/** Catches only to have the attempt noted first. */
async function tryTo(send: () => Promise<Handover>): Promise<Handover | { readonly thrown: unknown }> {
  try {
    return await send();
  } catch (thrown) {
    return { thrown };
  }
}

async function note(db: Database, item: OutboxItem, matter: Matter, handover: Handover, now: Date): Promise<void> {
  const retryAt = handover.outcome === 'try later' ? nextAttempt(item.attempts, now) : null;
  if (retryAt) return postpone(db, item.id, retryAt);

  const ending = handover.outcome === 'try later' ? 'given up' : handover.outcome;
  await inTransaction(db, async (tx) => {
    if (item.mail.kind === 'letter' && matter.delivery) {
      await endDelivery(tx, matter.letter, matter.delivery, DELIVERY_AFTER[ending], reasonIn(handover), now);
      await noteAddress(tx, matter.letter, matter.delivery, ending, now);
    }
    await settle(tx, item.id, ending, now);
  });
}

const DELIVERY_AFTER = {
  accepted: 'handed over',
  refused: 'refused',
  'given up': 'given up',
} as const satisfies Record<string, DeliveryState>;

/** A letter that did not arrive goes back to its writer, with the text and the turn to write again. */
async function endDelivery(
  tx: Database,
  letter: Letter,
  delivery: Delivery,
  state: DeliveryState,
  reason: string | undefined,
  now: Date,
): Promise<void> {
  const moved = await moveDelivery(tx, delivery, state, now, reason);
  if (!moved || state === 'handed over') return;
  const person = personOf(tx, letter.from.email);
  const sharing = letter.to.find(({ id }) => id === delivery.to)?.sharing ?? [];
  for (const to of [delivery.to, ...sharing]) await giveTurnBack(tx, { campaignId: letter.campaignId, person, to });
  await enqueue(tx, { kind: 'not delivered', letterId: delivery.letterId, deliveryId: delivery.id }, now);
}

/** What the mail server makes of an address is kept with it. That it could not be reached says nothing of the address. */
async function noteAddress(
  tx: Database,
  letter: Letter,
  { to }: Delivery,
  ending: keyof typeof DELIVERY_AFTER,
  now: Date,
): Promise<void> {
  const addressee = letter.to.find(({ id }) => id === to);
  if (!addressee || ending === 'given up') return;
  const outcome = ending === 'accepted' ? 'delivered' : 'refused';
  for (const id of [to, ...addressee.sharing]) await noteContact(tx, id, addressee.email, outcome, now);
}

function reasonIn(handover: Handover): string | undefined {
  return handover.outcome === 'accepted' ? undefined : handover.reason;
}
