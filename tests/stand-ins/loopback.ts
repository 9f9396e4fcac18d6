import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * What can be wrong with an upstream: down (hangs up without a word), slow (answers after `delayMs`), html (a page with status
 * 200), cut (half an answer), 500 (its own error), lying (a well-formed answer that is not true).
 */
export type Fault = 'ok' | 'down' | 'slow' | 'html' | 'cut' | '500' | 'lying';

export interface Faults {
  mode: Fault;
  delayMs: number;
}

export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Asked {
  readonly method: string;
  /** Path and query as they came, still encoded. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
}

export interface StandIn {
  readonly url: URL;
  readonly asked: number;
  readonly requests: readonly Asked[];
  /** Connections that were ever opened to it. */
  readonly connections: number;
  /** Set it to misbehave from the next request on. */
  readonly faults: Faults;
  close(): Promise<void>;
}

export interface Upstream {
  answer(request: Asked, lying: boolean): Reply;
  /** Its own words for "500". */
  readonly broken: Reply;
}

/** A real server on the loopback that answers as an upstream does, or as it does on a bad day. */
export async function startStandIn({ answer, broken }: Upstream): Promise<StandIn> {
  const requests: Asked[] = [];
  const faults: Faults = { mode: 'ok', delayMs: 10_000 };
  const loopback = await openLoopback(async (req, res) => {
    const request = askedIn(req);
    requests.push(request);
    const { mode } = faults;
    if (mode === 'down') return req.socket.destroy();
    if (mode === 'slow') await wait(faults.delayMs, undefined, { ref: false });
    if (mode === 'html') return send(res, PAGE);
    if (mode === '500') return send(res, broken);
    const reply = answer(request, mode === 'lying');
    return mode === 'cut' ? sendHalf(res, reply) : send(res, reply);
  });
  return {
    url: loopback.url,
    get asked() {
      return requests.length;
    },
    requests,
    get connections() {
      return loopback.sockets.length;
    },
    faults,
    close: loopback.close,
  };
}

export interface Loopback {
  readonly url: URL;
  /** Every connection that was ever opened to it. */
  readonly sockets: readonly Socket[];
  close(): Promise<void>;
}

/** A server on a free port of the loopback. */
export async function openLoopback(handle: RequestListener): Promise<Loopback> {
  const sockets: Socket[] = [];
  const server = createServer(handle);
  server.on('connection', (socket) => sockets.push(socket));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    sockets,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

export function askedIn(req: IncomingMessage): Asked {
  return { method: req.method ?? '', path: req.url ?? '', headers: req.headers };
}

export const PAGE: Reply = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<!doctype html><title>Back soon</title>',
};

export function send(res: ServerResponse, { status, headers, body }: Reply): void {
  res.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}

export function sendHalf(res: ServerResponse, { status, headers, body }: Reply): void {
  res.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  res.write(body.slice(0, body.length / 2), () => res.destroy());
}
