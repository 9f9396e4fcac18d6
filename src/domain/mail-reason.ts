/** What to make of a mail that was not taken: try again, stop for good, or ask a person. */
export type Judgement = 'wait' | 'refused' | 'held';

/** Why a mail was not taken, and what that means where the mail server says that it is for good. */
const FOR_GOOD = {
  'no such mailbox': 'refused',
  'mailbox closed': 'refused',
  'mailbox moved': 'refused',
  'no such domain': 'refused',
  'too big': 'refused',
  'form not accepted': 'refused',
  'blocked by policy': 'refused',
  'mailbox full': 'wait', // somebody empties it
  'we are blocked': 'wait', // our server is on a list, whatever the letter says: every letter would be lost
  'our settings': 'wait', // sender, password, encryption, SPF, DKIM, DMARC, relaying: the operator can put them right
  'server busy': 'wait',
  'server unreachable': 'wait',
  'server in trouble': 'wait', // theirs: a loop, a wrong set-up
  'not understood': 'held',
} as const satisfies Record<string, Judgement>;

export type MailReason = keyof typeof FOR_GOOD;

export const MAIL_REASONS = Object.keys(FOR_GOOD) as readonly MailReason[];

export function judgementFor(reason: MailReason): Judgement {
  return FOR_GOOD[reason];
}

/** Whether another letter to this address would fare the same. That a letter was too big or looked like spam says nothing of the address. */
export function condemnsAddress(reason: MailReason): boolean {
  return ABOUT_THE_ADDRESS.includes(reason);
}

const ABOUT_THE_ADDRESS: readonly MailReason[] = [
  'no such mailbox',
  'mailbox closed',
  'mailbox moved',
  'no such domain',
];
