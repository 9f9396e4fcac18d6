import { randomUUID } from 'node:crypto';
import { readConfig, SettingsError } from '../config.ts';
import { openMailbox } from '../mailbox.ts';
import { readRecords } from '../records/records.ts';
import { openMails } from '../render/mails.ts';
import { openReturnDesk, type ReturnDesk } from '../returns.ts';
import { practiceSecretKey } from '../secret-key.ts';
import { closeDatabase } from '../store/database.ts';
import { openStore } from './store.ts';

const ROOT = new URL('../../', import.meta.url);
const clock = () => new Date();

/** Deals with returned mail as the server would, on its database and through its mail server. Closes both whatever happens. */
export async function withReturnDesk<T>(work: (desk: ReturnDesk) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  if (config.bounceDomain === null)
    throw new SettingsError(['BOUNCE_DOMAIN is missing: no mail comes back without it']);
  const { campaigns } = readRecords(ROOT);
  const [campaign] = campaigns;
  if (!campaign) throw new Error('data/campaigns/ has no campaign');

  const db = await openStore(config);
  const mailbox = await openMailbox({ config, db, newId: randomUUID, clock });
  try {
    return await work(
      openReturnDesk({
        config,
        domain: config.bounceDomain,
        secretKey: config.secretKey ?? practiceSecretKey(config.varDir),
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
