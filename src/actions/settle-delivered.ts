import { BOUNCES_WITHIN, type Delivery } from '../domain/delivery.ts';
import { readersOfCopy, type Letter } from '../domain/letter.ts';
import { QUESTION_AFTER, QUESTION_AGAIN_AFTER } from '../domain/question.ts';
import { inTransaction, type Database } from '../store/database.ts';
import { deliveriesIn, moveDelivery } from '../store/deliveries.ts';
import { isLocked, letterById } from '../store/letters.ts';
import { enqueue } from '../store/outbox.ts';
import { noteContact } from './note-contact.ts';

const AT_ONCE = 100;

/**
 * What was handed over two days ago and has not come back counts as delivered: its address has proved good, and its writer will be asked
 * whether anybody replied. Gives how many. One that cannot be settled holds up none of the others; what it threw is thrown at the end.
 */
export async function settleDelivered(db: Database, now: Date, testing: boolean): Promise<number> {
  const over = new Date(now.getTime() - BOUNCES_WITHIN);
  const failures: unknown[] = [];
  let settled = 0;
  let last: Delivery | undefined;
  for (let due = await dueIn(db, over); due.length > 0; due = await dueIn(db, over, last)) {
    for (const delivery of due)
      await inTransaction(db, (tx) => settle(tx, delivery, now, testing)).then(
        () => settled++,
        (cause: unknown) => failures.push(cause),
      );
    last = due.at(-1);
  }
  if (failures.length > 0)
    throw new Error(`Deliveries that could not be settled: ${failures.length}`, { cause: failures[0] });
  return settled;
}

function dueIn(db: Database, before: Date, last?: Delivery) {
  return deliveriesIn(db, 'handed over', before, AT_ONCE, last);
}

async function settle(tx: Database, delivery: Delivery, now: Date, testing: boolean): Promise<void> {
  if (!(await moveDelivery(tx, delivery, 'delivered', now))) return;
  const { letterId } = delivery;
  const locked = await isLocked(tx, letterId);
  const letter = locked ? undefined : await letterById(tx, letterId);
  if (letter && !testing) await noteArrival(tx, letter, delivery, now);
  if (!letter && !locked) return; // its writer had it forgotten
  await enqueue(tx, { kind: 'question', letterId }, new Date(now.getTime() + QUESTION_AFTER));
  await enqueue(tx, { kind: 'question again', letterId }, new Date(now.getTime() + QUESTION_AGAIN_AFTER));
}

async function noteArrival(tx: Database, letter: Letter, { to }: Delivery, now: Date): Promise<void> {
  const email = letter.to.find(({ id }) => id === to)?.email;
  if (email === undefined) return;
  for (const id of readersOfCopy(letter, to)) await noteContact(tx, id, email, 'delivered', now);
}
