import { assert, asyncProperty, constantFrom, integer, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readReturn } from '../../src/mail/read-return.ts';
import { returned, SAMPLES } from './returned/samples.ts';

const read = (raw: Buffer, fromNobody: boolean | null = null) => readReturn({ raw, fromNobody });

/** Name of the sample, and what it is: kind, reason, what follows. */
const TOLD: Record<string, readonly string[]> = {
  'postfix-unknown-here': ['hard bounce', 'no such mailbox', 'refused'],
  'postfix-unknown-there': ['hard bounce', 'no such mailbox', 'refused'],
  'postfix-full-here': ['mailbox full', 'mailbox full', 'wait'],
  'postfix-full-there': ['mailbox full', 'mailbox full', 'wait'],
  'postfix-policy': ['hard bounce', 'blocked by policy', 'refused'],
  'postfix-content': ['hard bounce', 'blocked by policy', 'refused'],
  'postfix-gave-up-unreachable': ['soft bounce', 'server unreachable', 'wait'],
  'postfix-gave-up-busy': ['soft bounce', 'server busy', 'wait'],
  'postfix-delayed-unreachable': ['delayed', 'server unreachable'],
  'postfix-delayed-busy': ['delayed', 'server busy'],
  'postfix-delivered': ['delivered'],
  'exchange-unknown': ['hard bounce', 'no such mailbox', 'refused'],
  'exchange-edge-unknown': ['hard bounce', 'no such mailbox', 'refused'],
  'exchange-full': ['mailbox full', 'mailbox full', 'wait'],
  'exchange-inside-only': ['hard bounce', 'blocked by policy', 'refused'],
  'exchange-text-only': ['hard bounce', 'no such mailbox', 'refused'],
  'sendmail-unknown': ['hard bounce', 'no such mailbox', 'refused'],
  'google-unknown': ['hard bounce', 'no such mailbox', 'refused'],
  'qmail-unknown': ['hard bounce', 'no such mailbox', 'refused'],
  'qmail-own-words': ['hard bounce', 'no such mailbox', 'refused'],
  'exim-unknown': ['hard bounce', 'no such mailbox', 'refused'],
  'exim-delayed': ['delayed', 'server busy'],
  'several-recipients': ['hard bounce', 'no such mailbox', 'refused'],
  'non-ascii-recipient': ['hard bounce', 'form not accepted', 'refused'],
  'exchange-out-of-office': ['auto-reply'],
  vacation: ['auto-reply'],
  'holding-reply': ['auto-reply'],
  'out-of-office-by-subject-only': ['auto-reply'],
  'out-of-office-welsh': ['auto-reply'],
  'read-receipt': ['auto-reply'],
  challenge: ['challenge'],
  'challenge-boxtrapper': ['challenge'],
  reply: ['reply'],
  'reply-with-a-bounce-attached': ['reply'],
  'through-a-list-with-its-own-loop-header': ['reply'],
  'our-own-forward': ['loop'],
  'qmail-without-a-code': ['unreadable bounce'],
  'report-without-its-part': ['unreadable bounce'],
  'report-of-failure-without-a-code': ['unreadable bounce'],
  'unknown-program': ['unreadable bounce'],
  complaint: ['unreadable bounce'],
};

