import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openHttp, type Http } from '../../src/lookup/http.ts';
import { json, startAnswering, type Answering } from './answering.ts';

const Town = z.object({ name: z.string() });
const ELY = json({ name: 'Ely' });

let upstream: Answering;
let http: Http;
let now = 0;
beforeEach(async () => {
  now = 0;
  upstream = await startAnswering(ELY);
  http = openHttp({ pauseMs: 2, opensAfter: 3, now: () => now });
});
afterEach(async () => {
  await http.close();
  await upstream.close();
});
const ask = (path = '/towns/ely?postcode=CB7%204XX') => http.getJson(new URL(path, upstream.url), Town);

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
