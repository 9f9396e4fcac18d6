import { BOUNCES_WITHIN } from '../domain/delivery.ts';
import { readersOfCopy } from '../domain/letter.ts';
import { QUESTION_AFTER, QUESTION_AGAIN_AFTER } from '../domain/question.ts';
import { inTransaction, type Database } from '../store/database.ts';
import { deliveriesIn, moveDelivery } from '../store/deliveries.ts';
import { letterById } from '../store/letters.ts';
import { enqueue } from '../store/outbox.ts';
import { noteContact } from './note-contact.ts';

const AT_ONCE = 100;

/**
 * What was handed over two days ago and has not come back counts as delivered: its address has proved good, and its writer will be asked
 * whether anybody replied. Gives how many.
 */
export async function settleDelivered(db: Database, now: Date, testing: boolean): Promise<number> {
  const over = new Date(now.getTime() - BOUNCES_WITHIN);
  let settled = 0;
  for (let due = await dueIn(db, over); due.length > 0; due = await dueIn(db, over)) {
    for (const delivery of due)
      await inTransaction(db, async (tx) => {
        if (!(await moveDelivery(tx, delivery, 'delivered', now))) return;
        const letter = await letterById(tx, delivery.letterId);
        const email = letter?.to.find(({ id }) => id === delivery.to)?.email;
        if (!letter || email === undefined) return;
        if (!testing)
          for (const id of readersOfCopy(letter, delivery.to)) await noteContact(tx, id, email, 'delivered', now);
        await enqueue(tx, { kind: 'question', letterId: letter.id }, new Date(now.getTime() + QUESTION_AFTER));
        await enqueue(
          tx,
          { kind: 'question again', letterId: letter.id },
          new Date(now.getTime() + QUESTION_AGAIN_AFTER),
        );
      });
    settled += due.length;
  }
  return settled;
}

function dueIn(db: Database, before: Date) {
  return deliveriesIn(db, 'handed over', before, AT_ONCE);
}
