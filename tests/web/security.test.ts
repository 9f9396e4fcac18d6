import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSite, type Site } from '../site.ts';

describe('every answer', () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite();
  });
  afterAll(() => site.close());

  test.each(['/', '/nothing', '/api/v1/places/hello', '/healthz', '/write?postcode=hello'])(
    '%s carries the headers that keep pages to ourselves',
    async (path) => {
      const { headers } = await site.get(path);
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';/);
      expect(headers.get('content-security-policy')).not.toMatch(/unsafe|https?:|\*/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('strict-origin');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('set-cookie')).toBeNull();
      expect(headers.get('cache-control')).toMatch(/no-cache|no-store/);
      expect(headers.get('strict-transport-security')).toBeNull();
    },
  );

  test('asks browsers to stay with TLS where there is TLS', async () => {
    const behindTls = await startSite({ settings: { PUBLIC_URL: 'https://127.0.0.1' } });
    const answer = await fetch(new URL(`http://127.0.0.1:${behindTls.port}/`));
    expect(answer.headers.get('strict-transport-security')).toMatch(/^max-age=31536000/);
    await behindTls.close();
  });

  test.each([
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a neighbour of ours', { 'Sec-Fetch-Site': 'same-site' }],
    ['an older browser on another site', { 'Sec-Fetch-Site': '', Origin: 'https://elsewhere.example' }],
  ])('a form sent by %s is refused', async (_, headers) => {
    const form = new Headers(headers);
    if (form.get('sec-fetch-site') === '') form.delete('sec-fetch-site');
    const answer = await fetch(new URL('/letters', site.url), {
      method: 'POST',
      body: new URLSearchParams({ to: 'x' }),
      headers: form,
    });
    expect(answer.status).toBe(403);
  });

  test.each([
    ['our own page', { 'Sec-Fetch-Site': 'same-origin' }],
    ['a program that is no browser', {}],
  ])('a form sent by %s is read', async (_, headers) => {
    const answer = await fetch(new URL('/letters', site.url), {
      method: 'POST',
      body: new URLSearchParams({ to: 'x' }),
      headers,
    });
    expect(answer.status).not.toBe(403);
  });

  test('JSON in place of a form is refused with a page', async () => {
    const answer = await site.postJson('/letters', { to: 'mp:E14001085' });
    expect(answer.status).toBe(415);
    expect(await answer.text()).toContain('<h1');
  });

  test('ten megabytes are refused with a page', async () => {
    const answer = await site.post('/letters', { body: 'x'.repeat(10_000_000) });
    expect(answer.status).toBe(413);
    expect(await answer.text()).toContain('<h1');
  });

  test('an address with a broken escape is refused with a page', async () => {
    const answer = await raw(site, 'GET /letters/%E0%A4%A HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toContain('<h1');
  });

  test('too many look-ups from one address are refused kindly, with when to come back', async () => {
    const limited = await startSite({ settings: { RATE_LIMITS: 'on' } });
    const answers = await Promise.all(Array.from({ length: 61 }, () => limited.get('/write?postcode=hello')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(1);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused[0]?.text()).toContain('<h1');
    await limited.close();
  });

  test('so is reporting one wrong contact after another', async () => {
    const limited = await startSite({ settings: { RATE_LIMITS: 'on' } });
    const report = { to: 'council:E09000028', what: 'wrong address' };
    const answers = await Promise.all(Array.from({ length: 11 }, () => limited.post('/contacts/reports', report)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array.from({ length: 10 }, () => 303), 429]);
    await limited.close();
  });
});

function raw(site: Site, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(site.url.port), '127.0.0.1', () => socket.write(request));
    socket.on('data', (bytes) => (answer += bytes.toString('utf8')));
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });
}
