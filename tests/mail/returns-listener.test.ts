import { once } from 'node:events';
import { connect } from 'node:net';
import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { signedReturnPaths } from '../../src/actions/return-path.ts';
import type { Attempt, Received } from '../../src/domain/returned-mail.ts';
import type { ArrivedMail } from '../../src/mail/read-return.ts';
import { listenForReturns, type ReturnsListener } from '../../src/mail/returns-listener.ts';
import { NOON } from '../builders.ts';
import { returned } from './returned/samples.ts';

const DELIVERY = '0f6e8d1a-1c2b-4d3e-8f90-a1b2c3d4e5f6';
const DOMAIN = 'returns.example';
const paths = signedReturnPaths(['a secret key that only the tests know'], DOMAIN);
const PATH = paths.returnPathFor(DELIVERY, 1, NOON);
const LIMITS = { mostBytes: 20_000, mostConnections: 3, mostStrangers: 3, silenceMs: 2_000, wholeMs: 60_000 };

let listener: ReturnsListener;
let taken: (Attempt & ArrivedMail)[];
let noted: unknown[];
let complaints: unknown[];
let says: Received | Error;

async function listen(limits = LIMITS): Promise<void> {
  listener = await listenForReturns({
    port: 0,
    host: '127.0.0.1',
    name: DOMAIN,
    attemptIn: (address) => paths.attemptIn(address, NOON),
    receive: async (attempt, mail) => {
      taken.push({ ...attempt, ...mail });
      if (says instanceof Error) throw says;
      return says;
    },
    note: (event, what) => void noted.push({ event, ...what }),
    complain: (cause) => void complaints.push(cause),
    limits,
  });
}

beforeEach(async () => {
  [taken, noted, complaints] = [[], [], []];
  says = { kind: 'hard bounce', outcome: 'noted' };
  await listen();
});
afterEach(() => listener.close());

/** Sends as a mail server does. Gives its last answer. */
async function send(to: string | string[], raw = returned('postfix-unknown-there'), from = ''): Promise<string> {
  const transport = createTransport({ host: '127.0.0.1', port: listener.port, ignoreTLS: true });
  return transport.sendMail({ envelope: { from, to }, raw }).then(
    ({ response }) => response,
    (cause: { response?: string; message: string }) => cause.response ?? cause.message,
  );
}

/** Says lines without listening, and gives all that is answered until the server hangs up. */
async function conversation(...lines: string[]): Promise<string> {
  const socket = connect(listener.port, '127.0.0.1').setEncoding('latin1');
  let heard = '';
  let next = 0;
  socket.on('error', () => {});
  socket.on('data', (text: string) => {
    heard += text;
    if (/^\d{3} .*\r\n$/m.test(text) && next < lines.length) socket.write(`${lines[next++]}\r\n`);
  });
  await new Promise((closed) => socket.once('close', closed)); // reset, or ended
  return heard;
}

describe('mail to a return path', () => {
  test('is taken from nobody, byte for byte', async () => {
    expect(await send(PATH)).toMatch(/^250 /);
    expect(taken).toMatchObject([{ deliveryId: DELIVERY, number: 1, fromNobody: true }]);
    expect(taken[0]!.raw.toString('latin1').trimEnd()).toBe(
      returned('postfix-unknown-there').toString('latin1').trimEnd(),
    );
  });

  test('is taken from anybody, in whatever capitals', async () => {
    expect(await send(PATH.toUpperCase(), returned('reply'), 'mo.member@council.example')).toMatch(/^250 /);
    expect(taken).toMatchObject([{ deliveryId: DELIVERY, fromNobody: false }]);
  });

  test('with lines that begin with a dot, and bytes that are no text, is taken as it is', async () => {
    const raw = Buffer.concat([
      Buffer.from('Subject: x\r\n\r\n.\r\n..\r\n.a\r\n'),
      Buffer.from([0xff, 0xfe, 0x80]),
      Buffer.from('\r\n'),
    ]);
    await send(PATH, raw);
    expect(taken[0]!.raw).toEqual(raw);
  });

  test('is told in one line that names nobody', async () => {
    await send(PATH, returned('reply'), 'mo.member@council.example');
    expect(noted).toEqual([
      { event: 'a mail came back', kind: 'hard bounce', outcome: 'noted', bytes: expect.any(Number) },
    ]);
    expect(JSON.stringify(noted)).not.toMatch(/@|council|bounce\+/);
  });

  test.each<[Received['outcome'], RegExp]>([
    ['noted', /^250 /],
    ['noted before', /^250 /],
    ['forwarded', /^250 /],
    ['forwarded before', /^250 /],
    ['dropped', /^250 /],
    ['later', /^451 4\.3\.0 /],
    ['unwanted', /^550 5\.1\.1 /],
  ])('that is %s is answered so', async (outcome, answer) => {
    says = { kind: 'reply', outcome };
    expect(await send(PATH)).toMatch(answer);
  });

  test('is sent again when our side fails, and nothing is said of why', async () => {
    says = new Error('the database is away, says ada@example.org');
    expect(await send(PATH)).toBe('451 4.3.0 Cannot deal with this now, please send it again');
    expect(complaints).toEqual([says]);
    expect(noted).toEqual([]);

    says = { kind: 'hard bounce', outcome: 'noted' };
    expect(await send(PATH)).toMatch(/^250 /);
  });

  test('comes one at a time', async () => {
    const two = [PATH, paths.returnPathFor(DELIVERY.replace('0', '1'), 1, NOON)];
    const said = await conversation('EHLO x', 'MAIL FROM:<>', ...two.map((path) => `RCPT TO:<${path}>`), 'QUIT');
    expect(said).toMatch(/\r\n250 2\.1\.5 .*\r\n452 4\.5\.3 /);
  });
});

