import type { Handover } from '../domain/delivery.ts';

export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** One mail to one reader, before it becomes bytes. */
export interface Message {
  /** The Message-ID without its angle brackets: the same on every attempt. */
  readonly id: string;
  /** Also the envelope's sender, where bounces go, unless there is a return path. */
  readonly from: Mailbox;
  /** The envelope's sender, of this mail alone: an address. */
  readonly returnPath?: string;
  readonly replyTo?: Mailbox;
  readonly to: Mailbox;
  readonly subject: string;
  /** Unwrapped: a paragraph is a line. */
  readonly text: string;
  readonly html?: string;
  /** A mail the tool itself writes, which nobody's auto-reply should answer (RFC 3834). */
  readonly automatic?: boolean;
}

/** Hands one message to a mail server. Expected failures are its outcome; it throws on a message that must not be sent as it is. */
export type SendMail = (message: Message) => Promise<Handover>;

/** Throws if a value could end its header line and begin another, or an address is not exactly one plain address. */
export function refuseInjection({ id, from, returnPath, replyTo, to, subject }: Omit<Message, 'text'>): void {
  if (!/^[^\s<>@]+@[^\s<>@]+$/.test(id)) throw new Error('A Message-ID must look like word@host');
  refuseLineBreak('The subject', subject);
  for (const mailbox of [from, to, ...(replyTo ? [replyTo] : [])]) refuseMailbox(mailbox);
  if (returnPath !== undefined) refuseMailbox({ name: '', address: returnPath });
}

/** Throws if the name or the address of a mailbox could smuggle in a header line or a second address. */
export function refuseMailbox({ name, address }: Mailbox): void {
  refuseLineBreak('A name', name);
  if (!ONE_ADDRESS.test(address)) throw new Error('An address is not one plain address');
}

/** Whether `refuseMailbox` would let it pass: for what strangers say of themselves. */
export function isPlainMailbox({ name, address }: Mailbox): boolean {
  return !LINE_BREAK.test(name) && ONE_ADDRESS.test(address);
}

export function refuseLineBreak(what: string, value: string): void {
  if (LINE_BREAK.test(value)) throw new Error(`${what} has a line break or a NUL in it`);
}

// oxlint-disable-next-line no-control-regex -- the control characters are the point
const LINE_BREAK = /[\r\n\0]/;

// oxlint-disable-next-line no-control-regex -- the control characters are the point
const ONE_ADDRESS = /^[^\s<>@,;:"()[\]\\\0]+@[^\s<>@,;:"()[\]\\\0]+$/;

/** A header value that its reader sees as it was typed: "=?" would begin an encoded word (RFC 2047), so a space of no width goes between. */
export function literally(value: string): string {
  return value.replaceAll('=?', '=\u200b?');
}

export function literalName({ name, address }: Mailbox): Mailbox {
  return { name: literally(name), address };
}
