import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shareInOwnWords } from '../../src/domain/originality.js';
import { openAssets } from '../../src/web/static.ts';

describe('what pages load', () => {
  const assets = openAssets(new URL('../../public/', import.meta.url));
  let server: Server;
  const get = (path: string) => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);

  beforeAll(() => {
    server = createServer(express().use(assets.router));
    return new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  });
  afterAll(() => server.close());

  test.each([
    ['pennypost.css', 'text/css; charset=utf-8'],
    ['scripts/letter.js', 'text/javascript; charset=utf-8'],
    ['favicon.svg', 'image/svg+xml; charset=utf-8'],
    ['originality.js', 'text/javascript; charset=utf-8'],
  ])('%s may be kept for good under its own address', async (name, type) => {
    const answer = await get(`${assets.base}/${name}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(type);
    expect(answer.headers.get('cache-control')).toContain('immutable');
  });

  test('yesterday’s address still answers, but is not kept', async () => {
    expect((await get('/assets/0000000000/pennypost.css')).headers.get('cache-control')).toBe('no-cache');
  });

  test.each(['lost.css', '../package.json', '..%2fpackage.json', '%2e%2e/%2e%2e/package.json'])(
    '%s is not there',
    async (name) => {
      expect((await get(`${assets.base}/${name}`)).status).toBe(404);
    },
  );

  test('the page measures own words with the very function of the server', async () => {
    const script = await (await get(`${assets.base}/originality.js`)).text();
    const served = (await import(`data:text/javascript,${encodeURIComponent(script)}`)) as {
      shareInOwnWords: typeof shareInOwnWords;
    };
    const [letter, template] = ['I live here and I mind. Remove the cameras, please.', 'Remove the cameras, please.'];
    expect(served.shareInOwnWords(letter, template)).toBe(shareInOwnWords(letter, template));
  });
});
