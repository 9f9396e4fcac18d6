import { judgeReply } from './mail-answer.ts';
import type { Judgement, MailReason } from './mail-reason.ts';
import { readReply, type Reply } from './mail-reply.ts';
import { detailOf, reasonOfDetail } from './mail-status.ts';

export const ACTIONS = ['failed', 'delayed', 'expanded', 'relayed', 'delivered'] as const;

/** What a mail server reports of one recipient (RFC 3464, 2.3). */
export interface Report {
  readonly action: (typeof ACTIONS)[number];
  /** Enhanced status code, such as "5.1.1"; null when there is none that can be read. */
  readonly status: string | null;
  /** In the words of the server that decided; they may repeat the address. */
  readonly diagnostic: string | null;
  /** Whom it is about, as the server writes it. */
  readonly recipient: string | null;
}

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
}

export type ReturnKind = ReturnedMail['kind'];

/**
 * What the reports of one returned mail come to. We wrote to one address; where a list behind it has several, the gravest counts, because we
 * cannot tell which of them reads our letters. A failure without any code is no more than an unreadable bounce.
 */
export function judgeReports(reports: readonly Report[]): ReturnedMail {
  const judged = reports.map(judgeReport);
  return GRAVEST_FIRST.flatMap((kind) => judged.filter((mail) => mail.kind === kind))[0] ?? UNREADABLE;
}

const GRAVEST_FIRST: readonly ReturnKind[] = [
  'hard bounce',
  'mailbox full',
  'soft bounce',
  'unreadable bounce',
  'delayed',
  'expanded',
  'relayed',
  'delivered',
];

const UNREADABLE = { kind: 'unreadable bounce' } as const;

function judgeReport(report: Report): ReturnedMail {
  const { action } = report;
  if (action !== 'failed' && action !== 'delayed') return { kind: action, report };
  const reply = replyIn(report);
  if (!reply) return action === 'failed' ? UNREADABLE : { kind: 'delayed', reason: 'server busy', report };
  const verdict = judgeReply(reply);
  if (verdict.judgement === 'accepted') return UNREADABLE; // failed, and yet 2.x
  const { judgement, reason } = verdict;
  if (action === 'delayed') return { kind: 'delayed', reason, report };
  if (reason === 'mailbox full') return { kind: 'mailbox full', judgement, reason, report };
  return { kind: isForNow(reply) ? 'soft bounce' : 'hard bounce', judgement, reason, report };
}

function isForNow({ code, status }: Reply): boolean {
  return status === null ? code < 500 : status.startsWith('4.');
}

/** The answer that the report repeats, or one made of its status. The more exact of the two statuses counts. */
function replyIn({ status, diagnostic }: Report): Reply | null {
  const said = diagnostic === null ? null : readReply('recipient', diagnostic);
  const exact = [said?.status, status].find((one) => reasonOfDetail(detailOf(one ?? '') ?? '') !== undefined);
  const counts = exact ?? status ?? said?.status ?? null;
  if (said) return { ...said, status: counts };
  const code = CODES[counts?.charAt(0) ?? ''];
  return code === undefined ? null : { stage: 'recipient', code, status: counts, text: diagnostic ?? '' };
}

/** The answer of each class that says least. */
const CODES: Readonly<Record<string, number>> = { '2': 250, '4': 450, '5': 554 };
