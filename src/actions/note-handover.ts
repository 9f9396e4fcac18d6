import { isUndelivered, type Delivery, type DeliveryState, type Handover } from '../domain/delivery.ts';
import { readersOfCopy, type Letter } from '../domain/letter.ts';
import { condemnsAddress } from '../domain/mail-reason.ts';
import { nextAttempt } from '../domain/retries.ts';
import type { Database } from '../store/database.ts';
import { holdDelivery, moveDeliveries, moveDelivery, type Why } from '../store/deliveries.ts';
import { logEntry } from '../store/letter-log.ts';
import { enqueue, postpone, settle, settleAll, stillClaimed, type OutboxItem } from '../store/outbox.ts';
import { together } from '../store/together.ts';
import { giveTurnBack } from '../store/written.ts';
import { noteContact } from './note-contact.ts';
import type { Matter } from './read-matters.ts';
import { tellOfHeld } from './tell-of-held.ts';
import { turnsFor } from './turns.ts';

interface Needs {
  readonly db: Database;
  /** Whether letters go elsewhere: then nothing is learned of the addresses that they are for. */
  readonly testing: boolean;
  /** From 0 to 1. */
  readonly chance: () => number;
  readonly clock: () => Date;
}

interface Note {
  readonly item: OutboxItem;
  readonly matter: Pick<Matter, 'letter' | 'delivery'>;
  readonly handover: Handover;
  /** When it is tried again; null: it has come to its end. */
  readonly retryAt: Date | null;
  readonly now: Date;
}

type Ending = 'accepted' | 'refused' | 'given up' | 'held';

/** Keeps of an attempt what follows: the mail waits for the next one, or has come to its end, and its delivery with it. */
export type NoteHandover = (item: OutboxItem, matter: Note['matter'], handover: Handover) => Promise<void>;

/**
 * What is noted at about the same time is written together. Of a mail that another process took up meanwhile nothing is noted, as if this one had
 * died: it slept longer than its claim, and the other has its own word to say.
 */
export function handoverNoter({ db, testing, chance, clock }: Needs): NoteHandover {
  const write = together(db, async (tx, all: readonly Note[]) => {
    const claimed = await stillClaimed(
      tx,
      all.map(({ item }) => item),
    );
    const notes = all.filter(({ item }) => claimed.has(item));
    await noteAccepted(tx, notes.filter(isAccepted));
    for (const note of notes) if (!isAccepted(note)) await noteOther(tx, note, testing);
  });
  return (item, matter, handover) => {
    const now = clock();
    const retryAt = willBeTriedAgain(item, handover) ? nextAttempt(item, now, chance()) : null;
    return write({ item, matter, handover, retryAt, now });
  };
}

function isAccepted({ handover }: Note): boolean {
  return handover.outcome === 'accepted';
}

/** The common case, in as many statements for all of them as for one. */
async function noteAccepted(tx: Database, notes: readonly Note[]): Promise<void> {
  const now = notes.at(-1)?.now;
  if (!now) return;
  const deliveries = notes.flatMap((note) => deliveryOf(note) ?? []);
  await moveDeliveries(tx, deliveries, DELIVERY_AFTER.accepted, now);
  const ids = notes.map(({ item }) => item.id);
  await settleAll(tx, ids, 'accepted', now);
}

async function noteOther(tx: Database, note: Note, testing: boolean): Promise<void> {
  const { item, matter, handover, retryAt, now } = note;
  const delivery = deliveryOf(note);
  if (retryAt) {
    if (delivery) await noteDeferral(tx, delivery, handover, now);
    return postpone(tx, item.id, retryAt);
  }
  const ending = ENDINGS[handover.outcome];
  if (delivery) {
    await endDelivery(tx, matter.letter, delivery, DELIVERY_AFTER[ending], whyOf(handover), now);
    if (ending === 'refused' && !testing && isAboutTheAddress(handover))
      await noteRefusal(tx, matter.letter, delivery, now);
  }
  await settle(tx, item.id, ending, now);
}

/** Undefined for a mail to a letter's writer: what becomes of it moves no delivery. */
function deliveryOf({ item, matter }: Note): Delivery | undefined {
  return item.mail.kind === 'letter' ? matter.delivery : undefined;
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

async function noteDeferral(tx: Database, delivery: Delivery, handover: Handover, now: Date): Promise<void> {
  if (delivery.state === 'queued') return void (await moveDelivery(tx, delivery, 'deferred', now, whyOf(handover)));
  const { letterId, id: deliveryId, state } = delivery;
  if ((await holdDelivery(tx, deliveryId))?.state !== state) return; // withdrawn meanwhile
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
  if (state === 'held') await tellOfHeld(tx, delivery, {}, now);
  if (!isUndelivered(state)) return true;
  for (const turn of turnsFor(tx, letter, readersOfCopy(letter, to))) await giveTurnBack(tx, turn);
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
