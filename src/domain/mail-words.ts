import type { MailReason } from './mail-reason.ts';
import type { Reply, Stage } from './mail-reply.ts';

/** What servers put into words only: whether they mean us or the recipient. Undefined: they do not say. */
export function reasonInWords(text: string): MailReason | undefined {
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
export function reasonInCode({ code, stage, text }: Pick<Reply, 'code' | 'stage' | 'text'>): MailReason {
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
