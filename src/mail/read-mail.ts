import { simpleParser, type AddressObject } from 'mailparser';
import type { Mailbox } from './message.ts';

/** A mail as its reader sees it: decoded, unwrapped. */
export interface ReadMail {
  readonly from: Mailbox | null;
  readonly to: Mailbox | null;
  readonly replyTo: Mailbox | null;
  readonly subject: string;
  readonly date: Date | null;
  readonly text: string;
  readonly html: string | null;
  /** The header lines as they came. */
  readonly headers: string;
}

/** Reads the bytes of a mail of ours. */
export async function readMail(raw: string): Promise<ReadMail> {
  const mail = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true });
  return {
    from: firstOf(mail.from),
    to: firstOf(mail.to),
    replyTo: firstOf(mail.replyTo),
    subject: mail.subject ?? '',
    date: mail.date ?? null,
    text: mail.text ?? '',
    html: typeof mail.html === 'string' ? mail.html : null,
    headers: raw.split('\r\n\r\n', 1)[0] ?? '',
  };
}

function firstOf(addresses: AddressObject | AddressObject[] | undefined): Mailbox | null {
  const [first] = [addresses].flat().flatMap((list) => list?.value ?? []);
  return first ? { name: first.name, address: first.address ?? '' } : null;
}
