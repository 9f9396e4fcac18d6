import { assert, array, constantFrom, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flowed } from '../../src/mail/flowed.ts';

describe('a text as flowed lines', () => {
  test('is wrapped at 72, each line that goes on ending with a space', () => {
    const lines = flowed('one two three four five six seven '.repeat(10)).split('\r\n');

    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(72);
    expect(lines.slice(0, -1).every((line) => line.endsWith(' '))).toBe(true);
    expect(lines.at(-1)).not.toMatch(/ $/);
  });

  test('keeps empty lines and short lines as they are', () => {
    expect(flowed('Dear Mo Member,\n\nHello.\n\nAda')).toBe('Dear Mo Member,\r\n\r\nHello.\r\n\r\nAda');
  });

  test.each([
    [' indented', '  indented'],
    ['> quoted', ' > quoted'],
    ['From the start', ' From the start'],
    ['From', 'From'],
    ['Fromage', 'Fromage'],
  ])('writes "%s" so that no mail program takes its beginning for something else', (line, written) => {
    expect(flowed(line)).toBe(written);
  });

  test('leaves the line before a signature alone, and makes none of its own', () => {
    const longWord = 'x'.repeat(70);
    expect(flowed('Yours\n-- \nAda')).toBe('Yours\r\n-- \r\nAda');
    expect(flowed(`-- ${longWord}`)).toBe(`-- ${longWord}`);
  });

  test('drops trailing spaces, which would join two lines that were apart', () => {
    expect(flowed('1 Example Street  \nLondon')).toBe('1 Example Street\r\nLondon');
  });

  test('never breaks a long word, such as an address on the web', () => {
    const link = `https://example.org/${'a'.repeat(200)}`;
    expect(flowed(`See ${link} for more`).split('\r\n')).toEqual(['See ', `${link} `, 'for more']);
  });

  test('understands every kind of line break', () => {
    expect(flowed('a\r\nb\rc\nd')).toBe('a\r\nb\r\nc\r\nd');
  });

  test('is the same text again when its reader joins the lines', () => {
    const words = constantFrom(
      'word',
      'a',
      '>',
      'From',
      '--',
      '-- ',
      ' ',
      '  ',
      '\n',
      '\n\n',
      'x'.repeat(80),
      'བོད་',
      '🙂',
    );
    assert(
      property(array(words, { maxLength: 60 }), (parts) => {
        const text = parts.join(' ');
        expect(unflowed(flowed(text))).toBe(text.replace(/ +$/gm, (_, at) => signatureAt(text, at) ?? ''));
      }),
    );
  });
});

/** The space of a signature separator stays. */
function signatureAt(text: string, at: number): string | undefined {
  return /(^|\n)--$/.test(text.slice(0, at)) && /^ (\n|$)/.test(text.slice(at)) ? ' ' : undefined;
}

/** What a mail program does with it, by the letter of RFC 3676. */
function unflowed(lines: string): string {
  return lines
    .split('\r\n')
    .map((line) => (line.startsWith(' ') ? line.slice(1) : line))
    .reduce((text, line) => `${text}${line}${line.endsWith(' ') && line !== '-- ' ? '' : '\n'}`, '')
    .replace(/\n$/, '');
}
