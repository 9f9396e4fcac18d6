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

  test('say what a process does, and, unless told so, leave the numbers unread and nobody alarmed', () => {
    expect(readConfig({})).toMatchObject({ role: 'both', metricsToken: null, alarmTo: null });
    const settings = { PENNYPOST_ROLE: 'serve', METRICS_TOKEN: 'x'.repeat(16), ALARM_TO: 'ops@example.org' };
    expect(readConfig(settings)).toMatchObject({ role: 'serve', metricsToken: 'x'.repeat(16) });
    for (const wrong of [{ PENNYPOST_ROLE: 'rest' }, { METRICS_TOKEN: 'guess me' }, { ALARM_TO: 'nobody' }])
      expect(() => readConfig(wrong)).toThrow(Object.keys(wrong)[0]);
  });

  test('of a process that only works name the pages, which its mails lead to', () => {
    expect(() => readConfig({ PENNYPOST_ROLE: 'work' })).toThrow(/PUBLIC_URL is missing/);
    expect(readConfig({ PENNYPOST_ROLE: 'work', PUBLIC_URL: 'http://localhost:3000' }).role).toBe('work');
  });
});
