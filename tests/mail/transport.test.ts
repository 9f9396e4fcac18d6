import { afterEach, describe, expect, test } from 'vitest';
import { readMail } from '../../src/mail/read-mail.ts';
import { CONNECTIONS, judge, smtp } from '../../src/mail/transport.ts';
import { aMessage } from './a-message.ts';
import { aMailServer, aScriptedServer, closeMailServers, nobodyListens, refusal, wants } from './mail-servers.ts';

const LIMITS = { connectionTimeout: 500, greetingTimeout: 300, socketTimeout: 300, wholeTimeout: 1_000 };

const opened: { close(): void }[] = [];
afterEach(async () => {
  for (const mail of opened.splice(0)) mail.close();
  await closeMailServers();
});

function sender(url: string) {
  const mail = smtp(url, LIMITS);
  opened.push(mail);
  return mail.send;
}

describe('a mail server', () => {
  test('that takes a letter is given it with its envelope, once', async () => {
    const { url, taken } = await aMailServer();

    expect(await sender(url)(aMessage({ subject: 'Ŵ བོད་ 🙂', text: 'Annwyl Ŵyn' }))).toEqual({ outcome: 'accepted' });
    expect(taken).toHaveLength(1);
    expect(taken[0]).toMatchObject({ from: 'letters@campaign.example', to: ['mo.member@parliament.example'] });
    expect(await readMail(taken[0]!.raw)).toMatchObject({
      from: { name: 'Ada Example', address: 'letters@campaign.example' },
      to: { name: 'Mo Member', address: 'mo.member@parliament.example' },
      replyTo: { name: 'Ada Example', address: 'ada@example.org' },
      subject: 'Ŵ བོད་ 🙂',
      text: 'Annwyl Ŵyn',
    });
    expect(taken[0]!.raw).toContain('Message-ID: <delivery-1.letter@campaign.example>');
  });

  test('that had hung up meanwhile is called again, and gets the next letter once', async () => {
    const { url, taken, hangUp } = await aMailServer();
    const send = sender(url);
    await send(aMessage());
    hangUp();

    expect(await send(aMessage({ id: 'delivery-2.letter@campaign.example' }))).toEqual({ outcome: 'accepted' });
    expect(taken).toHaveLength(2);
  });

  test('is given many letters over few connections', async () => {
    const { url, taken, connections } = await aMailServer();
    const send = sender(url);
    const ids = Array.from({ length: 20 }, (_, at) => `delivery-${at}.letter@campaign.example`);

    const said = await Promise.all(ids.map((id) => send(aMessage({ id }))));

    expect(said.every(({ outcome }) => outcome === 'accepted')).toBe(true);
    expect(taken).toHaveLength(20);
    expect(connections()).toBeLessThanOrEqual(CONNECTIONS);
  });

  test('gets lines that begin with a dot, and a text that looks like the end of one, as they are', async () => {
    const { url, taken } = await aMailServer();
    await sender(url)(aMessage({ text: '.\n..\n.hidden\nQUIT' }));

    expect((await readMail(taken[0]!.raw)).text.trimEnd()).toBe('.\n..\n.hidden\nQUIT');
  });

  test('on this machine may offer a certificate that nobody signed', async () => {
    const { url } = await aMailServer({ hideSTARTTLS: false });

    expect(await sender(url)(aMessage())).toEqual({ outcome: 'accepted' });
  });

  test('that wants a password gets it', async () => {
    const { url } = await aMailServer(wants('correct horse'));

    expect(await sender(url.replace('//', '//us:correct%20horse@'))(aMessage())).toEqual({ outcome: 'accepted' });
  });

  test('that wants another password is our trouble, not the letter’s', async () => {
    const { url } = await aMailServer(wants('correct horse'));

    expect(await sender(url.replace('//', '//us:wrong@'))(aMessage())).toMatchObject({ outcome: 'try later' });
  });

  test('that wants a password when we have none is our trouble', async () => {
    const { url } = await aMailServer(wants('correct horse'));

    expect(await sender(url)(aMessage())).toMatchObject({ outcome: 'try later' });
  });

  test.runIf(process.platform === 'linux')('elsewhere gets nothing without encryption', async () => {
    const { url, taken } = await aMailServer({}, '127.0.0.2'); // of this machine, but none of the names we take for it

    const reason = expect.stringMatching(/certificate|TLS/);
    expect(await sender(url)(aMessage())).toMatchObject({ outcome: 'try later', reason });
    expect(taken).toHaveLength(0);
  });

  test('is not asked when the message must not be sent as it is', async () => {
    const { url, connections } = await aMailServer();

    await expect(sender(url)(aMessage({ subject: 'Hello\r\nBcc: everyone@example.org' }))).rejects.toThrow(
      'line break',
    );
    expect(connections()).toBe(0);
  });
});

