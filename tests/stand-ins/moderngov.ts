import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { askedIn, openLoopback, PAGE, send, sendHalf, type Asked, type Reply } from './loopback.ts';
import { byWardXml, madeUpWards, type MadeUpWard } from './moderngov-records.ts';

/**
 * What can be wrong with a council's ModernGov. `slow` says nothing for `delayMs`, `drip` never comes to an end, `redirect` leads to
 * `location` and `moved` to a place where it answers well, `loop` leads round; `huge` is 100 MB and `bomb` is the same in few bytes of gzip.
 */
export type ModernGovFault =
  | 'ok'
  | 'down'
  | 'slow'
  | 'drip'
  | 'cut'
  | 'html'
  | 'wrong-root'
  | 'broken-xml'
  | 'laughs'
  | 'empty'
  | 'three'
  | 'no-emails'
  | 'redirect'
  | 'moved'
  | 'loop'
  | 'huge'
  | 'bomb'
  | '403'
  | '404'
  | '429'
  | '500';

export interface ModernGovFaults {
  mode: ModernGovFault;
  delayMs: number;
  location: string;
}

export interface ModernGovStandIn {
  /** For MODERNGOV_URL: the council's official code is the first part of the path. */
  readonly url: URL;
  readonly asked: number;
  readonly requests: readonly Asked[];
  /** Set it to misbehave from the next request on. */
  readonly faults: ModernGovFaults;
  /** What each council answers, by its official code; change it, and the ETag changes. */
  readonly councils: Map<string, readonly MadeUpWard[]>;
  readonly connections: number;
  /** Everything that was ever written to a connection, in bytes. */
  readonly bytesSent: number;
  /** Waits until nobody is connected to it any more. */
  leftAlone(): Promise<void>;
  close(): Promise<void>;
}

export interface ModernGovOptions {
  /** By official code. */
  readonly councils?: Readonly<Record<string, readonly MadeUpWard[]>>;
  /** What a council answers that is not among them; null: 404. */
  readonly others?: readonly MadeUpWard[] | null;
}

export const WARDS = ['Abbey', "St. Mary's Ward", 'Castle & Park', 'Riverside'];

const PATH = /^\/([ENSW]\d{8})\/mgWebService\.asmx\/GetCouncillorsByWard$/;

/** One server for all councils, as MODERNGOV_URL names it, with made-up councillors and the faults that have been seen. */
export async function startModernGov(options: ModernGovOptions = {}): Promise<ModernGovStandIn> {
  const { others = madeUpWards(WARDS) } = options;
  const councils = new Map(Object.entries(options.councils ?? {}));
  const requests: Asked[] = [];
  const faults: ModernGovFaults = { mode: 'ok', delayMs: 60_000, location: '' };
  const loopback = await openLoopback(async (req, res) => {
    const request = askedIn(req);
    requests.push(request);
    const [, code = ''] = PATH.exec(request.path.replace(/^\/moved/, '')) ?? [];
    const wards = councils.get(code) ?? (code ? others : null);
    await (request.path.startsWith('/moved') ? answer : FAULTS[faults.mode])({ res, request, wards, faults });
  });
  return {
    url: loopback.url,
    requests,
    faults,
    councils,
    close: loopback.close,
    get asked() {
      return requests.length;
    },
    get connections() {
      return loopback.sockets.length;
    },
    get bytesSent() {
      return loopback.sockets.reduce((sum, { bytesWritten }) => sum + bytesWritten, 0);
    },
    async leftAlone() {
      await Promise.all(loopback.sockets.map(gone));
    },
  };
}

interface Turn {
  readonly res: ServerResponse;
  readonly request: Asked;
  readonly wards: readonly MadeUpWard[] | null;
  readonly faults: ModernGovFaults;
}

