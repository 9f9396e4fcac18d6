import { afterEach, describe, expect, test } from 'vitest';
import { simpleParser } from 'mailparser';
import { readReturn } from '../../src/mail/read-return.ts';
import { smtp } from '../../src/mail/transport.ts';
import { aMessage } from './a-message.ts';
import { aMailServer, closeMailServers } from './mail-servers.ts';
import { returned } from './returned/samples.ts';

const opened: { close(): void }[] = [];
afterEach(async () => {
  for (const mail of opened.splice(0)) mail.close();
  await closeMailServers();
});

async function forwarded(arrived: Buffer) {
  const { url, taken } = await aMailServer();
  const mail = smtp(url);
  opened.push(mail);
  const message = aMessage({ text: 'Somebody has answered: Ŵyn.', html: '<p>Somebody has answered.</p>' });
  expect(await mail.forward(message, arrived)).toEqual({ outcome: 'accepted' });
  return taken[0]!;
}

describe('a reply that is sent on', () => {
  test('comes from nobody, says so, and has the reply in it byte for byte', async () => {
    const { from, to, raw } = await forwarded(returned('reply'));

    expect({ from, to }).toEqual({ from: '', to: ['mo.member@parliament.example'] });
    expect(raw).toContain('\r\nAuto-Submitted: auto-generated\r\n');
    expect(raw).toContain('\r\nX-Loop: pennypost\r\n');
    expect(raw).toContain('\r\nMessage-ID: <delivery-1.letter@campaign.example>\r\n');
    expect(raw).toContain(returned('reply').toString('utf8').trimEnd());
    const mail = await simpleParser(raw, { ignoreEmbedded: true });
    expect(mail.text).toContain('Somebody has answered: Ŵyn.');
    expect(mail.attachments.map(({ contentType }) => contentType)).toEqual(['message/rfc822']);
  });

  test('may be in any language and have lines that look like ours', async () => {
    const arrived = returned('reply', (text) => `${text}\n.\n--\n--b\nFrom there\nŴyn ${'བོད་'.repeat(50)}\n`);
    const { raw } = await forwarded(arrived);

    const [inner] = (await simpleParser(raw, { ignoreEmbedded: true })).attachments;
    expect(inner!.content.toString('utf8').trimEnd()).toBe(arrived.toString('utf8').trimEnd());
  });

  test('is known as ours when it comes round', async () => {
    const { raw } = await forwarded(returned('reply'));
    expect((await readReturn({ raw: Buffer.from(raw), fromNobody: false })).kind).toBe('loop');
  });
});

describe('a letter with a return path', () => {
  test('has it in its envelope and nowhere else', async () => {
    const { url, taken } = await aMailServer();
    const mail = smtp(url);
    opened.push(mail);
    await mail.send(aMessage({ returnPath: 'bounce+path@returns.example' }));

    expect(taken[0]).toMatchObject({ from: 'bounce+path@returns.example' });
    expect(taken[0]!.raw).not.toContain('bounce+path');
  });

  test('that is more than one address is not sent', async () => {
    const { url, taken } = await aMailServer();
    const mail = smtp(url);
    opened.push(mail);

    await expect(mail.send(aMessage({ returnPath: 'a@returns.example>\r\nRCPT TO:<b@example.org' }))).rejects.toThrow(
      'address',
    );
    expect(taken).toEqual([]);
  });
});
