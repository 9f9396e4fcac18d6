import type { Config } from './config.ts';
import { dkimSigner } from './mail/dkim.ts';
import type { SendMail } from './mail/message.ts';
import { practiceForwarding, practiceMailbox, type Practised } from './mail/practice.ts';
import type { ReadMail } from './mail/read-mail.ts';
import type { ForwardMail } from './mail/transport.ts';
import type { Database } from './store/database.ts';
import { keepMail, listMails, mailById, type KeptMail, type WholeMail } from './store/mailbox.ts';

/** Reading the practice mailbox. */
export interface MailboxReading {
  readonly listMails: () => Promise<readonly KeptMail[]>;
  readonly mailById: (id: string) => Promise<WholeMail | undefined>;
  readonly readMail: (raw: string) => Promise<ReadMail>;
}

interface Mailbox {
  readonly send: SendMail;
  readonly forward: ForwardMail;
  /** Null in a real campaign, where mail goes to a mail server. */
  readonly reading: MailboxReading | null;
  close(): void;
}

const MOST_LISTED = 100;

interface Needs {
  readonly config: Config;
  readonly db: Database;
  readonly newId: () => string;
  readonly clock: () => Date;
}

/** Where mail goes: to the operator's mail server, or into our own practice mailbox. Loads only what the one of the two needs. */
export async function openMailbox({ config, db, newId, clock }: Needs): Promise<Mailbox> {
  if (config.smtpUrl !== null) {
    const { smtp } = await import('./mail/transport.ts');
    const sign = config.dkim ? dkimSigner(config.dkim) : undefined;
    return { ...smtp(config.smtpUrl, undefined, sign), reading: null };
  }
  const keep = (mail: Practised) => keepMail(db, { ...mail, id: newId(), at: clock() });
  return {
    send: practiceMailbox(keep),
    forward: practiceForwarding(keep),
    reading: {
      listMails: () => listMails(db, MOST_LISTED),
      mailById: (id) => mailById(db, id),
      readMail: readOnDemand,
    },
    close: () => undefined,
  };
}

async function readOnDemand(raw: string): Promise<ReadMail> {
  const { readMail } = await import('./mail/read-mail.ts');
  return readMail(raw);
}
