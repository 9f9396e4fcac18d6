import { createHash, sign } from 'node:crypto';
import type { DkimKey } from './dkim-key.ts';

/**
 * Each is signed once more than it is there, so that nobody on the way can add one and have the signature still hold (RFC 6376, 8.15).
 */
const SIGNED = [
  'From',
  'Reply-To',
  'To',
  'Cc',
  'Subject',
  'Date',
  'Message-ID',
  'MIME-Version',
  'Content-Type',
  'Content-Transfer-Encoding',
  'Auto-Submitted',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
];

/** Puts a signature on a mail. */
export type SignMail = (raw: Buffer) => Buffer;

/** Signs with this key. What nodemailer signs by itself can be added to, knows only RSA, and goes out unsigned when signing fails. */
export function dkimSigner(key: DkimKey): SignMail {
  return (raw) => signMail(raw, key);
}

/** Puts a DKIM signature (RFC 6376, relaxed/relaxed) in front of a mail, whose lines then end with CR LF, as they will be sent. */
function signMail(raw: Buffer, { domain, selector, key }: DkimKey): Buffer {
  const text = raw.toString('latin1').replace(/\r\n?|\n/g, '\r\n');
  const end = text.indexOf('\r\n\r\n');
  const headers = headersIn(text.slice(0, end));
  const names = SIGNED.flatMap((name) => Array.from({ length: countOf(headers, name) + 1 }, () => name));
  const algorithm = key.asymmetricKeyType === 'ed25519' ? 'ed25519-sha256' : 'rsa-sha256';
  const unsigned = [
    'DKIM-Signature: v=1',
    ` a=${algorithm}`,
    ' c=relaxed/relaxed',
    ` d=${domain}`,
    ` s=${selector}`,
    ` h=${inLines(names, ':')}`,
    ` bh=${hash(relaxedBody(text.slice(end + 4))).toString('base64')}`,
    ' b=',
  ].join(';\r\n');

  const signed = [...chosen(headers, names).map((header) => `${relaxedHeader(header)}\r\n`), relaxedHeader(unsigned)];
  const signature = inLines(signatureOf(signed.join(''), key).match(/.{1,70}/g) ?? [], '');
  return Buffer.from(`${unsigned}${signature}\r\n${text}`, 'latin1');
}

/** Each whole, as it is folded. */
function headersIn(section: string): readonly string[] {
  return section.split(/\r\n(?![ \t])/);
}

function nameOf(header: string): string {
  return header.slice(0, header.indexOf(':')).trim().toLowerCase();
}

function countOf(headers: readonly string[], name: string): number {
  return headers.filter((header) => nameOf(header) === name.toLowerCase()).length;
}

/** Of several headers of one name the lowest is the first to be signed (RFC 6376, 5.4.2); one that is not there counts as nothing. */
function chosen(headers: readonly string[], names: readonly string[]): string[] {
  const left = [...headers];
  return names.flatMap((name) => {
    const at = left.findLastIndex((header) => nameOf(header) === name.toLowerCase());
    return at < 0 ? [] : left.splice(at, 1);
  });
}

/** RFC 6376, 3.4.2. */
function relaxedHeader(header: string): string {
  const value = header.slice(header.indexOf(':') + 1).replace(/\r\n/g, '');
  return `${nameOf(header)}:${value.replace(/[ \t]+/g, ' ').replace(/^ | $/g, '')}`;
}

/** RFC 6376, 3.4.4. */
function relaxedBody(body: string): string {
  const lines = body.split('\r\n').map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''));
  const last = lines.findLastIndex((line) => line !== '');
  return lines
    .slice(0, last + 1)
    .map((line) => `${line}\r\n`)
    .join('');
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text, 'latin1').digest();
}

/** Ed25519 signs the hash of what RSA signs (RFC 8463, 3). */
function signatureOf(text: string, key: DkimKey['key']): string {
  const signature =
    key.asymmetricKeyType === 'ed25519'
      ? sign(null, hash(text), key)
      : sign('sha256', Buffer.from(text, 'latin1'), key);
  return signature.toString('base64');
}

/** As many to a line as fit, each line after the first with a space in front. */
function inLines(pieces: readonly string[], between: string): string {
  const lines: string[] = [];
  for (const piece of pieces) {
    const line = lines.at(-1);
    if (line === undefined || line.length + piece.length > 70) lines.push(piece);
    else lines[lines.length - 1] = `${line}${between}${piece}`;
  }
  return lines.join(`${between}\r\n `);
}
