import type { Campaign } from '../domain/campaign.ts';
import type { Mail } from '../domain/delivery.ts';
import type { Delivery } from '../domain/delivery.ts';
import { CONFIRMATION_WINDOW, textFor, type Letter, type LetterAddressee } from '../domain/letter.ts';
import { londonDayAndHour } from '../domain/london-time.ts';
import type { Message } from '../mail/message.ts';
import type { Mails } from '../render/mails.ts';
import type { Links } from './links.ts';

/** Makes the message of a mail that waits in the outbox: the same one, under the same id, however often it is tried. */
export type ComposeMail = (mail: Mail, letter: Letter, delivery: Delivery | undefined) => Message;

interface Needs {
  readonly mails: Mails;
  readonly links: Links;
  readonly campaign: Campaign;
  readonly publicUrl: URL;
  readonly mailFrom: string;
  /** Where a bounce of one delivery comes back; without it, to `mailFrom`. */
  readonly returnPathFor?: ((deliveryId: string) => string) | undefined;
}

export function mailComposer(needs: Needs): ComposeMail {
  return (mail, letter, delivery) => {
    switch (mail.kind) {
      case 'confirmation':
        return confirmation(needs, letter);
      case 'letter':
        return theLetter(needs, letter, known(delivery));
      case 'not delivered':
        return notDelivered(needs, letter, known(delivery));
    }
  };
}

/** What a councillor or an MP gets: the supporter's own letter, and nothing of ours but the address it comes from. */
function theLetter({ mailFrom, returnPathFor }: Needs, letter: Letter, delivery: Delivery): Message {
  const to = addresseeOf(letter, delivery);
  return {
    id: messageId(delivery.id, 'letter', mailFrom),
    from: { name: letter.from.name, address: mailFrom },
    ...(returnPathFor ? { returnPath: returnPathFor(delivery.id) } : {}),
    replyTo: { name: letter.from.name, address: letter.from.email },
    to: { name: to.name, address: to.email },
    subject: letter.subject,
    text: textFor(letter, to),
  };
}

function confirmation(needs: Needs, letter: Letter): Message {
  return ours(needs, letter, messageId(letter.id, 'confirmation', needs.mailFrom), 'confirmation', {
    to: letter.to.map(({ name }) => name).join(', '),
    confirmUrl: new URL(`/confirm/${needs.links.tokenFor('confirm', letter.id)}`, needs.publicUrl).href,
    until: londonDayAndHour(new Date(letter.writtenAt.getTime() + CONFIRMATION_WINDOW)),
  });
}

function notDelivered(needs: Needs, letter: Letter, delivery: Delivery): Message {
  return ours(needs, letter, messageId(delivery.id, 'not-delivered', needs.mailFrom), 'not-delivered', {
    to: addresseeOf(letter, delivery).name,
    refused: delivery.state === 'refused',
    writeUrl: new URL(`/write?${placeQuery(letter)}`, needs.publicUrl).href,
  });
}

function ours(
  { mails, campaign, publicUrl, mailFrom }: Needs,
  letter: Letter,
  id: string,
  name: string,
  data: object,
): Message {
  const { from, subject, body } = letter;
  const filled = mails.render(name, {
    ...data,
    name: from.name,
    subject,
    body,
    lines: body.split('\n'),
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

function placeQuery({ place }: Letter): string {
  if (place.postcode !== null) return new URLSearchParams({ postcode: place.postcode }).toString();
  return new URLSearchParams({
    council: place.councils[0]?.code ?? '',
    constituency: place.constituency.code,
  }).toString();
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
