import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { openHttp } from '../../src/lookup/http.ts';
import { parliament } from '../../src/lookup/parliament.ts';
import type { StandIn } from '../stand-ins/loopback.ts';
import { startParliament, type Options } from '../stand-ins/parliament.ts';

const http = openHttp({ pauseMs: 2, opensAfter: 1_000 });
const hasty = openHttp({ pauseMs: 2, opensAfter: 1_000, timeoutMs: 200 });
afterAll(() => Promise.all([http.close(), hasty.close()]));

const NAMES = [
  'Bermondsey and Old Southwark',
  'Henley and Thame',
  'Tonbridge',
  'Montgomeryshire and Glyndŵr',
  'Ynys Môn',
];

describe('asking Parliament who sits for a constituency', () => {
  let upstream: StandIn | undefined;
  afterEach(() => upstream?.close());
  const start = async (options: Options = {}) => {
    upstream = await startParliament({ names: NAMES, ...options });
    const { seatFor } = parliament(http, upstream.url);
    return { upstream, seatFor };
  };

  test('gives the member, with the address of the parliamentary office before the constituency’s', async () => {
    const { seatFor, upstream } = await start();
    expect(await seatFor('Henley and Thame')).toEqual({
      ok: true,
      value: {
        vacant: false,
        member: {
          displayName: 'Asha Pellow',
          addressAs: null,
          emails: ['member-5001@parliament.example', 'constituency-5001@parliament.example'],
        },
      },
    });
    expect(upstream.requests.map(({ path }) => path)).toEqual([
      '/api/Location/Constituency/Search?searchText=Henley+and+Thame&skip=0&take=20',
      '/api/Members/5001/Contact',
    ]);
  });

  test('gives the constituency office where Westminster publishes none', async () => {
    const { seatFor } = await start({ constituencyEmailOnly: ['Tonbridge'] });
    expect(await seatFor('Tonbridge')).toMatchObject({
      value: { member: { emails: ['constituency-5002@parliament.example'] } },
    });
  });

  test('gives a member without an address where none is published', async () => {
    const { seatFor } = await start({ withoutEmail: ['Tonbridge'] });
    expect(await seatFor('Tonbridge')).toMatchObject({ value: { vacant: false, member: { emails: [] } } });
  });

  test('says that a seat is vacant, and asks no further', async () => {
    const { seatFor, upstream } = await start({ vacant: ['Tonbridge'] });
    expect(await seatFor('Tonbridge')).toEqual({ ok: true, value: { vacant: true } });
    expect(upstream.asked).toBe(1);
  });

  test('finds Glyndŵr where Parliament writes Glyndwr', async () => {
    const { seatFor, upstream } = await start({ spelling: (name) => name.replace('ŵ', 'w') });
    expect(await seatFor('Montgomeryshire and Glyndŵr')).toMatchObject({ ok: true });
    expect(upstream.requests[1]?.path).toContain('searchText=Montgomeryshire&');
  });

  test('finds Glyndwr where Parliament writes Glyndŵr', async () => {
    const { seatFor } = await start();
    expect(await seatFor('Montgomeryshire and Glyndwr')).toMatchObject({ ok: true });
  });

  test('prefers the seat of today to its namesake on the map before', async () => {
    const { seatFor } = await start({ namesakes: ['Tonbridge'] });
    expect(await seatFor('Tonbridge')).toMatchObject({
      value: { member: { emails: ['member-5002@parliament.example', expect.anything()] } },
    });
  });

  test.each([['Old Southwark'], ['Bermondsey'], ['Narnia'], ['Ŵ'], ['']])('does not know "%s"', async (name) => {
    const { seatFor } = await start();
    expect(await seatFor(name)).toEqual({ ok: false, error: { kind: 'unknown-constituency' } });
  });

  test('turns every page of a long answer', async () => {
    const names = Array.from({ length: 45 }, (_, at) => `Sheffield ${at}`);
    const { seatFor, upstream } = await start({ names: [...names, 'Sheffield'] });
    expect(await seatFor('Sheffield')).toMatchObject({
      value: { member: { emails: ['member-5045@parliament.example', expect.anything()] } },
    });
    expect(upstream.asked).toBe(4);
  });

  test('does not turn pages for ever', async () => {
    const { seatFor, upstream } = await start({ names: Array.from({ length: 300 }, (_, at) => `Sheffield ${at}`) });
    expect(await seatFor('Sheffield')).toMatchObject({ error: { kind: 'unreadable' } });
    expect(upstream.asked).toBe(10);
  });

  test.each([
    ['down', 'unavailable'],
    ['slow', 'unavailable'],
    ['cut', 'unavailable'],
    ['500', 'unavailable'],
    ['html', 'unreadable'],
    ['lying', 'unknown-constituency'],
  ] as const)('when it is %s, is %s', async (mode, kind) => {
    const { upstream } = await start();
    upstream.faults.mode = mode;
    expect(await parliament(hasty, upstream.url).seatFor('Tonbridge')).toMatchObject({ error: { kind } });
  });
});
