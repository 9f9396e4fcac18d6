import { assert, constantFrom, integer, property, string, option, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeReply, judgeTrouble, type Trouble } from '../../src/domain/mail-answer.ts';
import { condemnsAddress, MAIL_REASONS } from '../../src/domain/mail-reason.ts';
import { readReply, type Stage } from '../../src/domain/mail-reply.ts';

const STAGES = ['greeting', 'securing', 'signing in', 'sender', 'recipient', 'letter'] as const;

function judged(stage: Stage, said: string): string {
  const reply = readReply(stage, said);
  if (!reply) return 'no reply';
  const verdict = judgeReply(reply);
  return verdict.judgement === 'accepted' ? 'accepted' : `${verdict.judgement}: ${verdict.reason}`;
}

describe('what a mail server says of a recipient', () => {
  test.each([
    // gone for good, as servers in use say it
    ['550 5.1.1 <mo@council.example>: Recipient address rejected: User unknown', 'refused: no such mailbox'],
    ['550 5.1.1 The email account that you tried to reach does not exist.', 'refused: no such mailbox'],
    ['550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found', 'refused: no such mailbox'],
    ['550 5.4.1 Recipient address rejected: Access denied. [AS(201806281)]', 'refused: no such mailbox'],
    ['550 5.5.0 Requested action not taken: mailbox unavailable', 'refused: no such mailbox'],
    ['550 5.1.0 Address rejected', 'refused: no such mailbox'],
    ['550 No such user here', 'refused: no such mailbox'],
    ['550 Unrouteable address', 'refused: no such mailbox'],
    ['553 Mailbox name not allowed', 'refused: no such mailbox'],
    ['554 delivery error: dd This user is unknown: unknown user', 'refused: no such mailbox'],
    ['550 5.1.3 Bad address syntax', 'refused: no such mailbox'],
    ['550 5.2.1 The email account is disabled', 'refused: mailbox closed'],
    ['551 User not local; please try <mo@elsewhere.example>', 'refused: mailbox moved'],
    ['550 5.1.6 Mailbox has moved', 'refused: mailbox moved'],
    ['550 5.1.2 Host or domain name not found', 'refused: no such domain'],
    ['556 5.1.10 Domain takes no mail', 'refused: no such mailbox'],
    ['521 Server does not accept mail', 'refused: no such domain'],
    ['550 5.7.1 You are not allowed to send to this list', 'refused: blocked by policy'],
    ['550 5.7.124 RESOLVER.RST.SenderNotInAllowedSendersList', 'refused: blocked by policy'],
    ['550 5.7.136 RESOLVER.RST.SenderNotAuthenticatedForMailbox', 'refused: blocked by policy'],
    ['550 5.6.7 Non-ASCII address not permitted', 'refused: form not accepted'],
    ['550 Rejected by our spam policy', 'refused: blocked by policy'],
    // a mailbox that somebody will empty
    ['552 5.2.2 Over quota', 'wait: mailbox full'],
    ['550 5.2.2 <mo@council.example>: Mailbox full', 'wait: mailbox full'],
    ['452 4.2.2 The email account that you tried to reach is over quota', 'wait: mailbox full'],
    ['552 Requested mail action aborted: exceeded storage allocation', 'wait: mailbox full'],
    ['550 Quota exceeded for this user', 'wait: mailbox full'],
    // for now
    ['450 4.2.1 Mailbox busy', 'wait: server busy'],
    ['450 4.2.0 Greylisted, see http://postgrey.example', 'wait: server busy'],
    ['451 4.7.1 Greylisting in action, please come back later', 'wait: server busy'],
    ['421 4.7.28 Unusual rate of mail', 'wait: server busy'],
    ['452 Too many recipients', 'wait: server busy'],
    ['450 4.1.1 Address unverified', 'wait: no such mailbox'],
    ['421 Service closing', 'wait: server busy'],
    ['450 5.1.1 Contradicts itself', 'wait: no such mailbox'],
    ['550 4.4.1 Contradicts itself', 'wait: server unreachable'],
    ['550 5.3.1 Mail system full', 'wait: server busy'],
    ['554 5.4.6 Too many hops', 'wait: server in trouble'],
    // us, not them
    ['554 5.7.1 <mo@council.example>: Relay access denied', 'wait: our settings'],
    ['550 relaying mail to council.example is not allowed', 'wait: our settings'],
    ['530 5.7.0 Authentication required', 'wait: our settings'],
    ['530 5.7.0 Must issue a STARTTLS command first', 'wait: our settings'],
    ['535 5.7.8 Bad credentials', 'wait: our settings'],
    ['503 5.5.1 Bad sequence of commands', 'wait: our settings'],
    ['500 5.5.2 Syntax error', 'wait: our settings'],
    ['550 5.1.8 Sender domain not found', 'wait: our settings'],
    ['550 5.1.0 <letters@campaign.example>: Sender address rejected: User unknown', 'wait: our settings'],
    ['550 Sender verify failed', 'wait: our settings'],
    ['554 5.7.1 <unknown[192.0.2.1]>: Client host rejected: cannot find your hostname', 'wait: our settings'],
    ['550 5.7.25 No PTR record', 'wait: our settings'],
    ['550 5.7.26 Unauthenticated mail is not accepted due to DMARC policy', 'wait: our settings'],
    ['550 5.7.1 SPF check failed', 'wait: our settings'],
    ['554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org', 'wait: we are blocked'],
    ['550 5.7.1 Your server IP is on a blocklist', 'wait: we are blocked'],
    ['550 5.7.606 Access denied, banned sending IP [192.0.2.1]', 'wait: we are blocked'],
    ['550 5.7.511 Access denied', 'wait: we are blocked'],
    // a person has to look
    ['554 Transaction failed', 'held: not understood'],
    ['501 What?', 'held: not understood'],
    ['599 5.9.9 ???', 'held: not understood'],
    ['354 Go on', 'held: not understood'],
    ['150 Hm', 'held: not understood'],
    ['999 Hm', 'held: not understood'],
    // and yes
    ['250 2.1.5 OK', 'accepted'],
    ['251 User not local; will forward', 'accepted'],
  ])('"%s" is %s', (said, verdict) => {
    expect(judged('recipient', said)).toBe(verdict);
  });
});

