import { encodeWord, foldLines } from 'nodemailer/lib/mime-funcs';
import { asciiAddress } from './address.ts';
import { literally, type Mailbox } from './message.ts';

/** Where a header is folded (RFC 5322, 2.1.1 wants 78 at most); no encoded word is longer (RFC 2047, 2: 75). */
const WIDTH = 76;
const ENCODED_WORD = 52;

/** One header for one mailbox or several: "From: =?UTF-8?Q?=C5=B4yn?= <wyn@example.org>", folded. */
export function mailboxHeader(header: string, ...mailboxes: readonly Mailbox[]): string {
  return fold(header, mailboxes.map(inBrackets).join(', '));
}

/** One header for a line of text, folded. */
export function textHeader(header: string, value: string): string {
  const text = literally(value);
  return fold(header, SHORT_WORDS.test(text) ? text : encoded(text));
}

/** Printable words with one space between them, short enough to be folded. Whatever else there is would not be read as it was written. */
const SHORT_WORDS = /^([!-~]{1,60}( [!-~]{1,60})*)?$/;

function inBrackets({ name, address }: Mailbox): string {
  const bracketed = `<${asciiAddress(address)}>`;
  return name === '' ? bracketed : `${phrase(literally(name))} ${bracketed}`;
}

function phrase(name: string): string {
  if (!SHORT_WORDS.test(name)) return encoded(name);
  return /^[\w ]+$/.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`;
}

/**
 * Each encoded word holds whole characters: half a one would be read as nothing by a reader that decodes word by word. Mostly Latin
 * letters stay readable in the raw ("Q").
 */
function encoded(text: string): string {
  const latin = text.replace(/[^A-Za-z]/g, '').length;
  const others = text.replace(/[ -~]/g, '').length;
  return encodeWord(text.toWellFormed(), others < latin ? 'Q' : 'B', ENCODED_WORD);
}

function fold(header: string, value: string): string {
  return foldLines(`${header}: ${value}`, WIDTH);
}
