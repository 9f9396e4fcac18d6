import { describe, expect, test } from 'vitest';
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
