import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { afterAll, describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { publishedKeyOf } from '../src/mail/dkim-key.ts';
import { openMailbox } from '../src/mailbox.ts';
import { aDatabase, NOON } from './builders.ts';
import { aMessage } from './mail/a-message.ts';
import { aRawSink, closeMailServers } from './mail/mail-servers.ts';

describe('the mail of a campaign', () => {
  const store = aDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'pennypost-mailbox-'));
  afterAll(async () => {
    await closeMailServers();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What a mail server is given by a campaign with these settings. */
  async function handedOver(settings: NodeJS.ProcessEnv): Promise<Buffer> {
    const sink = await aRawSink();
    const config = readConfig({
      PUBLIC_URL: 'https://write.campaign.example',
      SMTP_URL: sink.url,
      MAIL_FROM: 'letters@campaign.example',
      SECRET_KEY: 'x'.repeat(32),
      ORGANISERS: 'ada@example.org',
      ...settings,
    });
    const mailbox = await openMailbox({ config, db: store.db, newId: () => 'mail-1', clock: () => NOON });
    expect(await mailbox.send(aMessage())).toEqual({ outcome: 'accepted' });
    mailbox.close();
    return sink.taken()[0]!;
  }

  test('is signed with its key where the settings name one', async () => {
    const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const file = join(folder, 'dkim.pem');
    writeFileSync(file, key.export({ type: 'pkcs8', format: 'pem' }));
    const raw = await handedOver({ DKIM_DOMAIN: 'campaign.example', DKIM_SELECTOR: 'pp1', DKIM_KEY_FILE: file });

    const { results } = await dkimVerify(raw, { resolver: async () => [[publishedKeyOf(key).record]] });
    expect(results.map(({ status }) => status.result)).toEqual(['pass']);
  });

  test('is not signed where they name none', async () => {
    expect((await handedOver({})).toString('latin1')).not.toContain('DKIM-Signature');
  });
});
