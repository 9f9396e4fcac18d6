import { createTransport } from 'nodemailer';
import { z } from 'zod';
import type { Handover } from '../domain/delivery.ts';
import { bytesOf } from './bytes.ts';
import type { SignMail } from './dkim.ts';
import type { SendMail } from './message.ts';

export interface Limits {
  readonly connectionTimeout: number;
  readonly greetingTimeout: number;
  readonly socketTimeout: number;
  /** For one mail from beginning to end. */
  readonly wholeTimeout: number;
}

/** Milliseconds. The whole is well inside the outbox's five-minute claim, so a slow server cannot have a letter sent twice. */
const LIMITS: Limits = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 60_000,
  wholeTimeout: 120_000,
};

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** A mail server: "smtps://user:password@host", or "smtp://…" with STARTTLS, which only a server on this machine may do without. */
export function smtp(
  url: string,
  { wholeTimeout, ...limits }: Limits = LIMITS,
  sign: SignMail = (raw) => raw,
): { send: SendMail; close(): void } {
  // A relay on this machine needs no encryption, and often offers a certificate that nobody signed.
  const encryption = LOOPBACK.includes(new URL(url).hostname) ? { ignoreTLS: true } : { requireTLS: true };
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 2,
    maxRequeues: 1, // for a connection that the server had closed meanwhile; any other trouble waits in the outbox
    disableFileAccess: true,
    disableUrlAccess: true,
    ...encryption,
    ...limits,
  });
  const send: SendMail = async (message) => {
    const raw = sign(await bytesOf(message));
    const envelope = { from: message.returnPath ?? message.from.address, to: [message.to.address] };
    const signal = AbortSignal.timeout(wholeTimeout);
    return transport.sendMail({ envelope, raw, signal }).then(() => ({ outcome: 'accepted' }), judge);
  };
  return { send, close: () => transport.close() };
}

/** What nodemailer says of a failure: `code` its own word, the others as the server answered. */
const Failure = z.object({
  code: z.string().catch(''),
  command: z.string().catch(''),
  responseCode: z.number().catch(500), // it would not even begin, such as with an address no server can take
  response: z.string().catch(''),
});

/** Only a permanent answer about this very letter is a refusal; our own troubles are worth another try. */
export function judge(cause: unknown): Handover {
  const { code, command, responseCode, response } = Failure.parse(cause);
  const aboutTheLetter = (code === 'EENVELOPE' || code === 'EMESSAGE') && !isAboutUs(command, responseCode, response);
  return { outcome: aboutTheLetter && responseCode >= 500 ? 'refused' : 'try later', reason: String(cause) };
}

/** Replies that say our settings are wrong, not the letter: 503 out of order, 530 to 538 sign in first (RFC 4954, RFC 3207). */
const ABOUT_US = [503, 530, 534, 535, 538];

function isAboutUs(command: string, responseCode: number, response: string): boolean {
  if (command === 'MAIL FROM') return responseCode !== 552; // our own sender is not liked; 552: the letter is too big
  return ABOUT_US.includes(responseCode) || /\brelay(ing)?\b/i.test(response);
}
