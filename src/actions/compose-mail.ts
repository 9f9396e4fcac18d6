import type { Campaign } from '../domain/campaign.ts';
import type { Mail } from '../domain/delivery.ts';
import type { Delivery } from '../domain/delivery.ts';
import { CONFIRMATION_WINDOW, salutationIn, textFor, type Letter, type LetterAddressee } from '../domain/letter.ts';
import { listed } from '../domain/listed.ts';
import { londonDayAndHour } from '../domain/london-time.ts';
import type { MailReason } from '../domain/mail-reason.ts';
import { placeQuery } from '../domain/place-query.ts';
import type { Reply } from '../domain/reply.ts';
import type { Words } from '../domain/words.ts';
import type { Message } from '../mail/message.ts';
import type { Mails } from '../render/mails.ts';
import type { Links } from './links.ts';

/** Makes the message of a mail that waits in the outbox: the same one, under the same id, however often it is tried. */
export type ComposeMail = (
  mail: Mail,
  letter: Letter,
  /** Undefined for a mail about the whole letter. */
  delivery: Delivery | undefined,
  occasion?: Occasion,
) => Message;

interface Occasion {
  /** Why it failed; left out or null where no mail server said anything. */
  readonly why?: MailReason | null;
  /** How often it has been tried, this time included; left out: for the first time. */
  readonly attempt?: number;
}

/** The envelope's sender of one attempt at a delivery. */
export type ReturnPathFor = (deliveryId: string, attempt: number) => string;

interface Needs {
  readonly mails: Mails;
  readonly words: Words;
  readonly links: Links;
  readonly campaign: Campaign;
  readonly publicUrl: URL;
  readonly mailFrom: string;
  /** Where a bounce of one delivery comes back; without it, to `mailFrom`. */
  readonly returnPathFor?: ReturnPathFor | undefined;
  /** Where every letter goes instead, in test mode; null: to its addressee. */
  readonly testLettersTo: string | null;
}

export function mailComposer(needs: Needs): ComposeMail {
  return (mail, letter, delivery, { why = null, attempt = 1 } = {}) => {
    switch (mail.kind) {
      case 'confirmation':
        return confirmation(needs, letter);
      case 'reminder':
        return reminder(needs, letter);
      case 'question':
      case 'question again':
        return question(needs, letter, mail.kind);
      case 'letter':
        return theLetter(needs, letter, known(delivery), attempt);
      case 'not delivered':
        return notDelivered(needs, letter, known(delivery), why);
    }
  };
}

/** What a councillor or an MP gets: the supporter's own letter, and nothing of ours but the address it comes from. */
function theLetter(
  { mailFrom, returnPathFor, testLettersTo }: Needs,
  letter: Letter,
  delivery: Delivery,
  attempt: number,
): Message {
  const to = addresseeOf(letter, delivery);
  const theirs = {
    id: messageId(delivery.id, 'letter', mailFrom),
    from: { name: letter.from.name, address: mailFrom },
    ...(returnPathFor ? { returnPath: returnPathFor(delivery.id, attempt) } : {}),
    replyTo: { name: letter.from.name, address: letter.from.email },
    to: { name: to.name, address: to.email },
    subject: letter.subject,
    text: textFor(letter, to),
  };
  return testLettersTo === null ? theirs : asTest(theirs, testLettersTo);
}

/** Marked, so that nobody takes it for a letter that went out. */
function asTest(letter: Message, address: string): Message {
  const { name } = letter.to;
  return { ...letter, to: { name: '', address }, subject: `[Test, meant for ${name}] ${letter.subject}` };
}

function confirmation(needs: Needs, letter: Letter): Message {
  return ours(needs, letter, messageId(letter.id, 'confirmation', needs.mailFrom), 'confirmation', {
    to: listed(letter.to.map(({ name }) => name)),
    salutations: letter.to.map(salutationIn).filter((salutation) => salutation !== ''),
    body: letter.body,
    ...confirmLinks(needs, letter),
  });
}