describe('what a mail server says of the letter', () => {
  test.each([
    ['554 5.7.1 Looks like spam', 'refused: blocked by policy'],
    ['550 High probability of spam', 'refused: blocked by policy'],
    ['550 Rejected', 'refused: blocked by policy'],
    ['552 5.7.0 This message was blocked because its content presents a risk', 'refused: blocked by policy'],
    ['552 5.3.4 Message size exceeds fixed limit', 'refused: too big'],
    ['552 Message too large', 'refused: too big'],
    ['552 5.2.3 Message length exceeds the limit of this mailbox', 'refused: too big'],
    ['554 5.6.1 Media not supported', 'refused: form not accepted'],
    ['552 Quota exceeded', 'wait: mailbox full'],
    ['552 5.2.2 Mailbox full', 'wait: mailbox full'],
    ['452 4.3.1 Insufficient system storage', 'wait: server busy'],
    ['554 5.5.0 Something', 'held: not understood'],
    ['554 Transaction failed', 'held: not understood'],
    ['250 Queued', 'accepted'],
  ])('"%s" is %s', (said, verdict) => {
    expect(judged('letter', said)).toBe(verdict);
  });
});

describe('what a mail server says before there is a recipient', () => {
  test.each<[Stage, string, string]>([
    ['greeting', '554 No SMTP service here', 'wait: server unreachable'],
    ['greeting', '554 5.7.1 Your IP is listed at zen.spamhaus.org', 'wait: we are blocked'],
    ['greeting', '421 Too busy', 'wait: server unreachable'],
    ['securing', '454 TLS not available', 'wait: our settings'],
    ['securing', '554 5.1.1 Nonsense', 'wait: our settings'],
    ['signing in', '535 5.7.8 Wrong password', 'wait: our settings'],
    ['signing in', '550 5.1.1 Nonsense', 'wait: our settings'],
    ['sender', '550 5.1.1 Sender unknown', 'wait: our settings'],
    ['sender', '550 5.7.1 Sender not allowed', 'wait: our settings'],
    ['sender', '553 Sender not owned by user', 'wait: our settings'],
    ['sender', '554 Something', 'wait: our settings'],
    ['sender', '552 5.3.4 Too big', 'refused: too big'],
    ['sender', '552 Too big', 'refused: too big'],
    ['sender', '452 4.3.1 Disk full', 'wait: server busy'],
    ['sender', '550 5.7.708 Access denied, traffic not accepted from this IP', 'wait: we are blocked'],
  ])('at %s "%s" is %s', (stage, said, verdict) => {
    expect(judged(stage, said)).toBe(verdict);
  });
});

describe('an answer', () => {
  test('over several lines is read whole', () => {
    expect(readReply('recipient', '550-5.1.1 No such\n550 5.1.1 mailbox')).toEqual({
      stage: 'recipient',
      code: 550,
      status: '5.1.1',
      text: 'No such mailbox',
    });
  });

  test.each(['', 'hello', '55 5.1.1 x', '5501 x', 'HTTP/1.1 400 Bad Request'])('%j is none', (said) => {
    expect(readReply('recipient', said)).toBeNull();
  });

  test.each(['550 5.1.1000 x', '550 5.1 x', '550 3.1.1 x', '550 5.1.1x'])('%j has no status', (said) => {
    expect(readReply('recipient', said)?.status).toBeNull();
  });

  const statuses = option(
    tuple(integer({ min: 2, max: 5 }), integer({ min: 0, max: 9 }), integer({ min: 0, max: 999 })).map((parts) =>
      parts.join('.'),
    ),
  );

  test('that begins with a 4 always waits, whatever else it says', () => {
    assert(
      property(
        constantFrom(...STAGES),
        integer({ min: 400, max: 499 }),
        statuses,
        string(),
        (stage, code, status, text) => {
          expect(judgeReply({ stage, code, status, text }).judgement).toBe('wait');
        },
      ),
    );
  });

  test('before there is a recipient never loses a letter but one that is too big', () => {
    const early = constantFrom<Stage>('greeting', 'securing', 'signing in', 'sender');
    assert(
      property(early, integer({ min: 500, max: 599 }), statuses, string(), (stage, code, status, text) => {
        const verdict = judgeReply({ stage, code, status, text });
        expect(verdict.judgement === 'wait' || ('reason' in verdict && verdict.reason === 'too big')).toBe(true);
      }),
    );
  });

  test('of 2,000 letters is read at once, whatever it says', () => {
    assert(property(string({ maxLength: 2_000 }), (text) => void judged('recipient', `550 ${text}`)));
  });
});

test('trouble on the way to a server always waits', () => {
  const troubles: Trouble[] = [
    'no connection',
    'connection lost',
    'no answer in time',
    'no such server',
    'no encryption',
    'sign-in failed',
    'not as agreed',
    'stopped',
  ];
  for (const trouble of troubles) expect(judgeTrouble(trouble).judgement).toBe('wait');
});

test('only what is said of an address is held against it', () => {
  expect(MAIL_REASONS.filter(condemnsAddress)).toEqual([
    'no such mailbox',
    'mailbox closed',
    'mailbox moved',
    'no such domain',
  ]);
});
