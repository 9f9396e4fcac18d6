import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { openStore } from '../../src/cli/store.ts';
import { ensureCampaign } from '../../src/store/campaigns.ts';
import { closeDatabase } from '../../src/store/database.ts';
import { aLetter, CAMPAIGN, keep, NOON } from '../builders.ts';
import { ask } from './ask.ts';

const varDir = mkdtempSync(join(tmpdir(), 'pennypost-forget-'));
beforeAll(async () => {
  vi.stubEnv('VAR_DIR', varDir);
  const db = await openStore(readConfig(process.env));
  await ensureCampaign(db, CAMPAIGN, NOON);
  await keep(db, aLetter());
  await closeDatabase(db);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(varDir, { recursive: true, force: true });
});

describe('forgetting a person at the command line', () => {
  test.each([[['forget']], [['forget', 'Ada']], [['forget', 'ada@example.org', 'bob@example.org']]])(
    'is explained when asked for with %j',
    async (words) => {
      expect(await ask(...words)).toEqual({ status: 1, said: expect.stringContaining('-- forget EMAIL') });
    },
  );

  test('says how much there was, and what stays and why', async () => {
    const { status, said } = await ask('forget', ' ADA@example.org');
    expect(status).toBe(0);
    expect(said).toContain('letters 1, turns to write 0, practice mails 0, notes about contacts 0.');
    expect(said).toContain('What stays is for the counts');
    expect(said).toContain('cannot be called back');
    expect(said).toContain('backup');
  });

  test('says that there is nothing', async () => {
    const { status, said } = await ask('forget', 'ada@example.org');
    expect(status).toBe(0);
    expect(said).toContain('Nothing was kept about this address.');
  });

  test('says what it cannot look into, for want of a key', async () => {
    const db = await openStore(readConfig(process.env));
    await keep(db, aLetter({ id: 'letter-2' }));
    await closeDatabase(db);
    vi.stubEnv('SECRET_KEY', 'x'.repeat(40));
    expect(await ask('forget', 'ada@example.org')).toEqual({
      status: 1,
      said: expect.stringContaining('not in the settings'),
    });
  });
});
