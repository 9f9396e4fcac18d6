import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import type { Attempt, Received } from '../domain/returned-mail.ts';
import type { ArrivedMail } from './read-return.ts';

interface Needs {
  readonly port: number;
  readonly host: string;
  /** How the listener calls itself. Never as the mail server in front of it does, which would take it for a loop. */
  readonly name: string;
  /** What a well-signed return path names. */
  readonly attemptIn: (address: string) => Attempt | undefined;
  /** Deals with one mail for good, or throws: then it has to come again. */
  readonly receive: (attempt: Attempt, mail: ArrivedMail) => Promise<Received>;
  /** Told of every mail that was taken, and of every one that was turned away; nothing in it names a person. */
  readonly note: (event: 'a mail came back' | 'a mail for nobody was refused', what: object) => void;
  /** Told why a mail could not be dealt with: a person has to act. */
  readonly complain: (cause: unknown) => void;
  readonly limits?: Limits;
}

interface Limits {
  /** Bytes of one mail. */
  readonly mostBytes: number;
  readonly mostConnections: number;
  /** Wrong recipients on one connection before it is closed. */
  readonly mostStrangers: number;
  /** Milliseconds without a word. */
  readonly silenceMs: number;
  /** Milliseconds of one connection, whatever is said on it. */
  readonly wholeMs: number;
}

/** All mails at once fit into 50 MB of memory. */
const LIMITS: Limits = {
  mostBytes: 5_000_000,
  mostConnections: 10,
  mostStrangers: 10,
  silenceMs: 60_000,
  wholeMs: 10 * 60_000,
};

export interface ReturnsListener {
  readonly port: number;
  /** Lets the mail in hand finish. */
  close(): Promise<void>;
}

/**
 * A mail server that takes nothing but mail to our own return paths, from anybody and from nobody. Without encryption or sign-in: it stands behind
 * the operator's own mail server, or is the one for a domain that has no other mail. A yes means that the mail is dealt with; when our side fails it
 * says 451, and the other server keeps the mail and comes again (RFC 5321, 4.2.5).
 */
export async function listenForReturns({ limits = LIMITS, ...needs }: Needs): Promise<ReturnsListener> {
  const server = new SMTPServer({
    name: needs.name,
    banner: 'Pennypost',
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    hideENHANCEDSTATUSCODES: false,
    size: limits.mostBytes,
    rejectOversized: true,
    maxClients: limits.mostConnections,
    maxRecipients: 1, // each mail belongs to one delivery; the rest is sent in another transaction
    socketTimeout: limits.silenceMs,
    closeTimeout: 5_000,
    onRcptTo: recipientCheck(needs, limits.mostStrangers),
    onData: (stream, session, callback) => void takeMail(needs, stream, session, callback),
  });
  // Whoever hangs up in the middle comes again; there is nothing to do about it.
  server.on('error', () => {});
  server.server.on('connection', (socket) => {
    const end = setTimeout(() => socket.destroy(), limits.wholeMs);
    socket.once('close', () => clearTimeout(end));
  });
  await once(server.listen(needs.port, needs.host), 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((closed) => void server.close(closed)),
  };
}

/** What is said instead of yes. */
type Answer = readonly [code: number, text: string];

const NO_SUCH_PATH: Answer = [550, 'No such return path'];
const TOO_MANY_STRANGERS: Answer = [421, 'Too many unknown recipients'];
const COME_AGAIN: Answer = [451, 'Cannot deal with this now, please send it again'];
const UNWANTED: Answer = [550, 'Nobody here can be written to at this address'];

function recipientCheck({ attemptIn, note }: Needs, mostStrangers: number): NonNullable<SMTPServerOptions['onRcptTo']> {
  const strangers = new WeakMap<SMTPServerSession, number>();
  return ({ address }, session, callback) => {
    if (attemptIn(address)) return callback();
    const met = (strangers.get(session) ?? 0) + 1;
    strangers.set(session, met);
    note('a mail for nobody was refused', {});
    callback(problem(met < mostStrangers ? NO_SUCH_PATH : TOO_MANY_STRANGERS));
  };
}

async function takeMail(
  needs: Needs,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  callback: (problem: Error | null) => void,
): Promise<void> {
  // What is thrown here is a connection that ended in the middle: nobody hears the answer.
  const answer = await answerTo(needs, stream, session).catch(() => COME_AGAIN);
  callback(answer && problem(answer));
}

/** Null: yes. */
async function answerTo(
  { attemptIn, receive, note, complain }: Needs,
  stream: SMTPServerDataStream,
  { envelope }: SMTPServerSession,
): Promise<Answer | null> {
  const raw = await wholeOf(stream);
  if (raw === null) return COME_AGAIN; // not heard: the server itself says that it is too big
  const attempt = attemptIn(envelope.rcptTo[0]?.address ?? '');
  if (!attempt) return NO_SUCH_PATH; // it was one until a moment ago
  try {
    const received = await receive(attempt, {
      raw,
      fromNobody: !envelope.mailFrom || envelope.mailFrom.address === '',
    });
    note('a mail came back', { ...received, bytes: raw.length });
    return ANSWERS[received.outcome];
  } catch (cause) {
    complain(cause);
    return COME_AGAIN;
  }
}

const ANSWERS: Readonly<Record<Received['outcome'], Answer | null>> = {
  noted: null,
  'noted before': null,
  forwarded: null,
  'forwarded before': null,
  dropped: null,
  later: COME_AGAIN,
  unwanted: UNWANTED,
};

/** All of a mail; null when it is too big. What goes beyond the limit is heard and not kept. */
async function wholeOf(stream: SMTPServerDataStream): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (stream.sizeExceeded) chunks.length = 0;
    else chunks.push(chunk);
  }
  return stream.sizeExceeded ? null : Buffer.concat(chunks);
}

function problem([responseCode, text]: Answer): Error {
  return Object.assign(new Error(text), { responseCode });
}
