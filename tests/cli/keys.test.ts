import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { secretKeysOf } from '../../src/secret-key.ts';
import { ensureCampaign } from '../../src/store/campaigns.ts';
import { closeDatabase, openDatabase, type Database } from '../../src/store/database.ts';
import { sealer } from '../../src/store/seal.ts';
import { noteKey } from '../../src/store/secret-keys.ts';
import { aLetter, CAMPAIGN, keep, NOON } from '../builders.ts';
import { ask } from './ask.ts';

let varDir: string;
beforeAll(() => {
  varDir = mkdtempSync(join(tmpdir(), 'pennypost-keys-'));
  vi.stubEnv('VAR_DIR', varDir);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(varDir, { recursive: true, force: true });
});

/** Works on the database as a server does that is started now. */
const asServer = async (work: (db: Database) => Promise<unknown>) => {
  const keys = secretKeysOf(readConfig(process.env));
  const db = await openDatabase({
    databaseUrl: null,
    file: join(varDir, 'pennypost.sqlite'),
    sealer: sealer(...keys),
  });
  await noteKey(db, NOON);
  await work(db);
  await closeDatabase(db);
};

describe('the keys of practice mode', () => {
  test('are changed by making a new one, starting anew and rotating', async () => {
    await asServer(async (db) => {
      await ensureCampaign(db, CAMPAIGN, NOON);
      await keep(db, aLetter());
    });
    expect((await ask('keys')).said).toMatch(/^\S{8} {2}1 {2}today's, since 23 November 2026\n$/);

    expect((await ask('keys', 'new')).said).toContain(join(varDir, 'secret-key'));
    expect(await ask('keys', 'rotate')).toEqual({ status: 1, said: expect.stringContaining('No server has been') });
    expect((await ask('keys')).said).toMatch(/1 {2}old, but no server/);

    await asServer(async () => {});
    expect((await ask('keys')).said).toMatch(/1 {2}old: npm run pennypost -- keys rotate\n$/);
    const { status, said } = await ask('keys', 'rotate');
    expect(status).toBe(0);
    expect(said).toMatch(/^letters\.sealed: 1 sealed anew\n1 sealed anew\.\n/);
    expect(said).toMatch(
      /0 {2}old: needed by links about letters \(1\) and by turns to write \(0\), until 12 March 2027/,
    );
  });

  test('are nobody else’s to read, and are all kept', () => {
    const file = join(varDir, 'secret-key');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(2);
  });

  test('go on being known when a real key takes their place', async () => {
    const own = readFileSync(join(varDir, 'secret-key'), 'utf8').trim().split('\n');
    vi.stubEnv('SECRET_KEY', 'x'.repeat(40));
    expect(await ask('keys')).toEqual({ status: 1, said: expect.stringContaining('not in the settings') });

    vi.stubEnv('OLD_SECRET_KEYS', own.join(', '));
    await asServer(async () => {});
    expect((await ask('keys', 'rotate')).said).toContain('1 sealed anew');
    const { status, said } = await ask('keys', 'new');
    expect(status).toBe(0);
    expect(said).toMatch(/^SECRET_KEY=[\w-]{43}\n/);
    expect(said).not.toContain('xxx');
  });

  test.each([[['keys', 'turn']], [['keys', 'rotate', 'now']], [['keys', 'new', 'one']]])(
    'are explained when asked for with %j',
    async (words) => {
      expect(await ask(...words)).toEqual({ status: 1, said: expect.stringContaining('npm run pennypost -- keys') });
    },
  );
});