const FAULTS: Record<ModernGovFault, (turn: Turn) => unknown> = {
  ok: answer,
  down: ({ res }) => res.destroy(),
  slow: async (turn) => {
    await wait(turn.faults.delayMs, undefined, { ref: false });
    return answer(turn);
  },
  drip: ({ res }) => {
    res.writeHead(200, XML).write('<councillorsbyward>');
    const drip = setInterval(() => res.write(' '), 5);
    res.on('close', () => clearInterval(drip));
  },
  cut: ({ res, wards }) => sendHalf(res, xml(byWardXml(wards ?? []))),
  html: ({ res }) => send(res, PAGE),
  'wrong-root': ({ res, wards }) => send(res, xml(byWardXml(wards ?? []).replaceAll('councillorsbyward', 'meetings'))),
  'broken-xml': ({ res, wards }) => send(res, xml(byWardXml(wards ?? []).replace('</councillor>', ''))),
  laughs: ({ res, wards }) => send(res, xml(laughing(byWardXml(wards ?? [])))),
  empty: ({ res }) => send(res, xml(byWardXml([]))),
  three: ({ res }) => send(res, xml(byWardXml(madeUpWards(['Abbey'])))),
  'no-emails': ({ res, wards }) => send(res, xml(byWardXml(withoutEmails(wards ?? [])))),
  redirect: ({ res, faults }) => send(res, redirect(faults.location)),
  moved: ({ res, request }) => send(res, redirect(`/moved${request.path}`)),
  loop: ({ res, request }) => send(res, redirect(request.path)),
  huge: async ({ res }) => {
    res.writeHead(200, XML).write('<councillorsbyward>');
    await pour(res, Buffer.alloc(MEBIBYTE, ' '), 100);
  },
  bomb: ({ res }) => {
    res.writeHead(200, { ...XML, 'content-encoding': 'gzip' });
    res.end(gzipSync(Buffer.alloc(100 * MEBIBYTE, '<')));
  },
  '403': ({ res }) => send(res, { ...PAGE, status: 403 }),
  '404': ({ res }) => send(res, { ...PAGE, status: 404 }),
  '429': ({ res }) => send(res, { ...PAGE, status: 429 }),
  '500': ({ res }) => send(res, { status: 500, body: 'Web Service method name is not valid' }),
};

const MEBIBYTE = 1024 * 1024;
const XML = { 'content-type': 'text/xml; charset=utf-8' };

function answer({ res, request, wards }: Turn): void {
  if (!wards) return send(res, { ...PAGE, status: 404 });
  const reply = xml(byWardXml(wards));
  const { etag } = reply.headers;
  if (request.headers['if-none-match'] === etag) return void res.writeHead(304, { etag }).end();
  send(res, reply);
}

function xml(body: string) {
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
  return { status: 200, body, headers: { ...XML, etag, 'last-modified': 'Mon, 02 Nov 2026 08:00:00 GMT' } };
}

function redirect(location: string): Reply {
  return { status: 302, body: '', headers: { location } };
}

/** Ten of ten of ten …: a parser that follows them runs out of memory. */
function laughing(body: string): string {
  const entities = Array.from({ length: 10 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('\n');
  const doctype = `<!DOCTYPE councillorsbyward [\n<!ENTITY l0 "ha">\n${entities}\n]>\n`;
  return body
    .replace('<councillorsbyward>', `${doctype}<councillorsbyward>`)
    .replace('<wardtitle>', '<wardtitle>&l10;');
}

function withoutEmails(wards: readonly MadeUpWard[]): MadeUpWard[] {
  return wards.map(({ title, councillors }) => ({
    title,
    councillors: councillors.map(({ workEmail: _work, homeEmail: _home, ...councillor }) => councillor),
  }));
}

/** Writes a block so many times, no faster than it is read, until the other side has gone. */
async function pour(res: ServerResponse, block: Buffer, times: number): Promise<void> {
  for (let at = 0; at < times && !res.destroyed; at++)
    if (!res.write(block)) await Promise.race([once(res, 'drain'), once(res, 'close')]).catch(() => {});
  res.end();
}

/** However it went: a connection that is torn down says so with an error first. */
function gone(socket: Socket): Promise<void> {
  return new Promise((closed) => (socket.closed ? closed() : socket.once('close', () => closed())));
}
