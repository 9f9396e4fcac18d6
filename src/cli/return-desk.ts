import { randomUUID } from 'node:crypto';
import { readConfig, SettingsError, type Config } from '../config.ts';
import { openMailbox } from '../mailbox.ts';
import { readRecords } from '../records/records.ts';
import { openMails } from '../render/mails.ts';
import { openReturnDesk, type ReturnDesk } from '../returns.ts';
import type { SecretKeys } from '../domain/secret-keys.ts';
import { secretKeysOf } from '../secret-key.ts';
import { closeDatabase } from '../store/database.ts';
import { openStore } from './store.ts';

const ROOT = new URL('../../', import.meta.url);
const clock = () => new Date();

/** What has to be known before a mail is looked at. */
export interface ReturnSettings {
  readonly config: Config;
  readonly domain: string;
  readonly secretKeys: SecretKeys;
}

/** Reads the settings that the server reads. Throws if there is no domain for mail that comes back. */
export function returnSettings(): ReturnSettings {
  const config = readConfig(process.env);
  const { bounceDomain: domain } = config;
  if (domain === null) throw new SettingsError(['BOUNCE_DOMAIN is missing: no mail comes back without it']);
  return { config, domain, secretKeys: secretKeysOf(config) };
}

/** Deals with returned mail as the server would, on its database and through its mail server. Closes both whatever happens. */
export async function withReturnDesk<T>(settings: ReturnSettings, work: (desk: ReturnDesk) => Promise<T>): Promise<T> {
  const { config } = settings;
  const { campaigns } = readRecords(ROOT);
  const [campaign] = campaigns;
  if (!campaign) throw new Error('data/campaigns/ has no campaign');

  const db = await openStore(config);
  const mailbox = await openMailbox({ config, db, newId: randomUUID, clock });
  try {
    return await work(
      openReturnDesk({
        ...settings,
        db,
        forward: mailbox.forward,
        mails: openMails(new URL('templates/mail/', ROOT)),
        campaign,
        publicUrl: config.publicUrl ?? new URL(`http://localhost:${config.port}`),
        clock,
      }),
    );
  } finally {
    mailbox.close();
    await closeDatabase(db);
  }
}
