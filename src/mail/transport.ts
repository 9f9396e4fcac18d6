import SMTPPool from 'nodemailer/lib/smtp-pool';
import type { Handover } from '../domain/delivery.ts';
import type { Verdict } from '../domain/mail-answer.ts';
import { refuseAddress } from './address.ts';
import { bytesOf } from './bytes.ts';
import type { SignMail } from './dkim.ts';
import { forwardOf } from './forward.ts';
import { handToPool } from './hand-to-pool.ts';
import type { Message, SendMail } from './message.ts';
import { judgeFailure } from './server-failure.ts';

export interface Limits {
  readonly connectionTimeout: number;
  readonly greetingTimeout: number;
  readonly socketTimeout: number;
  /** For one mail from beginning to end. */
  readonly wholeTimeout: number;
}

/** Of a mail server in earnest, in milliseconds. The whole is well inside the outbox's five-minute claim, so a slow server cannot have a letter sent twice. */
export const LIMITS: Limits = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 60_000,
  wholeTimeout: 120_000,
};

/** With fewer, two mails that a slow server keeps waiting would hold up all. */
export const CONNECTIONS = 8;

/** The sender of mails that must never be answered (RFC 5321, 4.5.5). */
const NOBODY = '';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** A mail server: "smtps://user:password@host", or "smtp://…" with STARTTLS, which only a server on this machine may do without. */
export function smtp(
  url: string,
  { wholeTimeout, ...limits }: Limits = LIMITS,
  sign: SignMail = (raw) => raw,
): { send: SendMail; forward: ForwardMail; close(): void } {
  // A relay on this machine needs no encryption, and often offers a certificate that nobody signed.
  const encryption = LOOPBACK.includes(new URL(url).hostname) ? { ignoreTLS: true } : { requireTLS: true };
  const pool = new SMTPPool({
    url,
    maxConnections: CONNECTIONS,
    maxRequeues: 1, // for a connection that the server had closed meanwhile; any other trouble waits in the outbox
    ...encryption,
    ...limits,
  });
  const send: SendMail = async (message) => {
    const from = message.returnPath ?? message.from.address;
    return handOver(from, message.to.address, await bytesOf(message));
  };
  const forward: ForwardMail = async (message, arrived) =>
    handOver(NOBODY, message.to.address, await forwardOf(message, arrived));
  const handOver = async (from: string, to: string, raw: Buffer): Promise<Handover> => {
    const envelope = { from: from === NOBODY ? NOBODY : refuseAddress(from), to: refuseAddress(to) };
    const signed = sign(raw);
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), wholeTimeout); // one that ends itself would stay until then, for each mail
    return handToPool(pool, envelope, signed, limit.signal)
      .then((): Handover => ({ outcome: 'accepted' }), judge)
      .finally(() => clearTimeout(timer));
  };
  return { send, forward, close: () => pool.close() };
}

/** Sends somebody's mail on inside a message of ours, from nobody. */
export type ForwardMail = (message: Message, arrived: Buffer) => Promise<Handover>;

/** Only what is about this very letter is a refusal; our own troubles wait, and what nobody understands is a person's to look at. */
export function judge(cause: unknown): Handover {
  const verdict = judgeFailure(cause);
  const why = 'reason' in verdict ? { why: verdict.reason } : {};
  return { outcome: OUTCOMES[verdict.judgement], reason: String(cause), ...why };
}

const OUTCOMES = {
  accepted: 'try later', // said with a failure, so it was not
  wait: 'try later',
  refused: 'refused',
  held: 'not understood',
} as const satisfies Record<Verdict['judgement'], Handover['outcome']>;
