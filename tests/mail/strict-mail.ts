/** What is wrong with the bytes of a mail by the letter of RFC 5322, 2045, 2046 and 2047; empty when nothing. Written against the grammar, not against our own code. */
export function faultsOf(raw: Buffer): string[] {
  const text = raw.toString('latin1');
  return [...faultsOfBytes(text), ...faultsOfPart(text, true)];
}

const LONGEST_LINE = 998;
const LONGEST_ENCODED_LINE = 76;

function faultsOfBytes(text: string): string[] {
  const faults: string[] = [];
  // oxlint-disable-next-line no-control-regex -- the control characters are the point
  const odd = /[^\t\r\n -~]/.exec(text);
  if (odd) faults.push(`a byte ${odd[0].charCodeAt(0)} at ${odd.index}`);
  if (/\r(?!\n)/.test(text)) faults.push('a bare CR');
  if (/(?<!\r)\n/.test(text)) faults.push('a bare LF');
  if (!text.endsWith('\r\n')) faults.push('no CR LF at its end');
  for (const line of text.split('\r\n')) if (line.length > LONGEST_LINE) faults.push(`a line of ${line.length}`);
  return faults;
}

/** A mail, or one part of it: its headers, then its body. */
function faultsOfPart(text: string, whole: boolean): string[] {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return ['no empty line after the headers'];
  const { headers, faults } = readHeaders(text.slice(0, end));
  const body = text.slice(end + 4);
  return [...faults, ...(whole ? faultsOfWhole(headers) : []), ...faultsOfBody(headers, body)];
}

type Headers = readonly (readonly [name: string, value: string])[];

/** Unfolds; RFC 5322, 2.2. */
function readHeaders(section: string): { headers: Headers; faults: string[] } {
  const headers: [string, string][] = [];
  const faults: string[] = [];
  for (const line of section.split('\r\n')) {
    if (/^[ \t]*$/.test(line)) faults.push('a header line with nothing in it');
    if (/=\?/.test(line) && line.length > LONGEST_ENCODED_LINE) faults.push(`an encoded line of ${line.length}`);
    const last = headers.at(-1);
    if (/^[ \t]/.test(line) && last) last[1] += line;
    else {
      const field = /^([!-9;-~]+):(.*)$/s.exec(line);
      if (field) headers.push([field[1]!.toLowerCase(), field[2]!]);
      else faults.push('a header line without a name');
    }
  }
  return { headers, faults };
}

const ALWAYS = ['from', 'date', 'message-id', 'mime-version', 'content-type'];
const ONCE = [...ALWAYS, 'to', 'subject', 'reply-to', 'sender', 'content-transfer-encoding', 'auto-submitted'];

function faultsOfWhole(headers: Headers): string[] {
  const faults: string[] = [];
  const of = (name: string) => headers.filter(([one]) => one === name).map(([, value]) => value.trim());
  for (const name of ALWAYS) if (of(name).length === 0) faults.push(`no ${name}`);
  for (const name of ONCE) if (of(name).length > 1) faults.push(`${name} twice`);
  for (const name of ['from', 'to', 'reply-to'])
    for (const value of of(name)) if (!isMailbox(value)) faults.push(`${name} is not one mailbox`);
  for (const value of of('date')) if (!isDate(value)) faults.push('date is none');
  for (const value of of('message-id')) if (!MESSAGE_ID.test(value)) faults.push('message-id is none');
  for (const [name, value] of headers)
    if (['from', 'to', 'reply-to', 'subject'].includes(name)) faults.push(...faultsOfWords(name, value));
  return faults;
}

const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const DOT_ATOM = `${ATOM}(?:\\.${ATOM})*`;
const QUOTED = '"(?:[\\t !#-\\[\\]-~]|\\\\[\\t -~])*"';
const ADDRESS = `${DOT_ATOM}@${DOT_ATOM}`;
const PHRASE = `(?:${ATOM}|${QUOTED})(?:[ \\t]+(?:${ATOM}|${QUOTED}))*`;
const MAILBOX = new RegExp(`^(?:${ADDRESS}|(?:${PHRASE}[ \\t]+)?<${ADDRESS}>)$`);
const MESSAGE_ID = new RegExp(`^<${DOT_ATOM}@${DOT_ATOM}>$`);
const DATE =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d [+-]\d{4}$/;

function isMailbox(value: string): boolean {
  const address = /<([^<>]*)>$/.exec(value)?.[1] ?? value;
  return MAILBOX.test(value) && address.length <= 254 && address.indexOf('@') <= 64;
}

function isDate(value: string): boolean {
  const at = new Date(value);
  return DATE.test(value) && !Number.isNaN(at.getTime()) && at.toUTCString().slice(0, 3) === value.slice(0, 3);
}

/** RFC 2047: an encoded word stands by itself, has at most 75 characters, and each holds whole characters. */
function faultsOfWords(name: string, value: string): string[] {
  const words = value.trim().split(/[ \t]+/);
  return words
    .filter((word) => word.includes('=?'))
    .flatMap((word) => {
      const read = /^=\?UTF-8\?(?:Q\?([!->@-~]*)|B\?([A-Za-z0-9+/]+={0,2}))\?=$/.exec(word);
      if (!read) return [`${name} has half an encoded word`];
      if (word.length > 75) return [`${name} has an encoded word of ${word.length}`];
      const [, q, b] = read;
      if (name !== 'subject' && q !== undefined && !/^[A-Za-z0-9!*+/=_-]*$/.test(q))
        return [`${name}: odd encoded word`];
      const bytes = b === undefined ? unquoted(q!.replaceAll('_', ' ')) : Buffer.from(b, 'base64');
      return isUtf8(bytes) ? [] : [`${name} breaks a character`];
    });
}

function faultsOfBody(headers: Headers, body: string): string[] {
  const of = (name: string) => headers.find(([one]) => one === name)?.[1].trim() ?? '';
  const boundary = /^multipart\/[a-z]+;.*boundary="([^"]{1,70})"/is.exec(of('content-type'))?.[1];
  if (boundary !== undefined) return faultsOfMultipart(boundary, body);
  const encoding = of('content-transfer-encoding') || '7bit';
  if (encoding === '7bit') return [];
  if (encoding === 'quoted-printable') return faultsOfQuoted(body);
  return [`an encoding ${encoding}`];
}

function faultsOfMultipart(boundary: string, body: string): string[] {
  const [, ...parts] = `\r\n${body}`.split(`\r\n--${boundary}`);
  const last = parts.pop();
  if (last === undefined || !last.startsWith('--')) return ['a multipart without an end'];
  if (parts.length === 0) return ['a multipart without parts'];
  return parts.flatMap((part) =>
    part.startsWith('\r\n') ? faultsOfPart(part.slice(2), false) : ['a ragged boundary'],
  );
}

/** RFC 2045, 6.7. */
function faultsOfQuoted(body: string): string[] {
  const faults: string[] = [];
  for (const line of body.split('\r\n')) {
    if (line.length > LONGEST_ENCODED_LINE) faults.push(`a quoted line of ${line.length}`);
    if (/[ \t]$/.test(line)) faults.push('a quoted line that ends with a space');
    if (/=(?![0-9A-F]{2}|$)/.test(line)) faults.push('half a quoted byte');
  }
  return isUtf8(unquoted(body.replaceAll('=\r\n', ''))) ? faults : [...faults, 'a body that is not UTF-8'];
}

function unquoted(text: string): Buffer {
  return Buffer.from(
    text.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  );
}

function isUtf8(bytes: Buffer): boolean {
  return Buffer.from(bytes.toString('utf8')).equals(bytes);
}
