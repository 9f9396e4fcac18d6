import { isUndelivered, isWaiting, type Delivery, type Mail } from '../domain/delivery.ts';
import type { Letter } from '../domain/letter.ts';
import type { MailReason } from '../domain/mail-reason.ts';
import type { Database } from '../store/database.ts';
import { deliveriesById } from '../store/deliveries.ts';
import { logOf, whyIn } from '../store/letter-log.ts';
import { lettersById } from '../store/letters.ts';
import { outcomeOf } from '../store/outbox.ts';
import { isAnswerWanted } from '../store/replies.ts';

/** What a mail is about, as it stands now. */
export interface Matter {
  readonly letter: Letter;
  /** Undefined for a mail about the whole letter. */
  readonly delivery: Delivery | undefined;
  /** Why the delivery failed; null where no mail server said anything. */
  readonly why: MailReason | null;
}

/** Gives undefined when the mail has lost its point meanwhile: its letter expired, was forgotten, or is further on. Throws where its letter cannot be opened. */
export type MatterOf = (mail: Mail) => Promise<Matter | undefined>;

/** Reads what these mails are about, all at once. */
export async function readMatters(db: Database, mails: readonly Mail[]): Promise<MatterOf> {
  const letterIds = mails.map(({ letterId }) => letterId);
  const letterOf = await lettersById(db, letterIds);
  const deliveryIds = mails.flatMap((mail) => ('deliveryId' in mail ? [mail.deliveryId] : []));
  const deliveries = await deliveriesById(db, deliveryIds);

  return async (mail) => {
    const letter = letterOf(mail.letterId);
    const delivery = 'deliveryId' in mail ? deliveries.get(mail.deliveryId) : undefined;
    if (isQuestion(mail) && !(await isAnswerWanted(db, mail.letterId))) return undefined;
    if (mail.kind === 'reminder' && (await outcomeOf(db, 'confirmation', mail.letterId)) === 'refused')
      return undefined;
    if (!letter || !STILL_WANTED[mail.kind](letter, delivery)) return undefined;
    const why = mail.kind === 'not delivered' && delivery ? whyIn(await logOf(db, letter.id), delivery) : null;
    return { letter, delivery, why };
  };
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
