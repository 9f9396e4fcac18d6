import type { Reply } from './reply.ts';
import type { NotedReturn, ReturnKind } from './returned-mail.ts';

/** What else is known of a letter that came back. */
interface Known {
  /** Where it went. */
  readonly address: string;
  /** All that came back of it so far. */
  readonly cameBack: readonly ReturnKind[];
  /** What its writer says came of it; null: nothing yet. */
  readonly reply: Reply | null;
}

/**
 * Whether a letter that came back may be sent again: the very mailbox that it went to is full, and nobody is known to have it. Behind an address there
 * may be a list, or a copy that goes elsewhere: whoever has the letter would get it once more.
 */
export function waitsForRoom(
  { kind, attempt, recipient }: Pick<NotedReturn, 'kind' | 'attempt' | 'recipient'>,
  { address, cameBack, reply }: Known,
): boolean {
  if (kind !== 'mailbox full' || attempt === null) return false;
  if (recipient?.toLowerCase() !== address.toLowerCase()) return false;
  return !cameBack.some((one) => SOMEBODY_HAS_IT.includes(one)) && (reply === null || reply === 'no reply');
}

const SOMEBODY_HAS_IT: readonly ReturnKind[] = ['delivered', 'relayed', 'expanded', 'auto-reply', 'challenge', 'reply'];
