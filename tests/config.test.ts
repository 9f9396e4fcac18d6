import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isPracticeMode, readConfig } from '../src/config.ts';

const CAMPAIGN = {
  PUBLIC_URL: 'https://write.example.org',
  SMTP_URL: 'smtps://name:password@mail.example.org',
  MAIL_FROM: 'letters@example.org',
  SECRET_KEY: 'x'.repeat(32),
  ORGANISERS: 'ada@example.org, bob@example.org',
};

describe('settings', () => {
  test('may all be left out: that is practice, on this machine only', () => {
    const config = readConfig({});
    expect(isPracticeMode(config)).toBe(true);
    expect(config).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: null,
      databaseUrl: null,
      rateLimits: true,
    });
  });

  test('of a whole campaign send real mail', () => {
    const config = readConfig(CAMPAIGN);
    expect(isPracticeMode(config)).toBe(false);
    expect(config).toMatchObject({ host: '0.0.0.0', organisers: ['ada@example.org', 'bob@example.org'] });
  });

  test.each(Object.keys(CAMPAIGN))('of a campaign without %s stop the start and name it', (missing) => {
    expect(() => readConfig({ ...CAMPAIGN, [missing]: '' })).toThrow(new RegExp(`${missing} is missing`));
  });

  test('with a public address are never practice, whose mailbox anybody could read', () => {
    expect(() => readConfig({ PUBLIC_URL: 'https://write.example.org' })).toThrow(/SMTP_URL is missing/);
    expect(isPracticeMode(readConfig({ PUBLIC_URL: 'http://127.0.0.1:4000' }))).toBe(true);
  });

  test('may name the secret keys of before, each as long as today’s', () => {
    const old = ['y'.repeat(32), 'z'.repeat(32)];
    expect(readConfig({ ...CAMPAIGN, OLD_SECRET_KEYS: old.join(', ') }).oldSecretKeys).toEqual(old);
    expect(readConfig(CAMPAIGN).oldSecretKeys).toEqual([]);
    expect(() => readConfig({ ...CAMPAIGN, OLD_SECRET_KEYS: `${old[0]},short` })).toThrow(/OLD_SECRET_KEYS is shorter/);
  });

  test('may say where mail comes back', () => {
    expect(readConfig(CAMPAIGN)).toMatchObject({ bounceDomain: null, bounceSmtpPort: null });
    expect(readConfig({ ...CAMPAIGN, BOUNCE_DOMAIN: 'Returns.Example.org', BOUNCE_SMTP_PORT: '2525' })).toMatchObject({
      bounceDomain: 'returns.example.org',
      bounceSmtpPort: 2525,
      bounceSmtpHost: '127.0.0.1',
    });
    expect(() => readConfig({ ...CAMPAIGN, BOUNCE_SMTP_PORT: '2525' })).toThrow('BOUNCE_DOMAIN is missing');
    expect(() => readConfig({ ...CAMPAIGN, BOUNCE_DOMAIN: 'bounce@example.org' })).toThrow(
      'BOUNCE_DOMAIN is not a name in the DNS',
    );
  });

  test('that are wrong are all named at once, and none of their values', () => {
    const wrong = {
      ...CAMPAIGN,
      PORT: 'many',
      SMTP_URL: 'http://hunter2@mail',
      MAIL_FROM: 'nobody',
      SECRET_KEY: 'hunter2',
      RATE_LIMITS: 'maybe',
    };
    const said = () => readConfig(wrong);
    for (const name of ['PORT', 'SMTP_URL', 'MAIL_FROM', 'SECRET_KEY', 'RATE_LIMITS']) expect(said).toThrow(name);
    expect(said).not.toThrow(/hunter2/);
  });
});

describe('settings for DKIM', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pennypost-dkim-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const fileOf = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const pem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();
  const rsa = (bits: number) => pem(generateKeyPairSync('rsa', { modulusLength: bits }).privateKey);
  const DKIM = { DKIM_DOMAIN: 'example.org', DKIM_SELECTOR: 'pp1', DKIM_KEY_FILE: fileOf('rsa.pem', rsa(2048)) };
  const read = (settings: NodeJS.ProcessEnv) => readConfig({ ...CAMPAIGN, ...DKIM, ...settings });

  test('may be left out: then nothing is signed here', () => {
    expect(readConfig(CAMPAIGN).dkim).toBeNull();
  });

  test('say who signs', () => {
    expect(read({}).dkim).toMatchObject({ domain: 'example.org', selector: 'pp1', key: { asymmetricKeyType: 'rsa' } });
    const file = fileOf('ed25519.pem', pem(generateKeyPairSync('ed25519').privateKey));
    expect(read({ DKIM_KEY_FILE: file }).dkim?.key.asymmetricKeyType).toBe('ed25519');
  });

  test.each(Object.keys(DKIM))('go together: %s', (missing) => {
    expect(() => read({ [missing]: '' })).toThrow(`${missing} is missing`);
  });

  test.each([
    ['letters@example.org', 'example.org'],
    ['letters@Post.Example.org', 'EXAMPLE.org'],
    ['letters@example.org.uk', 'example.org.uk'],
  ])('vouch for mail from %s by %s', (MAIL_FROM, DKIM_DOMAIN) => {
    expect(read({ MAIL_FROM, DKIM_DOMAIN }).dkim?.domain).toBe(DKIM_DOMAIN.toLowerCase());
  });

  test.each([
    ['letters@example.org', 'post.example.org'],
    ['letters@example.org', 'another.org'],
    ['letters@badexample.org', 'example.org'],
    ['letters@example.org.uk', 'org.uk'],
    ['letters@example.org', 'org'],
  ])('do not vouch for mail from %s by %s', (MAIL_FROM, DKIM_DOMAIN) => {
    expect(() => read({ MAIL_FROM, DKIM_DOMAIN })).toThrow(/DKIM_DOMAIN is neither/);
  });

  test.each([
    ['no file', join(folder, 'nowhere.pem'), 'cannot be read'],
    ['a folder', folder, 'cannot be read'],
    ['no key', fileOf('hello.pem', 'hunter2'), 'no private key'],
    ['a short key', fileOf('short.pem', rsa(512)), 'under 1024 bits'],
    [
      'another kind of key',
      fileOf('ec.pem', pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)),
      'neither RSA nor Ed25519',
    ],
  ])('name a key file that is %s', (_, DKIM_KEY_FILE, sentence) => {
    const said = () => read({ DKIM_KEY_FILE });
    expect(said).toThrow(`DKIM_KEY_FILE ${sentence === 'cannot be read' ? '' : 'holds '}`);
    expect(said).toThrow(sentence);
    expect(said).not.toThrow(/hunter2|pennypost-dkim/);
  });

  test.each(['pp_1', 'pp1;p=x', 'pp 1', '.pp1', `${'x'.repeat(64)}`])(
    'name a selector that is none: "%s"',
    (DKIM_SELECTOR) => {
      expect(() => read({ DKIM_SELECTOR })).toThrow('DKIM_SELECTOR is not a name in the DNS');
    },
  );
});
