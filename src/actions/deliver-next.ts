import { isUndelivered, isWaiting, type Delivery, type Handover, type Mail } from '../domain/delivery.ts';
import type { Letter, LetterAddressee } from '../domain/letter.ts';
import { isPaused, type PauseScope } from '../domain/pause.ts';
import { MOST_ATTEMPTS } from '../domain/retries.ts';
import type { Message, SendMail } from '../mail/message.ts';
import { inTransaction, type Database } from '../store/database.ts';
import { deliveryById } from '../store/deliveries.ts';
import { letterById } from '../store/letters.ts';
import { claimDue, settle, waitForTurn, type OutboxItem } from '../store/outbox.ts';
import { pausesOn } from '../store/pauses.ts';
import { isAnswerWanted } from '../store/replies.ts';
import { endDelivery, noteHandover } from './note-handover.ts';
import type { TurnKeeper } from './take-turns.ts';
import type { WhoIsGone } from './who-is-gone.ts';

interface Needs {
  readonly db: Database;
  /** The delivery is undefined for a mail about the whole letter. */
  readonly compose: (mail: Mail, letter: Letter, delivery: Delivery | undefined) => Message;
  readonly send: SendMail;
  readonly whoIsGone: WhoIsGone;
  readonly turns: TurnKeeper;
  /** Where all letters go in test mode: nothing is learned of the addresses that they are for. */
  readonly testing: boolean;
  /** Hears of every mail that was not taken: its kind and why, and nothing of whom it is from or for. */
  readonly tell: (event: string, detail: string) => void;
  /** From 0 to 1. */
  readonly chance: () => number;
  readonly clock: () => Date;
}

/** What a mail is about, as it stands now. */
interface Matter {
  readonly letter: Letter;
  readonly delivery: Delivery | undefined;
}

/**
 * Takes mails that are due, at most so many, and gives what there is to do with each; they may be done side by side.
 * One that cannot be composed or sent as it is counts as a failed attempt, and the reason is thrown once that is noted.
 */
export type TakeDue = (most: number) => Promise<readonly (() => Promise<void>)[]>;

export function mailDeliverer(needs: Needs): TakeDue {
  return async (most) => {
    const pauses = new Set((await pausesOn(needs.db)).map(({ scope }) => scope));
    if (pauses.has('everything')) return [];
    const items = await claimDue(needs.db, needs.clock(), most);
    return items.map((item) => () => deliver(needs, item, pauses));
  };
}

const LOOK_AGAIN_MS = 10 * 60 * 1000;

async function deliver(needs: Needs, item: OutboxItem, pauses: ReadonlySet<PauseScope>): Promise<void> {
  const { db, whoIsGone, turns, clock } = needs;
  const matter = await matterOf(db, item.mail);
  if (!matter) return settle(db, item.id, 'dropped', clock());
  if (item.attempts > MOST_ATTEMPTS) return noteHandover(needs, item, matter, ENDS_US);

  const to = addresseeIn(item.mail, matter);
  if (isPaused(pauses, matter.letter, to?.id))
    return waitForTurn(db, item, new Date(clock().getTime() + LOOK_AGAIN_MS), null);
  if (!to) return handOver(needs, item, matter);

  if (await whoIsGone(matter.letter, to)) return callOff(db, item, matter, clock());
  const turn = await turns.take(to.email, item);
  if ('until' in turn) return waitForTurn(db, item, turn.until, turn.turnOf);
  await handOver(needs, item, matter).finally(turn.done);
}

/** Something about it stops the program before it can say what. */
const ENDS_US: Handover = {
  outcome: 'not understood',
  reason: 'it was tried again and again, and nobody knows how that went',
};

/** Whom a letter goes to; undefined for a mail to its writer. */
function addresseeIn(mail: Mail, { letter, delivery }: Matter): LetterAddressee | undefined {
  return mail.kind === 'letter' ? letter.to.find(({ id }) => id === delivery?.to) : undefined;
}

/** Undefined when the mail has lost its point meanwhile: its letter expired, was forgotten, or is further on. */
async function matterOf(db: Database, mail: Mail): Promise<Matter | undefined> {
  const letter = await letterById(db, mail.letterId);
  const delivery = 'deliveryId' in mail ? await deliveryById(db, mail.deliveryId) : undefined;
  if (isQuestion(mail) && !(await isAnswerWanted(db, mail.letterId))) return undefined;
  return letter && STILL_WANTED[mail.kind](letter, delivery) ? { letter, delivery } : undefined;
}

function isQuestion({ kind }: Mail): boolean {
  return kind === 'question' || kind === 'question again';
}

const isUnconfirmed = (letter: Letter) => letter.state === 'awaiting confirmation';
const isConfirmed = (letter: Letter) => letter.state === 'confirmed';

const STILL_WANTED = {
  confirmation: isUnconfirmed,
  reminder: isUnconfirmed,
  letter: (letter, delivery) => isConfirmed(letter) && delivery !== undefined && isWaiting(delivery.state),
  'not delivered': (_, delivery) => delivery !== undefined && isUndelivered(delivery.state),
  question: isConfirmed,
  'question again': isConfirmed,
} as const satisfies Record<Mail['kind'], (letter: Letter, delivery: Delivery | undefined) => boolean>;

/** Nothing goes to a dead office: the seat or the council may have changed while the letter waited. */
async function callOff(db: Database, item: OutboxItem, { letter, delivery }: Matter, now: Date): Promise<void> {
  await inTransaction(db, async (tx) => {
    if (delivery) await endDelivery(tx, letter, delivery, 'called off', {}, now);
    await settle(tx, item.id, 'dropped', now);
  });
}

async function handOver(needs: Needs, item: OutboxItem, matter: Matter): Promise<void> {
  const handover = await tryTo(async () => needs.send(needs.compose(item.mail, matter.letter, matter.delivery)));
  const outcome = 'thrown' in handover ? NOT_SENT : handover;
  if (outcome.outcome !== 'accepted')
    needs.tell('a mail was not taken', `${item.mail.kind}, ${outcome.outcome}: ${outcome.why ?? 'could not be made'}`);
  await noteHandover(needs, item, matter, outcome);
  if ('thrown' in handover) throw new Error(`The mail ${item.id} could not be made`, { cause: handover.thrown });
}

const NOT_SENT: Handover = { outcome: 'try later', reason: 'it could not be made' };

/** Catches only to have the attempt noted first. */
async function tryTo(send: () => Promise<Handover>): Promise<Handover | { readonly thrown: unknown }> {
  try {
    return await send();
  } catch (thrown) {
    return { thrown };
  }
}
