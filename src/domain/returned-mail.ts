import type { Judgement, MailReason } from './mail-reason.ts';
import type { Report } from './report.ts';

/** A mail that came back to the return path of a delivery, or was sent to it. */
export type ReturnedMail =
  | Bounce
  /** A server goes on trying. */
  | { readonly kind: 'delayed'; readonly reason: MailReason; readonly report: Report }
  /** It came through, as far as the reporting server can see. */
  | { readonly kind: 'delivered' | 'relayed' | 'expanded'; readonly report: Report }
  /** Out of office, "we have got your letter", a read receipt. */
  | { readonly kind: 'auto-reply' }
  /** The letter waits until its sender does something that only a person can. */
  | { readonly kind: 'challenge' }
  /** A bounce, but why, or of whom, we cannot tell. */
  | { readonly kind: 'unreadable bounce' }
  /** Somebody wrote it; `from`: where an answer goes, as they say themselves. */
  | { readonly kind: 'reply'; readonly from: { readonly name: string; readonly address: string } | null }
  /** Our own mail, come round. */
  | { readonly kind: 'loop' };

/** A server has given up. `hard`: for good (5.x); `soft`: after trying for long enough (4.x). */
export interface Bounce {
  readonly kind: 'hard bounce' | 'soft bounce' | 'mailbox full';
  /** What follows: the delivery has failed, may be tried again, or is a person's to decide. */
  readonly judgement: Judgement;
  readonly reason: MailReason;
  readonly report: Report;
  /** Whether it tells of nobody else: a list behind an address has several. */
  readonly alone: boolean;
}

export type ReturnKind = ReturnedMail['kind'];

/** What became of a mail that came back. */
export interface Received {
  readonly kind: ReturnKind;
  /** 'later': it has to come again; 'unwanted': nobody is left to send it to, and its writer has to hear so. */
  readonly outcome: 'noted' | 'noted before' | 'forwarded' | 'forwarded before' | 'dropped' | 'later' | 'unwanted';
}

/** One handing over of a delivery, as the return path of its mail names it. */
export interface Attempt {
  readonly deliveryId: string;
  /** As attempts are counted, from 1; null: the path is of the time before paths said which. */
  readonly number: number | null;
}

/** Neither a person's nor our own. */
export type NotableReturn = Exclude<ReturnedMail, { readonly kind: 'reply' | 'loop' }>;

/** What is noted of one: nothing that anybody wrote but what a mail server said. */
export interface NotedReturn {
  readonly deliveryId: string;
  /** Which handing over it is about, as `Attempt` says it. */
  readonly attempt: number | null;
  readonly kind: NotableReturn['kind'];
  /** What follows for the delivery: it has failed for good, may be tried again, or is a person's to decide. Null: nothing. */
  readonly judgement: Judgement | null;
  readonly reason: MailReason | null;
  /** What the mail server said, which may name the recipient: to be sealed. */
  readonly detail: string | null;
  /** The one mailbox that could not be reached, as the mail server names it; null: it does not, or there are several. Never kept. */
  readonly recipient: string | null;
  /** The same word for the same mail. */
  readonly once: string;
  readonly at: Date;
}

/** What follows from one. A challenge, or a bounce that we cannot read, may mean that nobody has the letter: a person has to look. */
export function consequenceOf(mail: NotableReturn): Omit<NotedReturn, 'deliveryId' | 'attempt' | 'once' | 'at'> {
  const { kind } = mail;
  if (kind === 'challenge' || kind === 'unreadable bounce')
    return { kind, judgement: 'held', reason: 'not understood', detail: null, recipient: null };
  return {
    kind,
    judgement: 'judgement' in mail ? mail.judgement : null,
    reason: 'reason' in mail ? mail.reason : null,
    detail: 'report' in mail ? (mail.report.diagnostic ?? mail.report.status) : null,
    recipient: 'alone' in mail && mail.alone ? mail.report.recipient : null,
  };
}
