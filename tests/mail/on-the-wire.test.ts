import { afterEach, describe, expect, test } from 'vitest';
import { bytesOf } from '../../src/mail/bytes.ts';
import type { Message } from '../../src/mail/message.ts';
import { smtp } from '../../src/mail/transport.ts';
import { aMessage } from './a-message.ts';
import { aMailServer, aRawSink, closeMailServers } from './mail-servers.ts';
import { faultsOf } from './strict-mail.ts';

afterEach(closeMailServers);

/** Hands one mail over, and gives every command and every byte that went through the socket. */
async function handOver(details: Partial<Message>) {
  const sink = await aRawSink();
  const mail = smtp(sink.url);
  try {
    expect(await mail.send(aMessage(details))).toEqual({ outcome: 'accepted' });
  } finally {
    mail.close();
  }
  return { asked: sink.asked(), stuffed: sink.stuffed()[0]!.toString('latin1'), taken: sink.taken()[0]! };
}

const withoutChance = (raw: Buffer) =>
  raw
    .toString('latin1')
    .replace(/^Date: .*$/m, '')
    .replace(/_NmP-[0-9a-f]+/g, '_NmP');

const DOTS = '.\n..\n.hidden\n\n.\nQUIT\n.';

describe('what goes through the socket', () => {
  test.each<[string, Partial<Message>]>([
    ['a letter', {}],
    ['a letter with dots', { text: DOTS }],
    ['a letter with dots and other letters', { text: `Ŵ\n${DOTS}` }],
    ['a mail with HTML', { text: DOTS, html: `<p>\n${DOTS}\r\n.\r.</p>` }],
    ['a letter with very long lines', { text: `${'x'.repeat(5_000)}\n${'.'.repeat(2_000)}` }],
    ['a letter with bare line ends of every kind', { text: 'a\rb\nc\r\n\r\n.\r.\n' }],
  ])('is what was written, and strict: %s', async (_, details) => {
    const { stuffed, taken } = await handOver(details);

    expect(withoutChance(taken)).toBe(withoutChance(await bytesOf(aMessage(details))));
    expect(faultsOf(taken)).toEqual([]);
    expect(stuffed).not.toMatch(/\r(?!\n)|(?<!\r)\n/);
  });

  test('names a domain of other letters than A to Z in those', async () => {
    const to = { name: 'Wyn', address: 'wyn@tŷ.example' };
    const { asked } = await handOver({ to, returnPath: 'bounce@tŷ.example' });

    expect(asked).toContain('MAIL FROM:<bounce@xn--t-foa.example>');
    expect(asked).toContain('RCPT TO:<wyn@xn--t-foa.example>');
  });

  test('has each dot at the beginning of a line twice, so that no text ends the letter', async () => {
    const { stuffed, asked } = await handOver({ text: DOTS });

    expect(stuffed).toContain('\r\n..\r\n...\r\n..hidden\r\n\r\n..\r\nQUIT\r\n..\r\n');
    expect(stuffed).not.toMatch(/^\.(?!\.)/m);
    expect(asked).not.toContain('QUIT');
  });
});

describe('what a real mail server takes in', () => {
  test.each([DOTS, `Ŵ\n${DOTS}`, `${'.'.repeat(3_000)}\n.`])('is what was written, whatever its dots', async (text) => {
    const { url, taken } = await aMailServer();
    const mail = smtp(url);
    try {
      expect(await mail.send(aMessage({ text }))).toEqual({ outcome: 'accepted' });
    } finally {
      mail.close();
    }

    const raw = Buffer.from(taken[0]!.raw);
    expect(withoutChance(raw)).toBe(withoutChance(await bytesOf(aMessage({ text }))));
    expect(faultsOf(raw)).toEqual([]);
  });
});

describe('the envelope', () => {
  test('comes from the address in From', async () => {
    const { asked } = await handOver({});
    expect(asked).toContain('MAIL FROM:<letters@campaign.example>');
  });

  test('comes from a return path where the message has one, which its reader does not see', async () => {
    const { asked, taken } = await handOver({ returnPath: 'back+delivery-1.0a1b@bounces.campaign.example' });

    expect(asked).toContain('MAIL FROM:<back+delivery-1.0a1b@bounces.campaign.example>');
    expect(asked).toContain('RCPT TO:<mo.member@parliament.example>');
    expect(taken.toString()).toContain('From: Ada Example <letters@campaign.example>\r\n');
    expect(taken.toString()).not.toContain('bounces');
  });

  test('names a domain in other letters as every mail server can read it', async () => {
    const { asked, taken } = await handOver({ to: { name: 'Mo', address: 'mo@tŷ.example' } });

    expect(asked).toContain('RCPT TO:<mo@xn--t-foa.example>');
    expect(taken.toString()).toContain('To: Mo <mo@xn--t-foa.example>\r\n');
  });
});
