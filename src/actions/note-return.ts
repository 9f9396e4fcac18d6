import type { Campaign } from '../domain/campaign.ts';
import { isUndelivered, isWaiting, type Delivery } from '../domain/delivery.ts';
import { readersOfCopy, type Letter } from '../domain/letter.ts';
import { condemnsAddress } from '../domain/mail-reason.ts';
import { isPaused } from '../domain/pause.ts';
import type { NotedReturn } from '../domain/returned-mail.ts';
import { isPlainMailbox, type Message } from '../mail/message.ts';
import type { ForwardMail } from '../mail/transport.ts';
import type { Mails } from '../render/mails.ts';
import { inTransaction, type Database } from '../store/database.ts';
import { deliveryById, holdDelivery } from '../store/deliveries.ts';
import { letterById } from '../store/letters.ts';
import { pausedNow } from '../store/pauses.ts';
import { forwardsOf, keepReturn } from '../store/returned-mails.ts';
import { triesOf } from '../store/tries.ts';
import type { FollowReturn } from './follow-return.ts';
import { noteContact } from './note-contact.ts';
import type { Noted, Reply, Returns } from './receive-return.ts';

interface Needs {
  readonly db: Database;
  /** What follows for the delivery, in the transaction that notes the mail; it is asked once for each. */
  readonly follow: FollowReturn;
  readonly forward: ForwardMail;
  readonly mails: Mails;
  readonly campaign: Pick<Campaign, 'organisation'>;
  readonly publicUrl: URL;
  readonly mailFrom: string;
  /** In test mode letters go elsewhere, and what comes back says nothing of the address. */
  readonly testing: boolean;
}

/** Keeps in the database what came back, and sends replies to the supporter whose letter it was. */
export function returnKeeper(needs: Needs): Returns {
  const { db } = needs;
  return {
    noteReturn: (noted) => inTransaction(db, (tx) => note(tx, needs, noted)),
    forwardingOf: async (deliveryId) => {
      const letter = await letterOf(db, await deliveryById(db, deliveryId));
      return letter ? { to: letter.from.email, done: await forwardsOf(db, deliveryId) } : null;
    },
    forwardReply: async (deliveryId, reply) => {
      const delivery = await deliveryById(db, deliveryId);
      const letter = await letterOf(db, delivery);
      if (!delivery || !letter) return { outcome: 'refused', reason: 'the letter was forgotten meanwhile' };
      if (isPaused(await pausedNow(db), letter, [])) return { outcome: 'try later', reason: 'sending is paused' };
      return needs.forward(wrapping(needs, letter, delivery, reply), reply.raw);
    },
    noteForward: async (deliveryId, { once, at }) =>
      void (await keepReturn(db, deliveryId, { kind: 'reply', reason: null, once, at })),
  };
}

async function note(tx: Database, { follow, testing }: Needs, noted: NotedReturn): Promise<Noted> {
  const { deliveryId, kind, reason, once, at } = noted;
  const delivery = await holdDelivery(tx, deliveryId);
  if (!delivery) return 'unknown';
  const moment = await momentOf(tx, delivery, noted);
  if (moment === 'too early') return moment;
  if (!(await keepReturn(tx, deliveryId, { kind, reason, once, at }))) return 'noted before';
  if (moment === 'too late') return 'noted';
  if (!testing) await noteAddress(tx, delivery, noted);
  await follow(tx, delivery, noted);
  return 'noted';
}

/**
 * A mail server can be quicker to send a letter back than we are to note its yes; and a bounce of one attempt can come when the next has begun, or
 * has been decided upon. Then nothing follows: what is on its way has a word of its own to come.
 */
async function momentOf(
  tx: Database,
  { id, letterId, state }: Delivery,
  { attempt, judgement }: NotedReturn,
): Promise<'too early' | 'in time' | 'too late'> {
  if (judgement === null) return 'in time';
  const waits = isWaiting(state);
  const tries = attempt === null ? undefined : await triesOf(tx, { kind: 'letter', letterId, deliveryId: id });
  if (tries && (tries.attempts !== attempt || (waits && !tries.claimed))) return 'too late';
  return waits ? 'too early' : 'in time';
}

/** An address is held to account for what a server says of it for good, and for nothing else; once for each letter, for a list behind it may have several dead members. */
async function noteAddress(tx: Database, delivery: Delivery, { kind, reason, at }: NotedReturn): Promise<void> {
  if (isUndelivered(delivery.state)) return;
  if (kind !== 'hard bounce' || reason === null || !condemnsAddress(reason)) return;
  const letter = await letterOf(tx, delivery);
  const addressee = letter?.to.find(({ id }) => id === delivery.to);
  if (!letter || !addressee) return;
  for (const id of readersOfCopy(letter, delivery.to)) await noteContact(tx, id, addressee.email, 'hard bounce', at);
}

async function letterOf(db: Database, delivery: Delivery | undefined): Promise<Letter | undefined> {
  return delivery && letterById(db, delivery.letterId);
}

/** What we say in front of a reply. An answer to it goes to whoever wrote the reply, as they say themselves. */
function wrapping(
  { mails, campaign, publicUrl, mailFrom }: Needs,
  letter: Letter,
  delivery: Delivery,
  reply: Reply,
): Message {
  const replyTo = reply.from !== null && isPlainMailbox(reply.from) ? reply.from : undefined;
  const filled = mails.render('reply', {
    name: letter.from.name,
    to: letter.to.find(({ id }) => id === delivery.to)?.name ?? '',
    answerable: replyTo !== undefined,
    organisation: campaign.organisation,
    publicUrl: publicUrl.href,
  });
  return {
    id: `${reply.once}.reply@${mailFrom.slice(mailFrom.lastIndexOf('@') + 1)}`,
    from: { name: campaign.organisation, address: mailFrom },
    to: { name: letter.from.name, address: letter.from.email },
    ...(replyTo ? { replyTo } : {}),
    ...filled,
  };
}
