import { describe, expect, test } from 'vitest';
import { faultsOf } from './strict-mail.ts';

const HEADERS = [
  'From: =?UTF-8?Q?=C5=B4yn?= <wyn@example.org>',
  'To: "Mo, \\"M\\"" <mo@example.org>',
  'Reply-To: Ada',
  ' Example <ada@example.org>',
  'Subject: Hello',
  'Message-ID: <a.letter@example.org>',
  'Date: Wed, 25 Nov 2026 10:05:44 +0000',
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: quoted-printable',
];
const WHOLE = `${HEADERS.join('\r\n')}\r\n\r\nHello =C5=\r\n=B4yn\r\n`;
const faults = (text: string) => faultsOf(Buffer.from(text, 'latin1'));

describe('the strict reading of a mail', () => {
  test('finds nothing wrong with a good one', () => {
    expect(faults(WHOLE)).toEqual([]);
  });

  test.each<[string, string | RegExp, string]>([
    ['a bare LF', 'Hello\r\n', 'Hello\n'],
    ['a bare CR', 'Hello =', 'Hel\rlo ='],
    ['a NUL', 'Hello =', 'Hel\0lo ='],
    ['a byte over 127', 'Hello =', 'Hel\xfflo ='],
    ['a long line', 'Subject: Hello', `Subject: ${'x'.repeat(1000)}`],
    ['no line end at its end', /\r\n$/, ''],
    ['no empty line', /\r\n\r\n/, '\r\n'],
    ['a line with nothing in it', ' Example', ' \r\n Example'],
    ['a line without a name', 'Subject: Hello', 'Hello'],
    ['two subjects', 'Subject: Hello', 'Subject: Hello\r\nsubject: Hello'],
    ['no date', /Date: .*\r\n/, ''],
    ['an odd date', '+0000', 'GMT'],
    ['the wrong day of the week', 'Wed,', 'Thu,'],
    ['no From', /From: .*\r\n/, ''],
    ['two senders', '<wyn@example.org>', '<wyn@example.org>, b@example.org'],
    ['an unquoted comma', '"Mo, \\"M\\""', 'Mo, M'],
    ['an address with a space', '<mo@example.org>', '<mo @example.org>'],
    ['an address with two dots', '<mo@', '<m..o@'],
    ['a Message-ID in no brackets', '<a.letter@example.org>', 'a.letter@example.org'],
    ['half an encoded word', '=B4yn?=', '=B4yn?'],
    ['an encoded word in another', '=B4yn?=', '=B4yn?=,'],
    ['an encoded word that breaks a character', '=C5=B4yn', '=C5'],
    ['a long encoded word', '=C5=B4yn', 'x'.repeat(70)],
    ['half a quoted byte', '=C5=\r\n=B4', '=C'],
    ['a body that is not UTF-8', '=C5=\r\n=B4', '=C5'],
    ['a trailing space', 'Hello =C5=\r\n=B4yn', 'Hello '],
    ['a long quoted line', 'Hello =', `${'x'.repeat(80)} =`],
    ['eight bits', 'quoted-printable', '8bit'],
    ['a multipart without parts', 'text/plain; charset=utf-8', 'multipart/alternative; boundary="x"'],
  ])('finds %s', (_, what, instead) => {
    const spoilt = WHOLE.replace(what, instead);
    expect(spoilt).not.toBe(WHOLE);
    expect(faults(spoilt)).not.toEqual([]);
  });
});
