import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { hearSteps } from '../stand-ins/smtp-steps.ts';

const closing: (() => unknown)[] = [];

/** To be called after each test. */
export async function closeMailServers(): Promise<void> {
  for (const close of closing.splice(0)) await close();
}

export interface Taken {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
}

/** A real mail server on the loopback. */
export async function aMailServer(options: SMTPServerOptions = {}, host = '127.0.0.1') {
  const taken: Taken[] = [];
  const sockets: Socket[] = [];
  let connections = 0;
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    disableReverseLookup: true,
    onConnect: (_, callback) => (connections++, callback()),
    onData: (stream, { envelope }, callback) => {
      const { mailFrom, rcptTo } = envelope;
      let raw = '';
      stream.setEncoding('utf8').on('data', (chunk: string) => (raw += chunk));
      stream.once('end', () => {
        taken.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address), raw });
        callback();
      });
    },
    ...options,
  });
  server.on('error', () => {}); // clients that hang up are part of the tests
  server.server.on('connection', (socket: Socket) => sockets.push(socket));
  await once(server.listen(0, host), 'listening');
  closing.push(() => new Promise<void>((closed) => server.close(closed)));
  const { port } = server.server.address() as AddressInfo;
  const hangUp = () => sockets.forEach((socket) => socket.destroy());
  return { url: `smtp://${host}:${port}`, taken, connections: () => connections, hangUp };
}

export function wants(password: string): SMTPServerOptions {
  return {
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: (auth, _, callback) =>
      auth.password === password ? callback(null, { user: 'us' }) : callback(new Error('Wrong password')),
  };
}

export function refusal(responseCode: number, says = 'No such mailbox'): Error {
  return Object.assign(new Error(says), { responseCode });
}

/** A mail server that answers by the script: a reply, "silence", "hang up" or "drip" for a command, "." being the end of the letter. */
export async function aScriptedServer(script: Readonly<Record<string, string>>): Promise<string> {
  const usual: Record<string, string> = { greeting: '220 hello', DATA: '354 go on', QUIT: '221 bye' };
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    const answer = (command: string) => act(socket, script[command] ?? usual[command] ?? '250 fine');
    hearSteps(socket, (command) => {
      answer(command);
      return command === 'DATA' && !script['DATA'];
    });
    answer('greeting');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A mail server that keeps the very bytes of each letter, as they came through the socket; only the dots that were stuffed are taken out. */
export async function aRawSink() {
  const letters: Buffer[] = [];
  const asked: string[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {}); // as above
    let inLetter = false;
    let heard = '';
    socket.setEncoding('latin1').write('220 hello\r\n');
    socket.on('data', (chunk: string) => {
      heard += chunk;
      const ending = () => (inLetter ? '\r\n.\r\n' : '\r\n');
      for (let end = heard.indexOf(ending()); end >= 0; end = heard.indexOf(ending())) {
        const whole = heard.slice(0, end);
        heard = heard.slice(end + ending().length);
        if (inLetter) letters.push(Buffer.from(`${whole}\r\n`, 'latin1'));
        else asked.push(whole);
        inLetter = !inLetter && whole === 'DATA';
        socket.write(inLetter ? '354 go on\r\n' : '250 fine\r\n');
      }
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Every command that was given. */
    asked: () => asked,
    /** As they came, dots and all. */
    stuffed: () => letters,
    taken: () => letters.map((letter) => Buffer.from(letter.toString('latin1').replace(/^\./gm, ''), 'latin1')),
  };
}

function act(socket: Socket, what: string): void {
  if (what === 'silence') return;
  if (what === 'hang up') return void socket.destroy();
  if (what !== 'drip') return void socket.write(`${what}\r\n`);
  const dripping = setInterval(() => socket.write('250-wait\r\n'), 50);
  socket.on('close', () => clearInterval(dripping));
}

/** Where a mail server would be, if it ran. */
export async function nobodyListens(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return `smtp://127.0.0.1:${port}`;
}
