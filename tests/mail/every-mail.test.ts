import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { describe, expect, test } from 'vitest';
import { readMail } from '../../src/mail/read-mail.ts';
import { records } from '../letters/every-letter.ts';
import { letterMails, ownMails, PUBLISHED, received } from './every-mail.ts';
import { faultsOf } from './strict-mail.ts';

describe.each([...letterMails, ...ownMails])('the mail "%s"', (_, message) => {
  test('is strict, signed, and read word for word', async () => {
    const raw = await received(message);

    expect(faultsOf(raw)).toEqual([]);
    const { results } = await dkimVerify(raw, { resolver: async () => [[PUBLISHED]] });
    expect(results.map(({ status }) => status.result)).toEqual(['pass']);
    const { from, to, subject, text } = await readMail(raw.toString('latin1'));
    expect({ from, to, subject }).toEqual({ from: message.from, to: message.to, subject: message.subject });
    expect(text.trimEnd()).toBe(message.text.replace(/ +$/gm, '').trimEnd());
  });
});

test('no template of a letter is left out', () => {
  const names = letterMails.map(([name]) => name.replace(', without facts', ''));
  expect([...new Set(names)].toSorted()).toEqual(records.templates.map(({ id }) => id).toSorted());
});

test('a letter carries nothing but what a letter needs', async () => {
  for (const [, message] of letterMails) {
    expect(message.html).toBeUndefined();
    expect(message.from).toMatchObject({ name: 'Ŵyn Tŷ-Gwyn', address: 'letters@freetibet.example' });
    expect(message.replyTo).toEqual({ name: 'Ŵyn Tŷ-Gwyn', address: 'ada@example.org' });
    expect(message.id).toMatch(/@freetibet\.example$/);
    expect(message.unsubscribe).toBeUndefined();
  }
});
