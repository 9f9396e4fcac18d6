import { canMoveDelivery, type Delivery } from '../domain/delivery.ts';
import { waitsForRoom } from '../domain/full-mailbox.ts';
import type { Letter } from '../domain/letter.ts';
import { nextAttempt } from '../domain/retries.ts';
import type { NotedReturn } from '../domain/returned-mail.ts';
import { asciiAddress } from '../mail/address.ts';
import type { Database } from '../store/database.ts';
import { moveDelivery, type Why } from '../store/deliveries.ts';
import { letterById } from '../store/letters.ts';
import { sendAgain } from '../store/outbox.ts';
import { repliesOf } from '../store/replies.ts';
import { returnsOf } from '../store/returned-mails.ts';
import { triesOf } from '../store/tries.ts';
import { endDelivery } from './note-handover.ts';
import { tellOfHeld } from './tell-of-held.ts';

/** What follows for a delivery from a mail about its last attempt. Belongs into the transaction that notes the mail, and holds the delivery. */
export type FollowReturn = (tx: Database, delivery: Delivery, noted: NotedReturn) => Promise<void>;

interface Needs {
  /** From 0 to 1. */
  readonly chance: () => number;
}

/**
 * Where a server has given up, for good or for now, the letter has not arrived: it goes back to its writer, or is only counted, where its writer has
 * been forgotten. Where the mailbox is full it is tried again, as long as letters are. What a person has to look at is told to the organisers, and the
 * delivery stays as it is.
 */
export function returnFollower({ chance }: Needs): FollowReturn {
  return async (tx, delivery, noted) => {
    const { kind, judgement, reason, detail, at } = noted;
    if (judgement === null || !canMoveDelivery(delivery.state, 'bounced')) return;
    if (judgement === 'held') return tellOfHeld(tx, delivery, { cameBack: kind }, at);
    const letter = await letterById(tx, delivery.letterId);
    const why = { kind: reason ?? undefined };
    // What a server says may name whoever has been forgotten.
    if (!letter) return void (await moveDelivery(tx, delivery, 'bounced', at, why));
    const said = { ...why, reason: detail ?? undefined };
    const dueAt = await triedAgainAt(tx, letter, delivery, noted, chance());
    if (dueAt) return tryAgain(tx, delivery, said, at, dueAt);
    await endDelivery(tx, letter, delivery, 'bounced', said, at);
  };
}

/** Null: it is not, or no more. */
async function triedAgainAt(
  tx: Database,
  letter: Letter,
  delivery: Delivery,
  noted: NotedReturn,
  chance: number,
): Promise<Date | null> {
  const { id, to, state } = delivery;
  const email = letter.to.find((addressee) => addressee.id === to)?.email ?? '';
  const cameBack = (await returnsOf(tx, id)).map(({ kind }) => kind);
  const reply = (await repliesOf(tx, letter.id)).get(id) ?? null;
  const waits = waitsForRoom(noted, { address: asciiAddress(email) ?? '', cameBack, reply });
  if (!waits || !canMoveDelivery(state, 'deferred')) return null;
  const tries = await triesOf(tx, theLetter(delivery));
  if (!tries?.firstTriedAt) return null;
  return nextAttempt({ attempts: tries.attempts, firstTriedAt: tries.firstTriedAt }, noted.at, chance);
}

async function tryAgain(tx: Database, delivery: Delivery, why: Why, now: Date, dueAt: Date): Promise<void> {
  await moveDelivery(tx, delivery, 'deferred', now, why);
  await sendAgain(tx, theLetter(delivery), dueAt);
}

function theLetter({ id, letterId }: Delivery) {
  return { kind: 'letter', letterId, deliveryId: id } as const;
}
