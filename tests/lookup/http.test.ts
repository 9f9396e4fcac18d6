import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openHttp, type Http } from '../../src/lookup/http.ts';
import { json, startAnswering, type Answering } from './answering.ts';

const Town = z.object({ name: z.string() });
const ELY = json({ name: 'Ely' });
const BROKEN = json({ title: 'Out of order' }, 503);

let upstream: Answering;
let http: Http;
let now = 0;
beforeEach(async () => {
  now = 0;
  upstream = await startAnswering(ELY);
  http = openHttp({ timeoutMs: 200, pauseMs: 2, connections: 4, largestBytes: 10_000, opensAfter: 3, now: () => now });
});
afterEach(async () => {
  await http.close();
  await upstream.close();
});
const ask = (path = '/towns/ely?postcode=CB7%204XX') => http.getJson(new URL(path, upstream.url), Town);

describe('asking an upstream', () => {
  test('gives the answer in its shape', async () => {
    expect(await ask()).toEqual({ ok: true, value: { name: 'Ely' } });
  });

  test('asks for JSON and says who asks', async () => {
    await ask();
    expect(upstream.requests[0]?.headers).toMatchObject({
      accept: 'application/json',
      'user-agent': expect.stringContaining('Pennypost'),
    });
  });

  test.each([500, 502, 503, 429, 408])('waits out a stumble with status %i', async (status) => {
    upstream.replies = [json({}, status), ELY];
    expect(await ask()).toMatchObject({ ok: true });
    expect(upstream.asked).toBe(2);
  });

  test('waits out two', async () => {
    upstream.replies = [BROKEN, BROKEN, ELY];
    expect(await ask()).toMatchObject({ ok: true });
  });

  test('gives up after three', async () => {
    upstream.replies = [BROKEN];
    expect(await ask()).toEqual({ ok: false, error: { kind: 'unavailable', detail: 'status 503' } });
    expect(upstream.asked).toBe(3);
  });

  test('gives up after three silences', async () => {
    upstream.faults.mode = 'slow';
    expect(await ask()).toEqual({ ok: false, error: { kind: 'unavailable', detail: 'TimeoutError' } });
    expect(upstream.asked).toBe(3);
  });

  test.each(['down', 'cut'] as const)('takes an upstream that is %s for unavailable', async (mode) => {
    upstream.faults.mode = mode;
    expect(await ask()).toMatchObject({ error: { kind: 'unavailable' } });
    expect(upstream.asked).toBe(3);
  });

  test('takes a closed port for unavailable', async () => {
    const gone = await startAnswering();
    await gone.close();
    expect(await http.getJson(gone.url, Town)).toEqual({
      ok: false,
      error: { kind: 'unavailable', detail: 'ECONNREFUSED' },
    });
  });

  test.each([
    ['a page that is not JSON', { status: 200, body: '<html>CB7 4XX' }, 'not JSON'],
    ['an empty page', { status: 200, body: '' }, 'not JSON'],
    ['nothing at all', { status: 204, body: '' }, 'status 204'],
    ['JSON of another shape', json({ name: 1 }), 'invalid_type at name'],
    ['JSON of no shape', json(null), 'invalid_type at the top'],
    ['our own bad request', json({}, 400), 'status 400'],
    ['a closed door', json({}, 403), 'status 403'],
    ['an answer beyond all bounds', json({ name: 'y'.repeat(20_000) }), 'too large'],
  ])('does not ask twice after %s', async (_, answer, detail) => {
    upstream.replies = [answer];
    expect(await ask()).toEqual({ ok: false, error: { kind: 'unreadable', detail } });
    expect(upstream.asked).toBe(1);
  });

  test('does not follow a redirect', async () => {
    upstream.replies = [{ status: 302, body: '', headers: { location: '/elsewhere' } }, ELY];
    expect(await ask()).toMatchObject({ error: { kind: 'unreadable', detail: 'status 302' } });
    expect(upstream.asked).toBe(1);
  });

  test.each([
    ['its JSON', json({ error: 'No such town' }, 404), { error: 'No such town' }],
    ['null where it has none', { status: 404, body: '<html>' }, null],
  ])('hands on a missing page with %s', async (_, answer, body) => {
    upstream.replies = [answer];
    expect(await ask()).toEqual({ ok: false, error: { kind: 'not-found', body } });
    expect(upstream.asked).toBe(1);
  });

  test('shares a pool of connections', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => ask()));
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
    expect(performance.now() - since).toBeLessThan(1_500);
  });

  test('waits no longer when all connections are busy', async () => {
    upstream.faults.mode = 'slow';
    const since = performance.now();
    const answers = await Promise.all(Array.from({ length: 40 }, () => ask()));
    expect(answers.every(({ ok }) => !ok)).toBe(true);
    expect(performance.now() - since).toBeLessThan(1_500);
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

describe('no detail of a failure repeats what was asked', () => {
  test.each([
    ['html', 'html'],
    ['down', 'down'],
    ['slow', 'slow'],
    ['cut', 'cut'],
    ['500', '500'],
  ] as const)('%s', async (_, mode) => {
    upstream.faults.mode = mode;
    expect(JSON.stringify(await ask())).not.toMatch(/CB7|postcode|127\.0\.0\.1/);
  });
});

describe('an upstream that keeps failing', () => {
  const failThreeTimes = async () => {
    upstream.faults.mode = 'down';
    for (let time = 0; time < 3; time++) await ask();
  };

  test('is left alone', async () => {
    await failThreeTimes();
    const asked = upstream.asked;
    expect(await ask()).toMatchObject({ error: { kind: 'unavailable' } });
    expect(upstream.asked).toBe(asked);
  });

  test('is asked once by one of many after a rest, and by all when it answers', async () => {
    await failThreeTimes();
    const asked = upstream.asked;
    upstream.faults.mode = 'ok';
    now = 10_000;

    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(answers.map(({ ok }) => ok)).toEqual([true, false, false]);
    expect(upstream.asked).toBe(asked + 1);
    expect(await ask()).toMatchObject({ ok: true });
  });

  test('is probed with one attempt, not with three', async () => {
    await failThreeTimes();
    const asked = upstream.asked;
    now = 10_000;
    await ask();
    expect(upstream.asked).toBe(asked + 1);
  });

  test('does not spoil another upstream', async () => {
    await failThreeTimes();
    const other = await startAnswering(ELY);
    expect(await http.getJson(other.url, Town)).toMatchObject({ ok: true });
    await other.close();
  });

  test('is one that gives no answer: a missing page is an answer', async () => {
    upstream.replies = [json({}, 404)];
    for (let time = 0; time < 5; time++) await ask();
    upstream.replies = [ELY];
    expect(await ask()).toMatchObject({ ok: true });
  });
});
