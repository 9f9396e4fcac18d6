import { assert, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gmailLink, LONGEST_URL, mailtoLink, outlookLink } from '../../../src/web/supporter/mail-links.ts';

const SHORT = { to: ['alex@example.org'], subject: 'Cameras & dogs', body: 'Dear Alex,\n\nA + B = 100%?' };
const LONG = { ...SHORT, body: 'A very long letter. '.repeat(200) };

describe('a link into the mail app', () => {
  test('is written as RFC 6068 has it', () => {
    expect(mailtoLink(SHORT)).toEqual({
      url: 'mailto:alex@example.org?subject=Cameras%20%26%20dogs&body=Dear%20Alex%2C%0D%0A%0D%0AA%20%2B%20B%20%3D%20100%25%3F',
      whole: true,
    });
  });

  test('has commas between addresses', () => {
    const { url } = mailtoLink({ ...SHORT, to: ['one@example.org', 'two@example.org'] });
    expect(url).toMatch(/^mailto:one@example\.org,two@example\.org\?/);
  });

  test('cannot be given more fields by an address', () => {
    expect(mailtoLink({ ...SHORT, to: ['a?bcc=b&x@example.org'] }).url).toMatch(
      /^mailto:a%3Fbcc%3Db%26x@example\.org\?subject/,
    );
  });

  test('writes every kind of line break as one', () => {
    expect(mailtoLink({ ...SHORT, body: 'a\r\nb\rc\nd' }).url).toContain('body=a%0D%0Ab%0D%0Ac%0D%0Ad');
  });

  test('gives back the whole text, whatever it is', () => {
    assert(
      property(string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (body) => {
        const { searchParams } = new URL(mailtoLink({ ...SHORT, body }).url.replaceAll('+', '%2B'));
        expect(searchParams.get('body')).toBe(body.toWellFormed().replace(/\r\n?|\n/g, '\r\n'));
      }),
    );
  });
});

describe.each([
  ['the mail app', mailtoLink],
  ['Gmail', gmailLink],
  ['Outlook', outlookLink],
])('a letter that is too long for a link into %s', (_, linkTo) => {
  test('stays behind: the link carries address and subject alone', () => {
    const { url, whole } = linkTo(LONG);
    expect(whole).toBe(false);
    expect(url.length).toBeLessThanOrEqual(LONGEST_URL);
    expect(decodeURIComponent(url)).toContain('alex@example.org');
    expect(decodeURIComponent(url)).toContain('Cameras & dogs');
    expect(url).not.toContain('letter');
  });

  test('goes with it as long as the link has room', () => {
    const room = LONGEST_URL - linkTo({ ...SHORT, body: 'x' }).url.length;
    expect(linkTo({ ...SHORT, body: 'x'.repeat(room + 1) })).toMatchObject({ whole: true });
    expect(linkTo({ ...SHORT, body: 'x'.repeat(room + 2) })).toMatchObject({ whole: false });
  });
});
