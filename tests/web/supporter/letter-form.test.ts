import { describe, expect, test } from 'vitest';
import { checkLetter, typedLetterIn } from '../../../src/web/supporter/letter-form.ts';

const FORM = {
  to: 'council:E09000028',
  name: 'Tenzin Example',
  address: '1 Example Street\r\nLondon',
  postcode: 'se1 2dl',
  email: 'tenzin@example.org',
  subject: 'Hikvision cameras in Southwark',
  body: 'Dear Chief Executive,\r\n\r\nDoes the council use Hikvision cameras? I would like to know.\r\n\r\nYours sincerely,',
  consent: 'yes',
};

const check = (changed: Record<string, unknown> = {}) => checkLetter(typedLetterIn({ ...FORM, ...changed }));
const problemsOf = (changed: Record<string, unknown>) => {
  const checked = check(changed);
  return checked.ok ? [] : checked.error.map(({ field, code }) => `${field}: ${code}`);
};

describe('a filled form', () => {
  test('is a letter', () => {
    expect(check()).toMatchObject({
      ok: true,
      value: { name: 'Tenzin Example', address: ['1 Example Street', 'London'], postcode: 'SE1 2DL' },
    });
  });

  test.each([
    ['an apostrophe', 'Siân O’Brien-Ŵyn'],
    ['Tibetan', 'བསྟན་འཛིན་'],
    ['Arabic with a joiner', 'علی‌رضا'],
    ['a title and a comma', 'Dr. A. B. Example, Jr'],
    ['one letter', 'O'],
    ['braces, which stay text', '{{name}}'],
  ])('takes a name with %s', (_, name) => {
    expect(problemsOf({ name })).toEqual([]);
  });

  test('takes an address on one line, with commas', () => {
    expect(check({ address: '1 Example Street, London' })).toMatchObject({
      value: { address: ['1 Example Street', 'London'] },
    });
  });

  test('says the postcode once, though the address has it too', () => {
    expect(check({ address: '1 Example Street\nLondon\nSE12DL' })).toMatchObject({
      value: { address: ['1 Example Street', 'London'] },
    });
  });

  test('takes emoji and any script in the letter', () => {
    expect(problemsOf({ body: `${FORM.body} 🙂 བོད་ שלום` })).toEqual([]);
  });
});

describe('a form is not accepted with', () => {
  test.each([
    ['no name', { name: '  ' }, 'name: empty'],
    ['a name of 300 characters', { name: 'x'.repeat(300) }, 'name: too-long'],
    ['a name on two lines', { name: 'Tenzin\nExample' }, 'name: odd-characters'],
    ['a name with a tag', { name: '<b>Tenzin</b>' }, 'name: odd-characters'],
    ['a name with an emoji', { name: 'Tenzin 🙂' }, 'name: odd-characters'],
    ['a name that turns the text round', { name: 'Tenzin \u202Egnp.exe' }, 'name: odd-characters'],
    ['a name with a right-to-left mark', { name: 'Tenzin\u200F Example' }, 'name: odd-characters'],
    ['NUL in the address', { address: '1 Example\0 Street\nLondon' }, 'address: odd-characters'],
    ['a street without a town', { address: '1 Example Street' }, 'address: too-short'],
    ['an address of 400 characters', { address: 'x, '.repeat(200) }, 'address: too-long'],
    ['half a postcode', { postcode: 'SE1' }, 'postcode: not-a-postcode'],
    ['two @ in the email address', { email: 'a@b@example.org' }, 'email: not-an-email'],
    ['two email addresses', { email: 'a@example.org,b@example.org' }, 'email: not-an-email'],
    ['an email address that no mail can be written to', { email: 'a@example-.org' }, 'email: not-an-email'],
    ['a line break in the email address', { email: 'a@example.org\nBcc: b@example.org' }, 'email: not-an-email'],
    ['a very long email address', { email: `${'x'.repeat(250)}@example.org` }, 'email: too-long'],
    ['Bcc: on a second line of the subject', { subject: 'Cameras\r\nBcc: x@example.org' }, 'subject: odd-characters'],
    ['a subject of 200 characters', { subject: 'x'.repeat(200) }, 'subject: too-long'],
    ['NUL in the letter', { body: `${FORM.body}\0` }, 'body: odd-characters'],
    ['an override in the letter', { body: `${FORM.body}\u2066` }, 'body: odd-characters'],
    ['a letter of two words', { body: 'Remove them' }, 'body: too-short'],
    ['a letter of 10,001 characters', { body: 'x'.repeat(10_001) }, 'body: too-long'],
    ['the box for sending left open', { consent: undefined }, 'consent: missing'],
    ['a list in place of a name', { name: ['a', 'b'] }, 'name: empty'],
  ])('%s', (_, changed, problem) => {
    expect(problemsOf(changed)).toEqual([problem]);
  });

  test('nothing at all: every field is named once, in the order of the page', () => {
    const fields = ['subject', 'body', 'name', 'address', 'postcode', 'email', 'consent'];
    const checked = checkLetter(typedLetterIn(undefined));
    expect(checked.ok || checked.error.map(({ field }) => field)).toEqual(fields);
  });
});
