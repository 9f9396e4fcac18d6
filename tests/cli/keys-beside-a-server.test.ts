import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { A_FORM as FORM, startSite, type Site } from '../site.ts';
import { ask } from './ask.ts';

const varDir = mkdtempSync(join(tmpdir(), 'pennypost-rotating-'));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(varDir, { recursive: true, force: true });
});

const OLD = 'o'.repeat(32);
const NEW = 'n'.repeat(32);

/** A server with these keys, on the one database. */
const withServer = async (keys: Record<string, string>, use: (site: Site) => Promise<void>) => {
  for (const [name, value] of Object.entries({ VAR_DIR: varDir, OLD_SECRET_KEYS: '', ...keys }))
    vi.stubEnv(name, value);
  const site = await startSite({ settings: { VAR_DIR: varDir, ...keys } });
  await use(site).finally(() => site.close());
};
const statusOf = async (site: Site, path: string) => (await site.get(path)).status;

test('keys are changed beside a running server, which knows all letters, people and links throughout', async () => {
  let status = '';
  let confirm = '';
  await withServer({ SECRET_KEY: OLD }, async (site) => {
    status = (await site.post('/letters', FORM)).headers.get('location') ?? '';
    const mailbox = async () => /\/mailbox\/[\w-]+/.exec(await (await site.get('/mailbox')).text())?.[0];
    await expect.poll(mailbox, { timeout: 10_000 }).toBeDefined();
    const mail = await (await site.get((await mailbox()) ?? '')).text();
    confirm = /\/confirm\/[\w.-]+/.exec(mail)?.[0] ?? '';
  });

  await withServer({ SECRET_KEY: NEW, OLD_SECRET_KEYS: OLD }, async (site) => {
    expect(await statusOf(site, status)).toBe(200);
    const { status: code, said } = await ask('keys', 'rotate');
    expect([code, said]).toEqual([0, expect.stringMatching(/\n2 sealed anew\.\n/)]);

    expect(await statusOf(site, status)).toBe(200);
    const again = await site.post('/letters', FORM);
    expect(again.status).not.toBe(303); // the very same letter is still known
    expect((await site.post(confirm, {})).status).toBe(303);
    expect(await (await site.get(status)).text()).toContain('Tenzin Example');
    expect((await ask('keys')).said).toMatch(
      /0 {2}old: needed by links about letters \(1\) and by turns to write \(1\)/,
    );
  });

  await withServer({ SECRET_KEY: NEW }, async (site) => {
    expect(await statusOf(site, status)).toBe(404); // dropped too early: the link is nobody's any more…
    expect((await ask('keys')).status).toBe(0); // …but nothing is locked away
  });
}, 60_000);
