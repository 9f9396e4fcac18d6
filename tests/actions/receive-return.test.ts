import { beforeEach, describe, expect, test } from 'vitest';
import { returnReceiver, type Reply, type Returns } from '../../src/actions/receive-return.ts';
import { signedReturnPaths } from '../../src/actions/return-path.ts';
import type { Handover } from '../../src/domain/delivery.ts';
import { MOST_FORWARDS, type Forwarded } from '../../src/domain/forwarding.ts';
import type { NotedReturn } from '../../src/domain/returned-mail.ts';
import { readReturn } from '../../src/mail/read-return.ts';
import { after, minutes, NOON } from '../builders.ts';
import { returned, SAMPLES } from '../mail/returned/samples.ts';

const DELIVERY = '0f6e8d1a-1c2b-4d3e-8f90-a1b2c3d4e5f6';
const paths = signedReturnPaths(['a secret key that only the tests know'], 'returns.example');

/** What keeps and sends, in memory. */
function aMemory() {
  const memory = {
    now: NOON,
    to: 'ada@example.org' as string | null,
    says: { outcome: 'accepted' } as Handover,
    known: true,
    noted: [] as NotedReturn[],
    done: [] as Forwarded[],
    sent: [] as (Reply & { deliveryId: string })[],
    receive: async (name: string, { from = 'nobody', attempt = 1, change = (text: string) => text } = {}) =>
      receiver(
        { deliveryId: DELIVERY, number: attempt },
        { raw: returned(name, change), fromNobody: from === 'nobody' },
      ),
  };
  const returns: Returns = {
    noteReturn: async (noted) => {
      if (!memory.known) return 'unknown';
      if (memory.noted.some(({ once }) => once === noted.once)) return 'noted before';
      memory.noted.push(noted);
      return 'noted';
    },
    forwardingOf: async () => (memory.to === null ? null : { to: memory.to, done: memory.done }),
    forwardReply: async (deliveryId, reply) => {
      memory.sent.push({ deliveryId, ...reply });
      return memory.says;
    },
    noteForward: async (_, forwarded) => void memory.done.push(forwarded),
  };
  const receiver = returnReceiver({
    returns,
    read: readReturn,
    isReturnPath: paths.isReturnPath,
    clock: () => memory.now,
  });
  return memory;
}

let memory: ReturnType<typeof aMemory>;
beforeEach(() => {
  memory = aMemory();
});

const A_PERSON = { from: 'a person' };
const another = (text: string) => text.replace('reply-1@', 'reply-another@');

describe('a bounce', () => {
  test('is noted with what follows for its delivery', async () => {
    expect(await memory.receive('postfix-unknown-there')).toEqual({ kind: 'hard bounce', outcome: 'noted' });
    expect(memory.noted).toEqual([
      {
        deliveryId: DELIVERY,
        attempt: 1,
        kind: 'hard bounce',
        judgement: 'refused',
        reason: 'no such mailbox',
        detail: '550 5.1.1 <unknown@refusing.example>: Recipient address rejected: User unknown',
        recipient: 'unknown@refusing.example',
        once: expect.any(String),
        at: NOON,
      },
    ]);
  });

  test('that comes twice is noted once', async () => {
    await memory.receive('postfix-unknown-there');
    memory.now = after(NOON, minutes(5));

    expect(await memory.receive('postfix-unknown-there')).toEqual({ kind: 'hard bounce', outcome: 'noted before' });
    expect(memory.noted).toHaveLength(1);
  });

  test('that says the same of two attempts is noted for each', async () => {
    await memory.receive('postfix-full-there');

    expect(await memory.receive('postfix-full-there', { attempt: 2 })).toMatchObject({ outcome: 'noted' });
    expect(memory.noted.map(({ attempt }) => attempt)).toEqual([1, 2]);
  });

  test.each([
    ['postfix-full-there', 'mailbox full', 'wait'],
    ['postfix-gave-up-busy', 'soft bounce', 'wait'],
    ['postfix-delayed-busy', 'delayed', null],
    ['postfix-delivered', 'delivered', null],
    ['vacation', 'auto-reply', null],
    ['challenge', 'challenge', 'held'],
    ['unknown-program', 'unreadable bounce', 'held'],
  ])('%s is noted as %s', async (name, kind, judgement) => {
    expect(await memory.receive(name)).toEqual({ kind, outcome: 'noted' });
    expect(memory.noted).toMatchObject([{ kind, judgement }]);
    expect(memory.sent).toEqual([]);
  });

  test('about a delivery that is forgotten is dropped', async () => {
    memory.known = false;
    expect(await memory.receive('postfix-unknown-there')).toEqual({ kind: 'hard bounce', outcome: 'dropped' });
  });
});

