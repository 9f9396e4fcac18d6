import { createTransport } from 'nodemailer';
import type { Handover } from '../domain/delivery.ts';
import type { Verdict } from '../domain/mail-answer.ts';
import { bytesOf } from './bytes.ts';
import type { SendMail } from './message.ts';
import { judgeFailure } from './server-failure.ts';

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
export function smtp(url: string, { wholeTimeout, ...limits }: Limits = LIMITS): { send: SendMail; close(): void } {
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
    const raw = await bytesOf(message);
    const envelope = { from: message.from.address, to: [message.to.address] };
    const signal = AbortSignal.timeout(wholeTimeout);
    return transport.sendMail({ envelope, raw, signal }).then(() => ({ outcome: 'accepted' }), judge);
  };
  return { send, close: () => transport.close() };
}

/** What became of handing over, with the finer judgement that pages and mails can word. */
export type JudgedHandover = Handover & { readonly verdict?: Verdict };

/** Only what is about this very letter is a refusal; our own troubles, and what a person has to look at, stay in the outbox. */
export function judge(cause: unknown): JudgedHandover {
  const verdict = judgeFailure(cause);
  return { outcome: verdict.judgement === 'refused' ? 'refused' : 'try later', reason: String(cause), verdict };
}
