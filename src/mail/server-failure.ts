import { z } from 'zod';
import { judgeReply, judgeTrouble, type Trouble, type Verdict } from '../domain/mail-answer.ts';
import { readReply, type Stage } from '../domain/mail-reply.ts';

/** What nodemailer says of a failure: `code` its own word, `command` how far it had come, `response` as the server answered. */
const Failure = z.object({
  code: z.string().catch(''),
  command: z.string().catch(''),
  response: z.string().catch(''),
  message: z.string().catch(''),
});

/** Reads an error of nodemailer's: what it makes of the letter. */
export function judgeFailure(cause: unknown): Verdict {
  const { code, command, response, message } = Failure.parse(cause);
  // Nodemailer would not even ask.
  if (code === 'EENVELOPE' && message.startsWith('Invalid recipient'))
    return { judgement: 'refused', reason: 'no such mailbox' };
  const trouble = TROUBLES[code];
  // A server may say why before it hangs up; 421 is such a goodbye (RFC 5321, 3.8).
  const reply = readReply(stageOf(command), response);
  if (!reply) return judgeTrouble(trouble ?? 'not as agreed');
  const verdict = judgeReply(reply);
  return trouble || verdict.judgement === 'accepted' ? judgedAsTrouble(verdict, trouble) : verdict;
}

/** The connection failed: whatever was said with it, nobody has refused the letter. */
function judgedAsTrouble(verdict: Verdict, trouble: Trouble = 'not as agreed'): Verdict {
  return verdict.judgement === 'wait' ? verdict : judgeTrouble(trouble);
}

const TROUBLES: Readonly<Record<string, Trouble>> = {
  ECONNECTION: 'connection lost',
  ESOCKET: 'no connection',
  ETIMEDOUT: 'no answer in time',
  EDNS: 'no such server',
  ETLS: 'no encryption',
  EREQUIRETLS: 'no encryption',
  EAUTH: 'sign-in failed',
  ENOAUTH: 'sign-in failed',
  EOAUTH2: 'sign-in failed',
  EPROTOCOL: 'not as agreed',
  EABORT: 'stopped',
};

function stageOf(command: string): Stage {
  if (command.startsWith('AUTH')) return 'signing in';
  return STAGES[command] ?? 'greeting';
}

const STAGES: Readonly<Record<string, Stage>> = {
  STARTTLS: 'securing',
  'MAIL FROM': 'sender',
  'RCPT TO': 'recipient',
  DATA: 'letter',
};
