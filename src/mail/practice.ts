import { bytesOf } from './bytes.ts';
import { forwardOf } from './forward.ts';
import type { Message, SendMail } from './message.ts';
import type { ForwardMail } from './transport.ts';

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
    await keep(practised(message, message.returnPath ?? message.from.address, await bytesOf(message)));
    return { outcome: 'accepted' };
  };
}

/** Keeps every reply that would be sent on. */
export function practiceForwarding(keep: (mail: Practised) => Promise<void>): ForwardMail {
  return async (message, arrived) => {
    await keep(practised(message, '', await forwardOf(message, arrived)));
    return { outcome: 'accepted' };
  };
}

function practised({ to, subject }: Message, from: string, raw: Buffer): Practised {
  return { from, to: to.address, subject, raw: raw.toString('utf8') };
}
