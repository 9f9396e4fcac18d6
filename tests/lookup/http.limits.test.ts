import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openHttp, type Http } from '../../src/lookup/http.ts';
import { json, startAnswering, type Answering } from './answering.ts';

const Town = z.object({ name: z.string() });
const ELY = json({ name: 'Ely' });

let upstream: Answering;
let http: Http;
beforeEach(async () => {
  upstream = await startAnswering(ELY);
  http = openHttp({ timeoutMs: 200, pauseMs: 2, connections: 4 });
});
afterEach(async () => {
  await http.close();
  await upstream.close();
});
const ask = (path = '/towns/ely?postcode=CB7%204XX') => http.getJson(new URL(path, upstream.url), Town);

describe('asking an upstream', () => {
  test('gives up after three silences', async () => {
    upstream.faults.mode = 'slow';
    expect(await ask()).toEqual({ ok: false, error: { kind: 'unavailable', detail: 'TimeoutError' } });
    expect(upstream.asked).toBe(3);
  });

  test('gives up sooner when the whole of it takes too long', async () => {
    const hurried = openHttp({ timeoutMs: 200, wholeMs: 210, pauseMs: 40, chance: () => 1 });
    upstream.faults.mode = 'slow';
    expect(await hurried.getJson(upstream.url, Town)).toMatchObject({ error: { kind: 'unavailable' } });
    await hurried.close();
    expect(upstream.asked).toBe(1);
  });

  test('shares a pool of connections', async () => {
    const patient = openHttp({ connections: 4 });
    const answers = await Promise.all(Array.from({ length: 40 }, () => patient.getJson(upstream.url, Town)));
    await patient.close();
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(upstream.connections).toBeLessThanOrEqual(4);
  });

  test('waits no longer for an answer that drips without end', async () => {
    const drips = createServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const drip = setInterval(() => socket.write('['), 20);
      socket.on('error', () => {}).on('close', () => clearInterval(drip));
    });
    expect(await askRaw(drips, 'http')).toMatchObject({ error: { kind: 'unavailable', detail: 'TimeoutError' } });
  });

  test('waits no longer for a connection that is never made', async () => {
    const silent = createServer((socket) => void socket.on('error', () => {}));
    const since = performance.now();
    expect(await askRaw(silent, 'https')).toMatchObject({ error: { kind: 'unavailable' } });
    expect(performance.now() - since).toBeLessThan(2_500);
  });

  test('waits no longer when all connections are busy', async () => {
    upstream.faults.mode = 'slow';
    const since = performance.now();
    const answers = await Promise.all(Array.from({ length: 40 }, () => ask()));
    expect(answers.every(({ ok }) => !ok)).toBe(true);
    expect(performance.now() - since).toBeLessThan(2_500);
  });
});

/** Asks a server that speaks for itself, and closes it. */
async function askRaw(server: Server, protocol: 'http' | 'https') {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const answer = await http.getJson(new URL(`${protocol}://127.0.0.1:${port}`), Town);
  sockets.forEach((socket) => socket.destroy());
  server.close();
  return answer;
}

describe('closing', () => {
  test('waits for the answer in hand', async () => {
    const closing = openHttp();
    upstream.faults.mode = 'slow';
    upstream.faults.delayMs = 50;
    const answer = closing.getJson(new URL('/towns/ely', upstream.url), Town);
    await closing.close();
    expect(await answer).toMatchObject({ ok: true });
  });
});
