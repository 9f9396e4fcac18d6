import { createHash } from 'node:crypto';
import { simpleParser, type ParsedMail } from 'mailparser';
import { judgeReports } from '../domain/judge-report.ts';
import type { ReturnedMail } from '../domain/returned-mail.ts';
import { isAutomatic, isChallenge, isFromAMailSystem, type Envelope } from './automatic.ts';
import { readDeliveryStatus } from './delivery-status.ts';
import { LOOP_MARK } from './forward.ts';
import type { Mailbox } from './message.ts';
import { readPlainBounce } from './plain-bounce.ts';

/** A mail as it came to a return path. */
export interface ArrivedMail {
  readonly raw: Buffer;
  /** Whether the envelope's sender was "<>"; null: the envelope is lost, and the Return-Path header says it if anything does. */
  readonly fromNobody: boolean | null;
}

/** What came back, and a word that is the same when the same mail comes again. */
export type ReadReturn = ReturnedMail & { readonly once: string };

/** Bytes. A bounce is told by its beginning; what a mail has more than this is not looked at. */
const MOST_READ = 1_000_000;

const LIMITS = {
  maxHtmlLengthToParse: 100_000,
  maxHeadSize: 200_000,
  maxChildNodes: 100,
  checksumAlgo: false,
} as const;

/**
 * Tells bounces, warnings, automatic answers and people's replies apart. Nothing of a text goes further than this file, but what a mail server
 * said. What cannot be read at all is an unreadable bounce.
 */
export async function readReturn({ raw, fromNobody }: ArrivedMail): Promise<ReadReturn> {
  const bytes = raw.subarray(0, MOST_READ);
  const mail = await simpleParser(bytes, {
    ...LIMITS,
    keepDeliveryStatus: true,
    ignoreEmbedded: true,
    skipTextToHtml: true,
  }).catch(() => null);
  if (!mail) return { kind: 'unreadable bounce', once: fingerprint(bytes) };
  const headers = headersOf(mail);
  const envelope = {
    headers,
    subject: mail.subject ?? '',
    fromNobody: fromNobody ?? headers.get('return-path')?.trim() === '<>',
  };
  const returned = kindOf(mail, envelope);
  return { ...returned, once: onceOf(returned, headers.get('message-id')?.trim() || fingerprint(bytes)) };
}

/** A server that uses one Message-ID for its warning and its failure has still told us two things. */
function onceOf(returned: ReturnedMail, id: string): string {
  const status = 'report' in returned ? returned.report.status : null;
  return fingerprint(JSON.stringify([returned.kind, status, id]));
}

function kindOf(mail: ParsedMail, envelope: Envelope): ReturnedMail {
  const { headers } = envelope;
  if (isOurs(mail)) return { kind: 'loop' };

  const report = /^\s*multipart\/report\b.*?\breport-type="?([\w-]+)/is.exec(headers.get('content-type') ?? '')?.[1];
  if (report?.toLowerCase() === 'delivery-status') return judgeReports(statusesIn(mail));
  if (report?.toLowerCase() === 'disposition-notification') return { kind: 'auto-reply' }; // a read receipt
  if (report !== undefined) return { kind: 'unreadable bounce' };

  const bySystem = isFromAMailSystem(envelope, mail.from?.value[0]?.address ?? '');
  const plain = bySystem ? readPlainBounce(mail.text ?? '') : null;
  if (plain) return judgeReports([plain]);
  if (isChallenge(envelope)) return { kind: 'challenge' };
  if (isAutomatic(envelope)) return { kind: 'auto-reply' };
  return bySystem ? { kind: 'unreadable bounce' } : { kind: 'reply', from: writerOf(mail) };
}

function isOurs({ headerLines }: ParsedMail): boolean {
  const { name, value } = LOOP_MARK;
  return headerLines.some(({ key, line }) => key === name && line.slice(line.indexOf(':') + 1).trim() === value);
}

function writerOf({ replyTo, from }: ParsedMail): Mailbox | null {
  const [writer] = [...(replyTo?.value ?? []), ...(from?.value ?? [])];
  return writer?.address ? { name: writer.name, address: writer.address } : null;
}

function statusesIn({ attachments }: ParsedMail) {
  return attachments
    .filter(({ contentType }) => /^message\/(global-)?delivery-status$/i.test(contentType))
    .flatMap(({ content }) => readDeliveryStatus(content.toString('utf8')));
}

/** The header lines as they came; of two of one name, the first. */
function headersOf({ headerLines }: ParsedMail): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const { key, line } of headerLines) {
    if (!headers.has(key)) headers.set(key, line.slice(line.indexOf(':') + 1).replace(/\r?\n/g, ' '));
  }
  return headers;
}

function fingerprint(what: string | Buffer): string {
  return createHash('sha256').update(what).digest('hex').slice(0, 32);
}
