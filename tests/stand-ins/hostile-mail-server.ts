import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { hearSteps } from './smtp-steps.ts';

/** The steps of handing a letter over; "." is its end. */
export type Step = 'greeting' | 'EHLO' | 'STARTTLS' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | '.';

export interface Hostility {
  readonly at: Step;
  /** A reply in its own words, or one of these. "drip": a reply a byte at a time that never ends. */
  readonly does: 'silence' | 'hang up' | 'yes and hang up' | 'drip' | (() => string);
  readonly host?: string;
}

/** The domain whose letters it is hostile to; before it knows whom a letter is for, it is so on its first two connections. */
export const HATED = 'hated.example';
const HOSTILE_CONNECTIONS = 2;

const USUAL: Readonly<Record<string, string>> = {
  greeting: '220 hello',
  AUTH: '235 welcome',
  DATA: '354 go on',
  QUIT: '221 bye',
};
const KNOWS_WHOM: readonly Step[] = ['RCPT', 'DATA', '.'];
const DRIP_EVERY_MS = 20;

/** A mail server that keeps to the rules with everybody but some. */
export async function aHostileServer({ at, does, host = '127.0.0.1' }: Hostility) {
  /** Whom each letter was for that it said yes to. */
  const taken: string[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    const early = sockets.length <= HOSTILE_CONNECTIONS;
    let to = '';
    const answer = (step: string) => {
      const hated = KNOWS_WHOM.includes(at) ? to.endsWith(`@${HATED}`) : early;
      const reply = step === at && hated ? act(socket, does) : (USUAL[step] ?? greetingOf(step, at));
      if (reply === undefined) return false;
      if (step === '.' && reply.startsWith('250')) taken.push(to);
      socket.write(`${reply}\r\n`);
      if (step === at && hated && does === 'yes and hang up') socket.end();
      return reply.startsWith('354');
    };
    hearSteps(socket, (step, line) => {
      if (step === 'RCPT') to = /<(.*)>/.exec(line)?.[1] ?? '';
      return answer(step);
    });
    answer('greeting');
  });
  await once(server.listen(0, host), 'listening');
  return {
    url: `smtp://${host}:${(server.address() as AddressInfo).port}`,
    taken,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function greetingOf(step: string, at: Step): string {
  if (step !== 'EHLO') return '250 fine';
  return at === 'STARTTLS' ? '250-hello\r\n250 STARTTLS' : '250-hello\r\n250 AUTH PLAIN';
}

/** What it says; undefined: nothing that ends. */
function act(socket: Socket, does: Hostility['does']): string | undefined {
  if (does === 'silence') return undefined;
  if (does === 'yes and hang up') return '250 fine';
  if (does === 'hang up') return void socket.destroy();
  if (does !== 'drip') return does();
  const dripping = setInterval(() => socket.write('2'), DRIP_EVERY_MS);
  socket.on('close', () => clearInterval(dripping));
  return undefined;
}