describe('what a mail server says', () => {
  test.each([
    ['no such mailbox', 'RCPT', '550 5.1.1 No such mailbox', 'refused'],
    ['a mailbox that moved', 'RCPT', '551 5.1.6 Mailbox has moved', 'refused'],
    ['the letter looks like spam', '.', '554 5.7.1 Looks like spam', 'refused'],
    ['the letter is too big', 'MAIL', '552 5.3.4 Too big', 'refused'],
    ['the mailbox is busy', 'RCPT', '450 4.2.1 Mailbox busy', 'try later'],
    ['greylisted', 'RCPT', '451 4.7.1 Come back in five minutes', 'try later'],
    ['the mailbox is full for now', '.', '452 4.2.2 Over quota', 'try later'],
    ['the server goes down', 'RCPT', '421 4.3.2 Going down', 'try later'],
    ['it will not relay for us', 'RCPT', '554 5.7.1 Relay access denied', 'try later'],
    ['it wants us to sign in', 'RCPT', '530 5.7.0 Authentication required', 'try later'],
    ['it does not like our own address', 'MAIL', '550 5.7.1 Sender not allowed', 'try later'],
    ['it lost the thread', 'RCPT', '503 5.5.1 Bad sequence of commands', 'try later'],
  ])('%s', async (_, command, reply, outcome) => {
    const url = await aScriptedServer({ [command]: reply });
    const said = await sender(url)(aMessage());

    expect(said).toMatchObject({ outcome, reason: expect.stringContaining(reply.slice(0, 3)) });
  });

  test.each([
    ['is full for good', 'RCPT', '552 5.2.2 Mailbox full', 'try later', 'mailbox full'],
    ['has us on a list', 'RCPT', '554 5.7.1 Client host blocked using zen.spamhaus.org', 'try later', 'we are blocked'],
    ['says what we do not understand', '.', '554 Transaction failed', 'not understood', 'not understood'],
  ])('%s loses no letter, and says why', async (_, command, reply, outcome, reason) => {
    const url = await aScriptedServer({ [command]: reply });

    expect(await sender(url)(aMessage())).toMatchObject({ outcome, why: reason });
  });

  test('an address that no server can take is refused without asking', () => {
    const cause = Object.assign(new Error('Invalid recipient "<>"'), { code: 'EENVELOPE', command: 'API' });

    expect(judge(cause)).toMatchObject({ outcome: 'refused', why: 'no such mailbox' });
    expect(judge(Object.assign(new Error('Invalid sender "<>"'), { code: 'EENVELOPE', command: 'API' }))).toMatchObject(
      {
        outcome: 'try later',
      },
    );
  });

  test('a refused letter does not spoil the next one', async () => {
    const { url } = await aMailServer({
      onRcptTo: ({ address }, _, callback) => callback(address.startsWith('nobody') ? refusal(550) : null),
    });
    const send = sender(url);
    const toNobody = aMessage({ to: { name: 'Nobody', address: 'nobody@parliament.example' } });

    expect(await send(toNobody)).toMatchObject({ outcome: 'refused' });
    expect(await send(aMessage())).toEqual({ outcome: 'accepted' });
  });
});

describe('a mail server in trouble', () => {
  test('nobody listens', async () => {
    expect(await sender(await nobodyListens())(aMessage())).toMatchObject({ outcome: 'try later' });
  });

  test.each([
    ['it never greets', { greeting: 'silence' }],
    ['it hangs up instead of greeting', { greeting: 'hang up' }],
    ['it has no time', { greeting: '421 Too busy' }],
    ['it is not a mail server', { greeting: 'HTTP/1.1 400 Bad Request' }],
    ['it falls silent in the middle', { RCPT: 'silence' }],
    ['it hangs up in the middle', { RCPT: 'hang up' }],
    ['it falls silent after the letter', { '.': 'silence' }],
    ['it hangs up after the letter', { '.': 'hang up' }],
    ['it keeps us waiting with endless answers', { EHLO: 'drip' }],
  ])('%s', async (_, script) => {
    const url = await aScriptedServer(script);
    const startedAt = performance.now();

    expect(await sender(url)(aMessage())).toMatchObject({ outcome: 'try later', why: expect.any(String) });
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });
});
