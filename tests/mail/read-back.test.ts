import { array, assert, asyncProperty, constantFrom, oneof, string, type Arbitrary } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOf } from '../../src/mail/bytes.ts';
import { readMail } from '../../src/mail/read-mail.ts';
import { aMessage } from './a-message.ts';
import { faultsOf } from './strict-mail.ts';

/** What people type, paste and forge: other scripts, half characters, things that cannot be seen, and lines without an end. */
const PIECES = [
  'Ada',
  'Ŵyn Tŷ-Gwyn',
  'བསྟན་འཛིན་རྒྱ་མཚོ',
  'ئۇيغۇر',
  '👩‍👩‍👧',
  '🙂',
  'e\u0301',
  '\ud83d',
  '\udc00',
  '\u202e',
  '\u2066',
  '\u200b',
  '\ufeff',
  '\u00a0',
  '\u0007',
  '\u007f',
  '"',
  '\\',
  '<ada@evil.example>',
  ', ; : ( ) [ ] @',
  '=?UTF-8?Q?Bcc=3A?=',
  '=',
  '?=',
  '_',
  ' ',
  '  ',
  '\t',
  '.',
  'x'.repeat(80),
  'x'.repeat(1_500),
  '.'.repeat(1_500),
  'Ŵ'.repeat(300),
  'words and words '.repeat(80).trim(),
];
const LINE_PIECES = [...PIECES, '\n', '\n\n', '\r\n', '\r', '\0', '.\n..\n', '> ', 'From ', '\n-- \n', ' \n'];

const typed = (pieces: readonly string[]): Arbitrary<string> =>
  array(oneof(constantFrom(...pieces), string({ unit: 'binary', maxLength: 8 })), { maxLength: 12 }).map((parts) =>
    parts.join(''),
  );
const line = typed(PIECES).map((text) => text.replace(/[\r\n\0]/g, ''));
const lines = typed(LINE_PIECES);

const read = async (raw: Buffer) => readMail(raw.toString('latin1'));

/** Half a character cannot be written in UTF-8 at all; and a space of no width keeps "=?" from beginning an encoded word. */
const asWritten = (text: string) => text.toWellFormed().replaceAll('\u200b', '');

describe('a mail is read as it was written', () => {
  test('names and subjects', async () => {
    await assert(
      asyncProperty(line, line, line, async (from, to, subject) => {
        const raw = await bytesOf(
          aMessage({
            from: { name: from, address: 'letters@campaign.example' },
            replyTo: { name: from, address: 'ada@example.org' },
            to: { name: to, address: 'mo.member@parliament.example' },
            subject,
          }),
        );

        expect(faultsOf(raw)).toEqual([]);
        const mail = await read(raw);
        expect({
          from: asWritten(mail.from?.name ?? ''),
          replyTo: asWritten(mail.replyTo?.name ?? ''),
          to: asWritten(mail.to?.name ?? ''),
          subject: asWritten(mail.subject),
        }).toEqual({
          from: asWritten(from),
          replyTo: asWritten(from),
          to: asWritten(to),
          subject: asWritten(subject),
        });
        expect([mail.from?.address, mail.replyTo?.address, mail.to?.address]).toEqual([
          'letters@campaign.example',
          'ada@example.org',
          'mo.member@parliament.example',
        ]);
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  test('texts, of letters and of our own mails', async () => {
    await assert(
      asyncProperty(lines, async (text) => {
        for (const html of [undefined, `<p>${text}</p>\n`]) {
          const raw = await bytesOf(aMessage({ text, ...(html === undefined ? {} : { html }) }));

          expect(faultsOf(raw)).toEqual([]);
          const mail = await read(raw);
          expect(mail.text.trimEnd()).toBe(asFlowed(text).trimEnd());
          expect(mail.html?.trimEnd()).toBe(html && inLines(html).trimEnd());
        }
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});

const inLines = (text: string) => text.toWellFormed().replace(/\r\n?/g, '\n');

/** Spaces at the end of a line would say that it goes on, so they are not written; a signature's separator keeps its own (RFC 3676, 4.3). */
function asFlowed(text: string): string {
  return inLines(text)
    .split('\n')
    .map((line) => (line === '-- ' ? line : line.replace(/ +$/, '')))
    .join('\n');
}
