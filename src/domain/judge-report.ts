import { isForNow, judgeReply } from './mail-answer.ts';
import { readReply, type Reply } from './mail-reply.ts';
import { detailOf, reasonOfDetail } from './mail-status.ts';
import type { Report } from './report.ts';
import type { ReturnedMail, ReturnKind } from './returned-mail.ts';

/**
 * What the reports of one returned mail come to. We wrote to one address; where a list behind it has several, the gravest counts, because we
 * cannot tell which of them reads our letters. A failure without any code is no more than an unreadable bounce.
 */
export function judgeReports(reports: readonly Report[]): ReturnedMail {
  const judged = reports.map((report) => judgeReport(report, reports.length === 1));
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

function judgeReport(report: Report, alone: boolean): ReturnedMail {
  const { action } = report;
  if (action !== 'failed' && action !== 'delayed') return { kind: action, report };
  const reply = replyIn(report);
  if (!reply) return action === 'failed' ? UNREADABLE : { kind: 'delayed', reason: 'server busy', report };
  const verdict = judgeReply(reply);
  if (verdict.judgement === 'accepted') return UNREADABLE; // failed, and yet 2.x
  const { judgement, reason } = verdict;
  if (action === 'delayed') return { kind: 'delayed', reason, report };
  const bounce = { judgement, reason, report, alone };
  if (reason === 'mailbox full') return { kind: 'mailbox full', ...bounce };
  return { kind: isForNow(reply) ? 'soft bounce' : 'hard bounce', ...bounce };
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
