import type { Handover } from '../domain/delivery.ts';
import { asciiAddress, refuseAddress } from './address.ts';

export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** One mail to one reader, before it becomes bytes. */
export interface Message {
  /** The Message-ID without its angle brackets: the same on every attempt. */
  readonly id: string;
  readonly from: Mailbox;
  /** The envelope's sender, where bounces go; left out: the address of `from`. */
  readonly returnPath?: string;
  readonly replyTo?: Mailbox;
  readonly to: Mailbox;
  readonly subject: string;
  /** Unwrapped: a paragraph is a line. */
  readonly text: string;
  readonly html?: string;
  /** A mail the tool itself writes, which nobody's auto-reply should answer (RFC 3834). */
  readonly automatic?: boolean;
  /** Where its reader says "no more of these": only for what comes unasked, such as a reminder (RFC 2369). */
  readonly unsubscribe?: URL;
  /** A POST to `unsubscribe` is enough, without a page in between (RFC 8058). Said only where it is https, as the RFC wants. */
  readonly oneClick?: boolean;
}

/** Hands one message to a mail server. Expected failures are its outcome; it throws on a message that must not be sent as it is. */
export type SendMail = (message: Message) => Promise<Handover>;

/** Throws if a value could end its header line and begin another, or an address is not exactly one plain address. */
export function refuseInjection(message: Omit<Message, 'text'>): void {
  const { id, from, replyTo, to, subject, returnPath, unsubscribe } = message;
  if (!MESSAGE_ID.test(id)) throw new Error('A Message-ID must look like word@host');
  refuseLineBreak('The subject', subject);
  for (const mailbox of [from, to, ...(replyTo ? [replyTo] : [])]) refuseMailbox(mailbox);
  if (returnPath !== undefined) refuseAddress(returnPath);
  if (unsubscribe) refuseUnsubscribe(unsubscribe);
}

/** Throws if the name or the address of a mailbox could smuggle in a header line or a second address. */
export function refuseMailbox({ name, address }: Mailbox): void {
  refuseLineBreak('A name', name);
  refuseAddress(address);
}

/** An address of the web is written in ASCII; one longer than a line may be cannot be folded. */
function refuseUnsubscribe({ protocol, href }: URL): void {
  if (!/^https?:$/.test(protocol) || href.length > LONGEST_URL || /[<>,]/.test(href))
    throw new Error('What takes "no more of these" is not one plain web address');
}

/** Whether `refuseMailbox` lets it pass: for what strangers say of themselves. */
export function isPlainMailbox({ name, address }: Mailbox): boolean {
  return !LINE_BREAK.test(name) && asciiAddress(address) !== null;
}

export function refuseLineBreak(what: string, value: string): void {
  if (LINE_BREAK.test(value)) throw new Error(`${what} has a line break or a NUL in it`);
}

// oxlint-disable-next-line no-control-regex -- the control characters are the point
const LINE_BREAK = /[\r\n\0]/;

/** With its header's name well within a line (RFC 5322, 2.1.1). */
const LONGEST_URL = 900;

/** Words with single dots between them (RFC 5322, 3.6.4), short enough not to need a fold. */
const MESSAGE_ID = /^(?=.{3,250}$)[!#-'*+\-/0-9=?A-Z^-~]+(\.[!#-'*+\-/0-9=?A-Z^-~]+)*@[a-z0-9-]+(\.[a-z0-9-]+)*$/i;

/** A header value that its reader sees as it was typed: "=?" would begin an encoded word (RFC 2047), so a space of no width goes between. */
export function literally(value: string): string {
  return value.replaceAll('=?', '=\u200b?');
}
