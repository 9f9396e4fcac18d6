import { judgementFor, type Judgement, type MailReason } from './mail-reason.ts';
import type { Reply } from './mail-reply.ts';
import { detailOf, reasonOfDetail } from './mail-status.ts';
import { reasonInCode, reasonInWords } from './mail-words.ts';

export type Verdict =
  | { readonly judgement: 'accepted' }
  | { readonly judgement: Judgement; readonly reason: MailReason };

/** What can keep a server from answering, or us from hearing it. All of it waits: nobody has said anything about the letter. */
const TROUBLES = {
  'no connection': 'server unreachable',
  'connection lost': 'server unreachable',
  'no answer in time': 'server unreachable',
  'no such server': 'server unreachable',
  'no encryption': 'our settings',
  'sign-in failed': 'our settings',
  'not as agreed': 'server in trouble',
  stopped: 'server busy', // by us
} as const satisfies Record<string, MailReason>;

export type Trouble = keyof typeof TROUBLES;

export function judgeTrouble(trouble: Trouble): Verdict {
  return { judgement: 'wait', reason: TROUBLES[trouble] };
}

/**
 * What one answer makes of a letter. The first digit rules (RFC 5321, 4.2.1): 4 waits, whatever else it says. After a 5 the letter is lost only
 * where the answer is about this recipient or this letter; what is about us, or passes, waits; what we do not understand is a person's to decide.
 */
export function judgeReply(reply: Reply): Verdict {
  if (reply.code >= 200 && reply.code < 300) return { judgement: 'accepted' };
  if (reply.code < 400 || reply.code > 599) return { judgement: 'held', reason: 'not understood' };
  const reason = reasonOf(reply);
  if (!isForNow(reply)) return { judgement: judgementFor(reason), reason };
  return { judgement: 'wait', reason: SAYS_NOTHING_FOR_NOW.includes(reason) ? 'server busy' : reason };
}

/** A server that says both "for good" and "for now" is taken at the word that loses nothing. */
export function isForNow({ code, status }: Reply): boolean {
  return code < 500 || status?.startsWith('4.') === true;
}

/** "Come back in five minutes" is often said as policy (greylisting, 4.7.1), or as a mailbox that is disabled (4.2.1). */
const SAYS_NOTHING_FOR_NOW: readonly MailReason[] = ['blocked by policy', 'mailbox closed', 'not understood'];

function reasonOf(reply: Reply): MailReason {
  if (reply.stage === 'securing' || reply.stage === 'signing in' || SIGN_IN_FIRST.includes(reply.code))
    return 'our settings';
  const inStatus = reasonInStatus(reply.status);
  const inWords = inStatus === undefined || saysTooLittle(reply.status) ? reasonInWords(reply.text) : undefined;
  const said = inWords ?? inStatus ?? reasonInCode(reply);
  if (reply.stage === 'greeting') return said === 'we are blocked' ? said : 'server unreachable';
  // Said of the sender, "no such mailbox" is about ours.
  return reply.stage === 'sender' && !ALSO_OF_A_SENDER.includes(said) ? 'our settings' : said;
}

/** 503 out of order, 530 to 538 sign in or encrypt first (RFC 4954, RFC 3207). */
const SIGN_IN_FIRST = [503, 530, 534, 535, 538];

const ALSO_OF_A_SENDER: readonly MailReason[] = [
  'too big',
  'we are blocked',
  'server busy',
  'server unreachable',
  'server in trouble',
];

function reasonInStatus(status: string | null): MailReason | undefined {
  const detail = status === null ? undefined : detailOf(status);
  return detail === undefined ? undefined : reasonOfDetail(detail);
}

/** Servers use 7.0, 7.1 and 4.1 both of us and of the recipient, and put into words which they mean. */
function saysTooLittle(status: string | null): boolean {
  return ['7.0', '7.1', '4.1'].includes(status?.slice(2) ?? '');
}
