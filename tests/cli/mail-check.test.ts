import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishedKeyOf } from '../../src/mail/dkim-key.ts';
import { startDns, type DnsStandIn, type Zone } from '../stand-ins/dns.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'pennypost-mail-'));
const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const keyFile = join(folder, 'dkim.pem');
writeFileSync(keyFile, key.export({ type: 'pkcs8', format: 'pem' }));

const CAMPAIGN = {
  PUBLIC_URL: 'https://write.example.org',
  SMTP_URL: 'smtps://name:hunter2@mail.example.net',
  MAIL_FROM: 'letters@example.org',
  SECRET_KEY: 'x'.repeat(32),
  ORGANISERS: 'ada@example.org',
  DKIM_DOMAIN: 'example.org',
  DKIM_SELECTOR: 'pp1',
  DKIM_KEY_FILE: keyFile,
};
const MX = { MX: ['10 mx.example.org'] };
const SOUND: Readonly<Record<string, Zone>> = {
  'example.org': { ...MX, TXT: ['v=spf1 a:mail.example.net -all'] },
  'bounces.example.org': { ...MX, TXT: ['v=spf1 a:mail.example.net -all'] },
  'mx.example.org': { A: ['192.0.2.1'] },
  '_dmarc.example.org': { TXT: ['v=DMARC1; p=reject'] },
  'pp1._domainkey.example.org': { TXT: [publishedKeyOf(key).record] },
};

let sound: DnsStandIn;
let bare: DnsStandIn;
let failing: DnsStandIn;
beforeAll(async () => {
  sound = await startDns(SOUND);
  bare = await startDns({});
  failing = await startDns({ ...SOUND, '_dmarc.example.org': { fault: 'SERVFAIL' } });
});
afterAll(async () => {
  for (const server of [sound, bare, failing]) await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the operator's command line as `npm run pennypost` does, beside name servers that go on answering. */
function run(words: readonly string[], settings: NodeJS.ProcessEnv = CAMPAIGN) {
  const before = ['--disable-warning=ExperimentalWarning', '--import', './src/node-version.js', 'src/pennypost.ts'];
  const options = { cwd: ROOT, env: { PATH: process.env.PATH, VAR_DIR: folder, ...settings } };
  return new Promise<{ status: number | string; said: string; complained: string }>((done) => {
    execFile(process.execPath, [...before, ...words], options, (failure, said, complained) =>
      done({ status: failure?.code ?? 0, said, complained }),
    );
  });
}

const check = (server: DnsStandIn, settings: NodeJS.ProcessEnv = {}) =>
  run(['mail', 'check', '--server', server.address], { ...CAMPAIGN, ...settings });

describe('the operator’s check of the sending domain', () => {
  test('ends well when everything is there, and is honest about what cannot be seen', async () => {
    const { status, said } = await check(sound, { BOUNCE_DOMAIN: 'bounces.example.org' });

    expect(said).toContain(
      'Mail from letters@example.org, bounces to bounces.example.org, handed to mail.example.net\n',
    );
    expect(said).toMatch(/cannot be seen from here: mail\.example\.net may hand your mail on/);
    expect(said).toMatch(/\nNothing has to be mended\.\n$/);
    expect(said).not.toContain('WRONG');
    expect(status).toBe(0);
  });

  test('says what to publish, and ends with 1', async () => {
    const { status, said } = await check(bare);

    expect(said).toContain('example.org.  TXT  "v=spf1 a:mail.example.net ~all"\n');
    expect(said).toContain('pp1._domainkey.example.org.  TXT  "v=DKIM1; k=rsa; p=');
    expect(said).toContain('_dmarc.example.org.  TXT  "v=DMARC1; p=none"\n');
    expect(said).toContain('example.org.  MX  10 NAME-OF-YOUR-MAIL-SERVER.\n');
    expect(said).toMatch(/\n4 things to mend\.\n$/);
    expect(said).not.toMatch(/hunter2|PRIVATE/);
    expect(status).toBe(1);
  });

  test('takes a failure for no answer, not for "there is none", and ends with 2', async () => {
    const { status, said } = await check(failing);

    expect(said).toContain(
      'unknown  The DMARC record at _dmarc.example.org could not be looked up: its name servers answer with a failure',
    );
    expect(said).toMatch(/\n1 thing could not be looked up\.\n$/);
    expect(status).toBe(2);
  });

  test.each([
    [['--server', 'example.org'], CAMPAIGN, 'example.org is no internet address'],
    [['--server', '127.0.0.1:70000'], CAMPAIGN, '127.0.0.1:70000 is no internet address'],
    [['--nonsense'], CAMPAIGN, 'The operator'],
    [['example.org'], CAMPAIGN, 'The operator'],
    [[], {}, 'This is practice mode'],
    [[], { ...CAMPAIGN, DKIM_KEY_FILE: '/nowhere.pem' }, 'DKIM_KEY_FILE cannot be read'],
  ])('%j is refused with a sentence', async (words, settings, sentence) => {
    expect(await run(['mail', 'check', ...words], settings)).toMatchObject({
      status: 1,
      said: '',
      complained: expect.stringContaining(sentence),
    });
  });
});
