import type { Reply } from '../domain/reply.ts';
import { inTransaction, type Database } from '../store/database.ts';
import { deliveriesOf } from '../store/deliveries.ts';
import { noteReply } from '../store/replies.ts';
import type { Links } from './links.ts';

/** Keeps what a supporter says came back, by delivery; another answer takes the place of the one before. False: the link is not ours. */
export type NoteReplies = (statusToken: string, replies: ReadonlyMap<string, Reply>) => Promise<boolean>;

interface Needs {
  readonly db: Database;
  readonly links: Links;
  readonly clock: () => Date;
}

export function replyNoter({ db, links, clock }: Needs): NoteReplies {
  return async (statusToken, replies) => {
    const letterId = links.letterIn('status', statusToken);
    if (letterId === undefined) return false;
    return inTransaction(db, async (tx) => {
      const own = await deliveriesOf(tx, letterId);
      for (const { id } of own) {
        const reply = replies.get(id);
        if (reply) await noteReply(tx, id, reply, clock());
      }
      return own.length > 0;
    });
  };
}
