import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openHttp, type Http } from '../../src/lookup/http.ts';
import { json, startAnswering, type Answering } from './answering.ts';

const Town = z.object({ name: z.string() });
const ELY = json({ name: 'Ely' });
const BROKEN = json({ title: 'Out of order' }, 503);

let upstream: Answering;
let http: Http;
beforeEach(async () => {
  upstream = await startAnswering(ELY);
  http = openHttp({ pauseMs: 2, largestBytes: 10_000 });
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
});

describe('no detail of a failure repeats what was asked', () => {
  test.each([
    ['html', 'html'],
    ['down', 'down'],
    ['cut', 'cut'],
    ['500', '500'],
  ] as const)('%s', async (_, mode) => {
    upstream.faults.mode = mode;
    expect(JSON.stringify(await ask())).not.toMatch(/CB7|postcode|127\.0\.0\.1/);
  });
});