describe('a person’s reply', () => {
  test('is sent on as it came, and nothing of it is kept', async () => {
    expect(await memory.receive('reply', A_PERSON)).toEqual({ kind: 'reply', outcome: 'forwarded' });
    expect(memory.sent).toMatchObject([{ deliveryId: DELIVERY, raw: returned('reply') }]);
    expect(memory.noted).toEqual([]);
    expect(memory.done).toEqual([{ once: memory.sent[0]!.once, at: NOON }]);
  });

  test('that comes twice is sent on once', async () => {
    await memory.receive('reply', A_PERSON);
    memory.now = after(NOON, minutes(60));

    expect(await memory.receive('reply', A_PERSON)).toEqual({ kind: 'reply', outcome: 'forwarded before' });
    expect(memory.sent).toHaveLength(1);
  });

  test('right after another is asked to come again, and then sent on', async () => {
    await memory.receive('reply', A_PERSON);
    expect(await memory.receive('reply', { ...A_PERSON, change: another })).toMatchObject({ outcome: 'later' });
    expect(memory.sent).toHaveLength(1);

    memory.now = after(NOON, minutes(5));
    expect(await memory.receive('reply', { ...A_PERSON, change: another })).toMatchObject({ outcome: 'forwarded' });
    expect(memory.sent).toHaveLength(2);
  });

  test('that our mail server cannot take now comes again, under the same id', async () => {
    memory.says = { outcome: 'try later', reason: '451 busy' };
    expect(await memory.receive('reply', A_PERSON)).toMatchObject({ outcome: 'later' });
    expect(memory.done).toEqual([]);

    memory.says = { outcome: 'accepted' };
    expect(await memory.receive('reply', A_PERSON)).toMatchObject({ outcome: 'forwarded' });
    expect(new Set(memory.sent.map(({ once }) => once)).size).toBe(1);
  });

  test.each([
    ['whose supporter is forgotten', () => (memory.to = null)],
    ['to a supporter whose address is a return path', () => (memory.to = paths.returnPathFor(DELIVERY, 1, NOON))],
    ['to a supporter whose address looks like one', () => (memory.to = 'Bounce+x@RETURNS.example')],
    [
      'after twenty',
      () => (memory.done = Array.from({ length: MOST_FORWARDS }, (_, at) => ({ once: `${at}`, at: new Date(0) }))),
    ],
  ])('%s is not sent on, and its writer told', async (_, prepare) => {
    prepare();
    expect(await memory.receive('reply', A_PERSON)).toEqual({ kind: 'reply', outcome: 'unwanted' });
    expect(memory.sent).toEqual([]);
  });

  test('that the supporter’s mail server refuses is not tried again, and its writer told', async () => {
    memory.says = { outcome: 'refused', reason: '550 no' };
    expect(await memory.receive('reply', A_PERSON)).toEqual({ kind: 'reply', outcome: 'unwanted' });
  });
});

describe('a loop', () => {
  test.each(SAMPLES)('cannot begin with %s from nobody', async (name) => {
    await memory.receive(name);
    expect(memory.sent).toEqual([]);
  });

  test('of our own mail ends here', async () => {
    expect(await memory.receive('our-own-forward', A_PERSON)).toEqual({ kind: 'loop', outcome: 'dropped' });
    expect([memory.sent, memory.noted]).toEqual([[], []]);
  });

  test('of a machine that does not say so ends after twenty turns, a minute each', async () => {
    for (let turn = 0; turn < 200; turn++) {
      memory.now = after(NOON, minutes(turn / 2));
      await memory.receive('reply', { ...A_PERSON, change: (text) => text.replace('reply-1@', `turn-${turn}@`) });
    }
    expect(memory.sent).toHaveLength(MOST_FORWARDS);
  });
});

test('a mail that cannot be noted is thrown, so that it comes again', async () => {
  const broken = async () => Promise.reject(new Error('the database is away'));
  const returns: Returns = { noteReturn: broken, forwardingOf: broken, forwardReply: broken, noteForward: broken };
  const receive = returnReceiver({ returns, read: readReturn, isReturnPath: paths.isReturnPath, clock: () => NOON });
  const first = { deliveryId: DELIVERY, number: 1 };

  await expect(receive(first, { raw: returned('reply'), fromNobody: false })).rejects.toThrow('away');
  await expect(receive(first, { raw: returned('postfix-policy'), fromNobody: true })).rejects.toThrow('away');
});
