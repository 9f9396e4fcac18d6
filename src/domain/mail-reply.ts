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
