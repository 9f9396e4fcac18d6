import { bytesOf } from './bytes.ts';
import type { SendMail } from './message.ts';

/** What the practice mailbox keeps of a mail: `raw` is exactly what a mail server would have been given. */
export interface Practised {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly raw: string;
}

/** Keeps every mail instead of sending it, for trying things out. */
export function practiceMailbox(keep: (mail: Practised) => Promise<void>): SendMail {
  return async (message) => {
    const raw = (await bytesOf(message)).toString('utf8');
    await keep({ from: message.from.address, to: message.to.address, subject: message.subject, raw });
    return { outcome: 'accepted' };
  };
}