function reminder(needs: Needs, letter: Letter): Message {
  const links = confirmLinks(needs, letter);
  const mail = ours(needs, letter, messageId(letter.id, 'reminder', needs.mailFrom), 'reminder', {
    to: listed(letter.to.map(({ name }) => name)),
    body: '',
    ...links,
  });
  return { ...mail, unsubscribe: new URL(links.notMeUrl) };
}

function confirmLinks({ links, publicUrl }: Needs, { id, writtenAt }: Letter) {
  return {
    confirmUrl: new URL(`/confirm/${links.tokenFor('confirm', id)}`, publicUrl).href,
    notMeUrl: new URL(`/not-me/${links.tokenFor('not-me', id)}`, publicUrl).href,
    until: londonDayAndHour(new Date(writtenAt.getTime() + CONFIRMATION_WINDOW)),
  };
}

/** Whether anybody replied, asked once, and once more. */
function question(needs: Needs, letter: Letter, kind: 'question' | 'question again'): Message {
  const { links, publicUrl, mailFrom } = needs;
  const status = new URL(`/letters/${links.tokenFor('status', letter.id)}`, publicUrl).href;
  const mail = ours(needs, letter, messageId(letter.id, kind.replace(' ', '-'), mailFrom), 'question', {
    to: listed(letter.to.map(({ name }) => name)),
    several: letter.to.length > 1,
    again: kind === 'question again',
    body: '',
    answeredUrl: answerUrl(status, 'answered'),
    holdingUrl: answerUrl(status, 'holding reply'),
    noReplyUrl: answerUrl(status, 'no reply'),
    statusUrl: status,
  });
  return { ...mail, unsubscribe: new URL(status) };
}

/** The status page with this answer ticked: mail filters follow links, so only its button tells us. */
function answerUrl(status: string, reply: Reply): string {
  return `${status}?${new URLSearchParams({ reply })}#replied`;
}

function notDelivered(needs: Needs, letter: Letter, delivery: Delivery, why: MailReason | null): Message {
  const to = addresseeOf(letter, delivery);
  return ours(needs, letter, messageId(delivery.id, 'not-delivered', needs.mailFrom), 'not-delivered', {
    to: to.name,
    body: textFor(letter, to),
    reason: why === null ? null : needs.words.mailReasons[why],
    refused: delivery.state === 'refused' || delivery.state === 'bounced',
    calledOff: delivery.state === 'called off',
    writeUrl: new URL(`/write?${new URLSearchParams(placeQuery(letter.place))}`, needs.publicUrl).href,
  });
}

function ours(
  { mails, campaign, publicUrl, mailFrom }: Needs,
  letter: Letter,
  id: string,
  name: string,
  data: { readonly body: string; readonly [more: string]: unknown },
): Message {
  const { from, subject } = letter;
  const filled = mails.render(name, {
    ...data,
    name: from.name,
    subject,
    lines: data.body.split('\n'),
    organisation: campaign.organisation,
    publicUrl: publicUrl.href,
  });
  return {
    id,
    from: { name: campaign.organisation, address: mailFrom },
    to: { name: from.name, address: from.email },
    automatic: true,
    ...filled,
  };
}

function addresseeOf(letter: Letter, delivery: Delivery): LetterAddressee {
  const to = letter.to.find(({ id }) => id === delivery.to);
  if (!to) throw new Error(`delivery ${delivery.id} goes to somebody whom its letter does not name`);
  return to;
}

function known(delivery: Delivery | undefined): Delivery {
  if (!delivery) throw new Error('the outbox names a delivery that is gone');
  return delivery;
}

function messageId(id: string, kind: string, mailFrom: string): string {
  return `${id}.${kind}@${mailFrom.slice(mailFrom.lastIndexOf('@') + 1)}`;
}
