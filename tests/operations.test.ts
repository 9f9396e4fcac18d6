import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ensureCampaign } from '../src/store/campaigns.ts';
import { closeDatabase, openDatabase } from '../src/store/database.ts';
import { enqueue } from '../src/store/outbox.ts';
import { aLetter, before, CAMPAIGN, hours, keep, NOON, SEALER } from './builders.ts';
import { startSite } from './site.ts';

const varDir = mkdtempSync(join(tmpdir(), 'pennypost-alarm-'));
afterAll(() => rmSync(varDir, { recursive: true, force: true }));

/** Mail that nobody sent for two hours, because nothing ran. */
async function aLateMail(): Promise<void> {
  const db = await openDatabase({ databaseUrl: null, file: join(varDir, 'pennypost.sqlite'), sealer: SEALER });
  await ensureCampaign(db, CAMPAIGN, NOON);
  await keep(db, aLetter({ writtenAt: before(NOON, hours(2)) }));
  await enqueue(db, { kind: 'confirmation', letterId: 'letter-1' }, before(NOON, hours(2)));
  await closeDatabase(db);
}

test('an alarm reaches the operator, and the late mail goes out all the same', async () => {
  await aLateMail();
  const settings = {
    VAR_DIR: varDir,
    SECRET_KEY: 'a secret key that only the tests know',
    ALARM_TO: 'ops@example.org',
  };
  const site = await startSite({ settings, clock: () => NOON });
  const mailbox = async () => (await site.get('/mailbox')).text();

  await expect.poll(mailbox, { timeout: 15_000 }).toContain('Pennypost: mail has waited for over an hour');
  await expect.poll(mailbox, { timeout: 15_000 }).toContain('One step left: send your letter to');
  expect(await mailbox()).toContain('ops@example.org');
  await site.close();
});

test('a process that only serves sends nothing', async () => {
  rmSync(varDir, { recursive: true, force: true });
  await aLateMail();
  const settings = { VAR_DIR: varDir, PENNYPOST_ROLE: 'serve', ALARM_TO: 'ops@example.org' };
  const site = await startSite({ settings, clock: () => NOON });
  await site.close(); // whatever had been begun would be finished by now

  const again = await startSite({ settings, clock: () => NOON });
  expect(await (await again.get('/mailbox')).text()).not.toMatch(/Pennypost: mail has waited|One step left/);
  expect(await (await again.get('/readyz')).json()).toMatchObject({ status: 'ready', worker: 'not seen' });
  await again.close();
});
