import type { Report } from '../domain/report.ts';

/** Mail programs that tell of a failure in sentences, and where their sentences end and our own letter begins. */
const PROGRAMS: readonly { readonly says: RegExp; readonly delayed?: RegExp; readonly copy: RegExp }[] = [
  { says: /\bThis is the qmail-send program\b/, copy: /^--- Below this line/m },
  {
    says: /\bThis message was created automatically by mail delivery software\b/, // Exim
    delayed: /\bhas not been delivered to all of its recipients\b|\bnot yet been delivered\b/,
    copy: /^-{3,} ?(This is a copy|The following|Message header|This message)/im,
  },
  {
    says: /\bDelivery has failed to these recipients or groups\b|\bDiagnostic information for administrators\b/, // Exchange
    copy: /^Original message headers:/m,
  },
  { says: /\bThe following addresses had permanent fatal errors\b/, copy: /^ *-{3,} Original message follows/im }, // sendmail
];

const LONGEST_TEXT = 20_000;

/**
 * A bounce that no machine was meant to read: the sentences of four programs, as far as they repeat the answer of a mail server. Null: we do not
 * know these sentences. A failure without an answer that we can read has neither status nor diagnostic.
 */
export function readPlainBounce(text: string): Report | null {
  const head = text.slice(0, LONGEST_TEXT);
  const program = PROGRAMS.find(({ says }) => says.test(head));
  if (!program) return null;
  const theirs = head.slice(0, program.copy.exec(head)?.index ?? head.length);
  const action = program.delayed?.test(theirs) === true ? 'delayed' : 'failed';
  return { action, recipient: null, ...answerIn(theirs) };
}

/** The first answer that is repeated: "550 5.1.1 No such user", "#550 5.1.1 …", or qmail's own "(#5.1.1)". */
function answerIn(text: string): Pick<Report, 'status' | 'diagnostic'> {
  const repeated = /(?:^|[\s#'":>])([45]\d\d[ -]#?(?:[45]\.\d{1,3}\.\d{1,3}[ ;]?)?[^\n]{0,300})/.exec(text)?.[1];
  const diagnostic = repeated?.replace('#', '').replace(/['"#\s]+$/, '') ?? null;
  return { status: /#([45]\.\d{1,3}\.\d{1,3})\b/.exec(text)?.[1] ?? null, diagnostic };
}
