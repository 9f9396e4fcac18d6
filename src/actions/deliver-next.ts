import type { Handover, Mail } from '../domain/delivery.ts';
import { readersOfCopy, type LetterAddressee } from '../domain/letter.ts';
import { isPaused, type PauseScope } from '../domain/pause.ts';
import { MOST_ATTEMPTS } from '../domain/retries.ts';
import type { SendMail } from '../mail/message.ts';
import { inTransaction, type Database } from '../store/database.ts';
import { isLocked } from '../store/letters.ts';
import { claimDue, settle, waitForTurn, type OutboxItem } from '../store/outbox.ts';
import { pausedNow } from '../store/pauses.ts';
import type { ComposeMail } from './compose-mail.ts';
import { endDelivery, handoverNoter, type NoteHandover } from './note-handover.ts';
import { readMatters, type Matter, type MatterOf } from './read-matters.ts';
import type { TurnKeeper } from './take-turns.ts';
import type { WhoIsGone } from './who-is-gone.ts';

interface Needs {
  readonly db: Database;
  readonly noteHandover: NoteHandover;
  readonly compose: ComposeMail;
  readonly send: SendMail;
  readonly whoIsGone: WhoIsGone;
  readonly turns: TurnKeeper;
  /** Whether letters go elsewhere, in test mode: then nothing is learned of the addresses that they are for. */
  readonly testing: boolean;
  /** Hears of every mail that was not taken: its kind and why, and nothing of whom it is from or for. */
  readonly tell: (event: string, detail: string) => void;
  /** From 0 to 1. */
  readonly chance: () => number;
  readonly clock: () => Date;
}

/**
 * Takes mails that are due, at most so many, and gives what there is to do with each; they may be done side by side.
 * One that cannot be composed or sent as it is counts as a failed attempt, and the reason is thrown once that is noted.
 */
export type TakeDue = (most: number) => Promise<readonly (() => Promise<void>)[]>;

export function mailDeliverer(given: Omit<Needs, 'noteHandover'>): TakeDue {
  const { db, clock } = given;
  const needs = { ...given, noteHandover: handoverNoter(given) };
  return async (most) => {
    const pauses = await pausedNow(db);
    if (pauses.has('everything')) return [];
    const items = await claimDue(db, clock(), most);
    const mails = items.map(({ mail }) => mail);
    const matterOf = await readMatters(db, mails);
    return items.map((item) => () => deliver(needs, item, matterOf, pauses));
  };
}

const LOOK_AGAIN_MS = 10 * 60 * 1000;

async function deliver(
  needs: Needs,
  item: OutboxItem,
  matterOf: MatterOf,
  pauses: ReadonlySet<PauseScope>,
): Promise<void> {
  const { db, noteHandover, whoIsGone, turns, clock } = needs;
  const matter = await matterOf(item.mail).catch((cause: unknown) => waitForKey(needs, item, cause));
  if (!matter) return settle(db, item.id, 'dropped', clock());
  if (item.attempts > MOST_ATTEMPTS) return noteHandover(item, matter, ENDS_US);

  const to = addresseeIn(item.mail, matter);
  const readers = to ? readersOfCopy(matter.letter, to.id) : [];
  if (isPaused(pauses, matter.letter, readers)) return lookAgain(needs, item);
  if (!to) return handOver(needs, item, matter);

  if (await whoIsGone(matter.letter, to)) return callOff(db, item, matter, clock());
  const turn = await turns.take(to.email, item);
  if ('until' in turn) return waitForTurn(db, item, turn.until, turn.turnOf);
  await handOver(needs, item, matter).finally(turn.done);
}

function lookAgain({ db, clock }: Needs, item: OutboxItem): Promise<void> {
  return waitForTurn(db, item, new Date(clock().getTime() + LOOK_AGAIN_MS), null);
}

/** A letter that none of our keys opens waits for the right one to be in the settings, and no attempt is counted. */
async function waitForKey(needs: Needs, item: OutboxItem, cause: unknown): Promise<never> {
  if (await isLocked(needs.db, item.mail.letterId)) await lookAgain(needs, item);
  throw cause;
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

/** Nothing goes to a dead office: the seat or the council may have changed while the letter waited. */
async function callOff(db: Database, item: OutboxItem, { letter, delivery }: Matter, now: Date): Promise<void> {
  await inTransaction(db, async (tx) => {
    if (delivery) await endDelivery(tx, letter, delivery, 'called off', {}, now);
    await settle(tx, item.id, 'dropped', now);
  });
}

async function handOver(needs: Needs, item: OutboxItem, matter: Matter): Promise<void> {
  const handover = await tryTo(async () =>
    needs.send(needs.compose(item.mail, matter.letter, matter.delivery, { why: matter.why, attempt: item.attempts })),
  );
  const outcome = 'thrown' in handover ? NOT_SENT : handover;
  if (outcome.outcome !== 'accepted')
    needs.tell('a mail was not taken', `${item.mail.kind}, ${outcome.outcome}: ${outcome.why ?? 'could not be made'}`);
  await needs.noteHandover(item, matter, outcome);
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