describe('mail to anything else', () => {
  test.each([
    ['a forged return path', PATH.replace(/.(?=@)/, (last) => (last === 'a' ? 'b' : 'a'))],
    ['a return path cut short', PATH.replace(/.(?=@)/, '')],
    ['one of another domain', PATH.replace(DOMAIN, 'other.example')],
    ['one that has expired', paths.returnPathFor(DELIVERY, 1, new Date('2026-01-01'))],
    ['the postmaster', `postmaster@${DOMAIN}`],
    ['somebody elsewhere', 'mo.member@council.example'],
  ])('%s is refused before anything is sent', async (_, address) => {
    expect(await send(address)).toMatch(/^550 5\.1\.1 No such return path/);
    expect(taken).toEqual([]);
    expect(noted).toEqual([{ event: 'a mail for nobody was refused' }]);
  });

  test('is refused three times, and then no longer heard', async () => {
    const guesses = Array.from({ length: 5 }, (_, at) => `RCPT TO:<bounce+guess${at}@${DOMAIN}>`);
    const said = await conversation('EHLO x', 'MAIL FROM:<>', ...guesses);
    expect(said.match(/^550 /gm)).toHaveLength(2);
    expect(said).toMatch(/\r\n421 4\.4\.2 Too many unknown recipients\r\n$/);
  });
});

describe('a listener among strangers', () => {
  test('offers neither sign-in nor encryption', async () => {
    const said = await conversation('EHLO x', 'AUTH PLAIN AGFkYQBzZWNyZXQ=', 'STARTTLS', 'QUIT');
    expect(said).not.toMatch(/250[- ](AUTH|STARTTLS)/);
    expect(said.match(/^50[02] /gm)).toHaveLength(2);
  });

  test('refuses a mail that is too big, said beforehand or not', async () => {
    const big = Buffer.concat([returned('reply'), Buffer.from('x'.repeat(70).concat('\r\n').repeat(400))]);
    expect(await send(PATH, big)).toMatch(/^552 5\.3\.4 |larger than allowed/);
    expect(await conversation('EHLO x', 'MAIL FROM:<> SIZE=30000', 'QUIT')).toMatch(/\r\n552 5\.3\.4 /);
    const said = await conversation(
      'EHLO x',
      'MAIL FROM:<>',
      `RCPT TO:<${PATH}>`,
      'DATA',
      `${big.toString('latin1')}\r\n.`,
      'QUIT',
    );
    expect(said).toMatch(/\r\n552 5\.3\.4 /);
    expect(taken).toEqual([]);
  });

  test.each([
    ['commands out of order', ['DATA', 'QUIT'], /\r\n503 /],
    ['a web browser', ['GET / HTTP/1.1'], /\r\n421 /],
    ['nonsense', Array.from({ length: 12 }, () => '\0\xff'), /\r\n421 [^\r]*too many/],
    ['no recipient', ['EHLO x', 'MAIL FROM:<>', 'RCPT TO:<>', 'QUIT'], /\r\n501 /],
    ['a line without end', ['x'.repeat(1_000_000)], /\r\n(421|500) /],
    ['a line break in an address', ['EHLO x', 'MAIL FROM:<>', `RCPT TO:<a\n${PATH}>`, 'QUIT'], /\r\n(550|501|500) /],
  ])('survives %s', async (_, lines, answer) => {
    expect(await conversation(...lines)).toMatch(answer);
    expect(await send(PATH)).toMatch(/^250 /);
    expect(taken).toHaveLength(1);
  });

  test('takes no bare line feeds for the end of a mail', async () => {
    const said = await conversation(
      'EHLO x',
      'MAIL FROM:<>',
      `RCPT TO:<${PATH}>`,
      'DATA',
      'Subject: x\r\n\r\nx\n.\nMAIL FROM:<forged@council.example>\n.\r\nx\r\n.',
      'QUIT',
    );
    expect(said.match(/^250 2\.6\.0 /gm)).toHaveLength(1);
    expect(taken).toHaveLength(1);
    expect(taken[0]!.raw.toString()).toContain('forged@council.example');
  });

  test('keeps nothing of a mail whose sender hangs up in the middle', async () => {
    const socket = connect(listener.port, '127.0.0.1').setEncoding('latin1');
    const lines = ['EHLO x\r\n', 'MAIL FROM:<>\r\n', `RCPT TO:<${PATH}>\r\n`, 'DATA\r\n', 'Subject: half'];
    socket.on('data', (text: string) => {
      if (/^\d{3} .*\r\n$/m.test(text)) socket.write(lines.shift() ?? '');
      if (lines.length === 0) socket.destroy();
    });
    await once(socket, 'close');

    expect(await send(PATH)).toMatch(/^250 /);
    expect(taken).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  test('has no time for the silent, nor for those who talk for ever', async () => {
    await listener.close();
    await listen({ ...LIMITS, silenceMs: 500, wholeMs: 60_000 });
    expect(await conversation()).toMatch(/^220 .*\r\n421 /);

    await listener.close();
    await listen({ ...LIMITS, silenceMs: 60_000, wholeMs: 800 });
    const forEver = Array.from({ length: 100_000 }, () => 'NOOP');
    expect(await conversation(...forEver)).toMatch(/^220 /);
  });

  test('hears three at once, and asks the fourth to come again', async () => {
    const three = Array.from({ length: 3 }, () => connect(listener.port, '127.0.0.1'));
    await Promise.all(three.map((socket) => once(socket, 'data')));

    expect(await conversation('QUIT')).toMatch(/^421 /);
    for (const socket of three) socket.destroy();
    await expect.poll(() => send(PATH)).toMatch(/^250 /);
  });
});
