import { judgementFor, type Judgement, type MailReason } from './mail-reason.ts';
import { detailOf, reasonOfDetail } from './mail-status.ts';

/** How far the conversation with a mail server had come when it answered. */
export type Stage = 'greeting' | 'securing' | 'signing in' | 'sender' | 'recipient' | 'letter';

/** What a mail server answered. */
export interface Reply {
  readonly stage: Stage;
  /** Of three digits (RFC 5321, 4.2). */
  readonly code: number;
  /** Enhanced status code, such as "5.1.1"; null when there is none. */
  readonly status: string | null;
  /** Its own words. */
  readonly text: string;
}

/** Reads "550 5.1.1 No such mailbox", or several such lines. Null: a server would not speak so. */
export function readReply(stage: Stage, said: string): Reply | null {
  const lines = said.slice(0, LONGEST_REPLY).split(/\r?\n/);
  const [, code, status = null] = REPLY_LINE.exec(lines[0] ?? '') ?? [];
  if (code === undefined) return null;
  return { stage, code: Number(code), status, text: lines.map((line) => line.replace(REPLY_LINE, '')).join(' ') };
}

const REPLY_LINE = /^ *(\d{3})(?:[ -]|$)(?: *([245]\.\d{1,3}\.\d{1,3})(?= |$))? */;
const LONGEST_REPLY = 2_000;

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
  // A server that says both "for good" and "for now" is taken at the word that loses nothing.
  const forNow = reply.code < 500 || reply.status?.startsWith('4.') === true;
  if (!forNow) return { judgement: judgementFor(reason), reason };
  return { judgement: 'wait', reason: SAYS_NOTHING_FOR_NOW.includes(reason) ? 'server busy' : reason };
}

/** "Come back in five minutes" is often said as policy (greylisting, 4.7.1), or as a mailbox that is disabled (4.2.1). */
const SAYS_NOTHING_FOR_NOW: readonly MailReason[] = ['blocked by policy', 'mailbox closed', 'not understood'];

function reasonOf(reply: Reply): MailReason {
  if (reply.stage === 'securing' || reply.stage === 'signing in' || SIGN_IN_FIRST.includes(reply.code))
    return 'our settings';
  const said = reasonInWords(reply) ?? reasonInStatus(reply.status) ?? reasonInCode(reply);
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

/** What servers put into words only, because 5.7.1 and 5.4.1 say too little: whether they mean us or the recipient. */
function reasonInWords({ text }: Reply): MailReason | undefined {
  return WORDS.find(({ heard }) => heard.test(text))?.reason;
}

const WORDS: readonly { readonly heard: RegExp; readonly reason: MailReason }[] = [
  {
    heard: /\b(block|black|deny) ?list|\bblocked (using|by|at) \S+\.\S+|spamhaus|banned sending ip/i,
    reason: 'we are blocked',
  },
  {
    heard: /\b(sending|client|your) (ip|server|host|mail server)\b.{0,60}\b(blocked|reputation)/i,
    reason: 'we are blocked',
  },
  { heard: /\brelay(ing)?\b/i, reason: 'our settings' },
  {
    heard: /\bsender (address )?(rejected|denied|verif)|\bhelo command rejected|\bclient host rejected/i,
    reason: 'our settings',
  },
  { heard: /\breverse (dns|hostname|lookup)|\b(spf|dkim|dmarc)\b|must issue a starttls/i, reason: 'our settings' },
  { heard: /\bauthentication (is )?required|must (be authenticated|authenticate)/i, reason: 'our settings' },
  // Exchange Online's word for an unknown recipient is 5.4.1, which is "no answer" in the registry.
  { heard: /\brecipient address rejected: access denied/i, reason: 'no such mailbox' },
];

/** What the three digits and the words say where there is no status that does. */
function reasonInCode({ code, stage, text }: Reply): MailReason {
  if (code === 552) return fullOrTooBig(stage, text);
  if (FULL.test(text)) return 'mailbox full';
  if (code === 521 || code === 556) return 'no such domain'; // takes no mail at all (RFC 7504)
  if (stage === 'letter') return code === 550 || SPAM.test(text) ? 'blocked by policy' : 'not understood';
  if (code === 551) return 'mailbox moved';
  if (code === 550 || code === 553) return SPAM.test(text) ? 'blocked by policy' : 'no such mailbox';
  return NO_MAILBOX.test(text) ? 'no such mailbox' : 'not understood';
}

/** 552 is both "your letter is too big" (RFC 1870) and "the mailbox is full" (RFC 5321); where the words do not say, it waits. */
function fullOrTooBig(stage: Stage, words: string): MailReason {
  if (FULL.test(words)) return 'mailbox full';
  return stage === 'sender' || /too (big|large)|size|exceeds.{0,20}(fixed|maximum)/i.test(words)
    ? 'too big'
    : 'mailbox full';
}

const FULL = /\b(over ?quota|quota|(mailbox|inbox|storage) (is )?full|full mailbox)/i;
const SPAM = /\b(spam|content|policy|policies|virus|malware)\b/i;
const NO_MAILBOX =
  /\b(user|recipient|mailbox|address) (is )?(unknown|unavailable|not found|does not exist)|\bunknown (user|recipient)|no such (user|mailbox|recipient)/i;