describe('a mail that comes back', () => {
  test.each(SAMPLES)('%s is told for what it is', async (name) => {
    const { kind, ...rest } = await read(returned(name));
    const told = [kind, ...('reason' in rest ? [rest.reason] : []), ...('judgement' in rest ? [rest.judgement] : [])];

    expect(told).toEqual(TOLD[name]);
  });

  test('says whom it is about, and what the server said', async () => {
    expect(await read(returned('postfix-unknown-there'))).toMatchObject({
      report: {
        action: 'failed',
        status: '5.1.1',
        recipient: 'unknown@refusing.example',
        diagnostic: '550 5.1.1 <unknown@refusing.example>: Recipient address rejected: User unknown',
      },
    });
    expect(await read(returned('non-ascii-recipient'))).toMatchObject({ report: { recipient: 'ŵyn@cyngor.example' } });
    expect(await read(returned('exchange-text-only'))).toMatchObject({
      report: { diagnostic: '550 5.1.1 RESOLVER.ADR.RecipNotFound; not found' },
    });
  });

  test('is known again, and another is not', async () => {
    const once = await Promise.all(SAMPLES.map(async (name) => (await read(returned(name))).once));
    expect(new Set(once).size).toBe(SAMPLES.length);

    const again = returned('reply', (text) => `Received: by another.example; Wed, 25 Nov 2026 11:00:00 +0000\n${text}`);
    expect((await read(again)).once).toBe((await read(returned('reply'))).once);

    const sameId = (text: string) => text.replace(/^Message-I[dD]:.*$/m, 'Message-ID: <same@council.example>');
    const warning = await read(returned('postfix-delayed-busy', sameId));
    expect((await read(returned('postfix-gave-up-busy', sameId))).once).not.toBe(warning.once);

    const nameless = (text: string) => text.replace(/^Message-ID:.*\n/m, '');
    expect((await read(returned('reply', nameless))).once).toBe((await read(returned('reply', nameless))).once);
    expect((await read(returned('reply', nameless))).once).not.toBe((await read(returned('vacation', nameless))).once);
  });

  test('keeps nothing of what somebody wrote, but where an answer goes', async () => {
    expect(await read(returned('reply'))).toEqual({
      kind: 'reply',
      from: { name: 'Member, Mo', address: 'mo.member@council.example' },
      once: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(await read(returned('reply-with-a-bounce-attached'))).toMatchObject({
      from: { name: 'Office of Mo Member', address: 'office@council.example' },
    });
  });

  test.each(SAMPLES)('%s from nobody is never taken for a reply', async (name) => {
    expect((await read(returned(name), true)).kind).not.toBe('reply');
  });

  test('from nobody is known by its Return-Path where the envelope is lost', async () => {
    const fromNobody = (text: string) => `Return-Path: <>\n${text}`;
    expect((await read(returned('reply', fromNobody))).kind).toBe('unreadable bounce');
    expect((await read(returned('reply', fromNobody), false)).kind).toBe('reply');
  });
});

describe('a mail that was made to be misread', () => {
  const bounce = (fields: string) =>
    Buffer.from(
      'From: MAILER-DAEMON@council.example\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n' +
        `--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.council.example\r\n\r\n${fields}\r\n\r\n--b--\r\n`,
    );

  test.each([
    ['an action that is none of the five', 'Action: exploded\r\nStatus: 5.1.1', 'unreadable bounce'],
    ['a status of four parts', 'Action: failed\r\nStatus: 5.1.1.1', 'unreadable bounce'],
    ['a status of another class', 'Action: failed\r\nStatus: 3.1.1', 'unreadable bounce'],
    ['a failure that succeeded', 'Action: failed\r\nStatus: 2.0.0', 'unreadable bounce'],
    ['no fields', 'x', 'unreadable bounce'],
    ['fields in capitals and odd spaces', 'ACTION :  FAILED \r\nSTATUS:\t5.1.1', 'hard bounce'],
    ['a field folded over lines', 'Action:\r\n failed\r\nStatus:\r\n\t5.2.2', 'mailbox full'],
    ['two statuses', 'Action: failed\r\nStatus: 5.2.2\r\nStatus: 5.1.1', 'mailbox full'],
    [
      'a status that says less than the answer',
      'Action: failed\r\nStatus: 5.0.0\r\nDiagnostic-Code: smtp; 552 5.2.2 full',
      'mailbox full',
    ],
    [
      'an answer that says less than the status',
      'Action: failed\r\nStatus: 5.2.2\r\nDiagnostic-Code: smtp; 550 no',
      'mailbox full',
    ],
    [
      'an answer for now under a status for good',
      'Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 450 no',
      'soft bounce',
    ],
    ['an answer and no status', 'Action: failed\r\nDiagnostic-Code: smtp; 550 5.1.1 no', 'hard bounce'],
    [
      'kept too long',
      'Action: failed\r\nStatus: 4.4.7\r\nDiagnostic-Code: smtp;550 4.4.7 QUEUE.Expired; message expired',
      'soft bounce',
    ],
    ['relayed to where nothing is reported', 'Action: relayed\r\nStatus: 2.0.0', 'relayed'],
    ['a list', 'Action: expanded\r\nStatus: 2.1.5', 'expanded'],
  ])('%s', async (_, fields, kind) => {
    expect((await read(bounce(`Final-Recipient: rfc822; mo@council.example\r\n${fields}`))).kind).toBe(kind);
  });

  test('a final failure that we do not understand is for a person', async () => {
    expect(await read(bounce('Action: failed\r\nStatus: 5.0.0\r\nDiagnostic-Code: smtp; 554 ???'))).toMatchObject({
      kind: 'hard bounce',
      judgement: 'held',
      reason: 'not understood',
    });
  });

  test('ten thousand recipients, or parts, or headers are read in part', async () => {
    const recipients = 'Final-Recipient: rfc822; a@council.example\r\nAction: delivered\r\n\r\n'.repeat(10_000);
    expect((await read(bounce(recipients))).kind).toBe('delivered');

    const parts = `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(10_000)}`;
    expect((await read(Buffer.from(parts), true)).kind).toBe('unreadable bounce');

    const headers = `${'X-Long: y\r\n'.repeat(100_000)}\r\nx`;
    expect((await read(Buffer.from(headers), true)).kind).toBe('unreadable bounce');
  });

  test('ten megabytes are read as far as one', async () => {
    const raw = Buffer.concat([returned('postfix-unknown-there'), Buffer.alloc(10_000_000, 'x')]);
    expect((await read(raw)).kind).toBe('hard bounce');
  });

  test('cut short anywhere, it is never a reply and never another failure', async () => {
    const raw = returned('postfix-unknown-there');
    for (let end = 0; end < raw.length; end += 7) {
      const { kind } = await read(raw.subarray(0, end), true);
      expect(['hard bounce', 'unreadable bounce', 'auto-reply'], `cut at ${end}`).toContain(kind);
    }
  });

  test('any bytes are read without an error', async () => {
    await assert(
      asyncProperty(uint8Array({ maxLength: 2_000 }), async (bytes) => void (await read(Buffer.from(bytes)))),
    );
  });

  test('any one byte of a mail may be wrong', async () => {
    const change = asyncProperty(
      constantFrom(...SAMPLES),
      integer({ min: 0 }),
      integer({ min: 0, max: 255 }),
      async (name, at, byte) => {
        const raw = returned(name);
        raw[at % raw.length] = byte;
        expect((await read(raw, true)).kind).not.toBe('reply');
      },
    );
    await assert(change, { numRuns: 200 });
  });
});
