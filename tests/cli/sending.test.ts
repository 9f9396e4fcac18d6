import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { openStore } from '../../src/cli/store.ts';
import { readConfig } from '../../src/config.ts';
import { closeDatabase, type Database } from '../../src/store/database.ts';
import { deliveryById, insertDeliveries, moveDelivery } from '../../src/store/deliveries.ts';
import { noteReply } from '../../src/store/replies.ts';
import { ensureCampaign } from '../../src/store/campaigns.ts';
import { aDelivery, aLetter, CAMPAIGN, keep, NOON } from '../builders.ts';
import { ask } from './ask.ts';

const varDir = mkdtempSync(join(tmpdir(), 'pennypost-cli-'));
beforeAll(() => {
  vi.stubEnv('VAR_DIR', varDir);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(varDir, { recursive: true, force: true });
});
afterEach(() => vi.restoreAllMocks());

const withDatabase = async <T>(work: (db: Database) => Promise<T>) => {
  const db = await openStore(readConfig(process.env));
  return work(db).finally(() => closeDatabase(db));
};

describe('the command line', () => {
  test('pauses and resumes everything, a campaign, an addressee', async () => {
    expect((await ask('pauses')).said).toBe('Nothing is paused.\n');
    expect((await ask('pause')).said).toContain('Paused: everything');
    expect((await ask('pause', '--campaign', CAMPAIGN)).status).toBe(0);
    expect((await ask('pause', '--to', 'council:E09000028')).said).toContain('resume --to council:E09000028');
    const { said } = await ask('pauses');
    expect(said.match(/^(\S+), since/gm)).toHaveLength(3);

    expect((await ask('resume')).said).toContain('Sending goes on: everything');
    expect((await ask('resume', '--campaign', CAMPAIGN)).status).toBe(0);
    expect((await ask('resume', '--to', 'council:E09000028')).status).toBe(0);
    expect(await ask('resume')).toMatchObject({ status: 1, said: expect.stringContaining('not paused') });
  });

  test.each([
    ['pause', '--to', 'somebody'],
    ['pause', '--campaign', 'a', '--to', 'mp:E14001085'],
    ['resume', 'now'],
    ['pauses', '--all'],
    ['held', 'send'],
    ['held', 'what'],
    ['replies', '--all'],
  ])('explains itself when asked for %s %s', async (...words) => {
    expect(await ask(...words)).toMatchObject({ status: 1, said: expect.stringContaining('npm run pennypost -- ') });
  });

  test('lists what is held, sends it, and gives it back', async () => {
    expect((await ask('held')).said).toBe('No letter is held.\n');
    await withDatabase(async (db) => {
      await ensureCampaign(db, CAMPAIGN, NOON);
      await keep(db, aLetter({ state: 'confirmed' }));
      await insertDeliveries(db, [aDelivery(), aDelivery({ id: 'delivery-2', to: 'council:E09000028' as never })]);
      await moveDelivery(db, aDelivery(), 'held', NOON, { reason: '299 perhaps' });
      await moveDelivery(db, aDelivery({ id: 'delivery-2' }), 'held', NOON);
    });
    expect((await ask('held')).said).toMatch(/^delivery-1 .* 299 perhaps\ndelivery-2 /);
    expect(await ask('held', 'send', 'delivery-1')).toEqual({ status: 0, said: 'It is queued again.\n' });
    expect(await ask('held', 'return', 'delivery-2')).toEqual({ status: 0, said: 'Its writer is told.\n' });
    expect(await ask('held', 'send', 'delivery-2')).toMatchObject({ status: 1 });
    const states = await withDatabase(async (db) => [
      (await deliveryById(db, 'delivery-1'))?.state,
      (await deliveryById(db, 'delivery-2'))?.state,
    ]);
    expect(states).toEqual(['queued', 'given up']);
  });

  test('counts what came back', async () => {
    expect((await ask('replies')).said).toContain('Nobody has said yet');
    await withDatabase(async (db) => {
      const delivery = { ...aDelivery(), state: 'queued' as const };
      await moveDelivery(db, delivery, 'handed over', NOON);
      await noteReply(db, 'delivery-1', 'answered', NOON);
    });
    expect((await ask('replies')).said).toMatch(/Bermondsey and Old Southwark +1 +0 +0\n/);
  });
});
