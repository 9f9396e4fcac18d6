import { expect, test } from 'vitest';
import { mailDeliverer } from '../src/actions/deliver-next.ts';
import { turnKeeper } from '../src/actions/take-turns.ts';
import type { Pace } from '../src/domain/pace.ts';
import { hoursIn } from '../src/domain/sending-hours.ts';
import { LIMITS } from '../src/mail/transport.ts';
import { deliveryById, insertDeliveries } from '../src/store/deliveries.ts';
import { claimDue, enqueue, nextDueAt } from '../src/store/outbox.ts';
import {
  aDelivery,
  after,
  aLetter,
  before,
  claimOne,
  days,
  hours,
  keep,
  minutes,
  NOON,
  onBothEngines,
} from './builders.ts';
import { aMessage } from './mail/a-message.ts';

/** Nobody hands a mail over for longer. */
const LONGEST_HANDOVER = LIMITS.wholeTimeout;

onBothEngines('a clock', (store) => {
  /** A process whose mail server always says the same, and whose clock is set by hand. */
  const aProcess = (outcome: 'accepted' | 'try later', pace: Partial<Pace> = {}) => {
    const process = {
      now: NOON,
      sentAt: [] as Date[],
      whileSending: () => {},
      handOverNext: async () => (await takeDue(1))[0]?.(),
    };
    const clock = () => process.now;
    const everything = { lettersAnHour: 30, lettersAMinute: 60, connections: 2, hours: null, ...pace };
    const takeDue = mailDeliverer({
      db: store.db,
      compose: () => aMessage(),
      send: async () => {
        process.sentAt.push(process.now);
        process.whileSending();
        return outcome === 'accepted' ? { outcome } : { outcome, reason: '451 not now' };
      },
      whoIsGone: async () => null,
      turns: turnKeeper({ db: store.db, pace: everything, chance: () => 0.5, clock }),
      testing: false,
      tell: () => {},
      chance: () => 0.5,
      clock,
    });
    return process;
  };

  const queueLetter = async (dueAt = NOON) => {
    await keep(store.db, aLetter({ state: 'confirmed' }));
    await insertDeliveries(store.db, [aDelivery()]);
    await enqueue(store.db, { kind: 'letter', letterId: 'letter-1', deliveryId: 'delivery-1' }, dueAt);
  };

  test.each([
    ['goes forward', '2027-03-27T21:30:00Z', '2027-03-28T07:00:00.000Z'],
    ['goes back', '2026-10-24T21:30:00Z', '2026-10-25T08:00:00.000Z'],
  ])('that %s in the night has a letter wait for eight o’clock in London', async (_, queuedAt, goesAt) => {
    const worker = aProcess('accepted', { hours: hoursIn('08:00-20:00') ?? null });
    worker.now = new Date(queuedAt);
    await queueLetter(worker.now);
    for (let looks = 0; looks < 3 && worker.sentAt.length === 0; looks++) {
      await worker.handOverNext();
      worker.now = (await nextDueAt(store.db)) ?? worker.now;
    }
    expect(worker.sentAt).toEqual([new Date(goesAt)]);
  });

  test('that is set back an hour holds the mail of a dead process no longer than that hour and five minutes', async () => {
    await queueLetter();
    await claimOne(store.db, NOON);
    const setBack = before(NOON, hours(1));

    expect(await claimOne(store.db, after(setBack, minutes(64)))).toBeUndefined();
    expect(await claimOne(store.db, after(setBack, minutes(65)))).toMatchObject({ attempts: 2 });
  });

  test('that is set back an hour between taking a turn and sending makes nobody wait longer than that hour', async () => {
    await queueLetter();
    const worker = aProcess('accepted');
    worker.now = NOON;
    await turnKeeperAt(NOON);
    await worker.handOverNext();
    const turn = (await nextDueAt(store.db))!;
    expect(turn.getTime() - NOON.getTime()).toBeLessThanOrEqual(minutes(3));

    worker.now = before(turn, hours(1)); // looked at too early, by a clock that has gone back
    await worker.handOverNext();
    expect(worker.sentAt).toEqual([]);
    worker.now = turn;
    await worker.handOverNext();
    expect(worker.sentAt).toEqual([turn]);
  });

  /** Somebody else has just taken the turn to the same mailbox. */
  const turnKeeperAt = (now: Date) => {
    const pace = { lettersAnHour: 30, lettersAMinute: 60, connections: 2, hours: null };
    const email = aLetter().to[0]!.email;
    return turnKeeper({ db: store.db, pace, chance: () => 0, clock: () => now }).take(email, { paced: null });
  };

  test.each([1, 3, 7])('that is set back an hour during attempt %i still ends the trying', async (attempt) => {
    await queueLetter();
    const worker = aProcess('try later', { lettersAnHour: 3_600_000 });
    worker.whileSending = () => {
      if (worker.sentAt.length === attempt) worker.now = before(worker.now, hours(1));
    };
    const state = async () => (await deliveryById(store.db, 'delivery-1'))?.state;
    while ((await state()) !== 'given up' && worker.sentAt.length < 20) {
      worker.now = (await nextDueAt(store.db))!;
      await worker.handOverNext();
    }

    expect(worker.sentAt.length).toBeLessThanOrEqual(10);
    expect(worker.now).toEqual(after(NOON, days(2)));
  });

  test('a minute ahead of another process’s takes nothing out of its hands while it may be handing over', async () => {
    await queueLetter();
    await claimOne(store.db, NOON);
    const ahead = (ms: number) => after(after(NOON, ms), minutes(1));

    expect(await claimOne(store.db, ahead(LONGEST_HANDOVER + minutes(1)))).toBeUndefined();
    expect(await claimOne(store.db, ahead(minutes(4)))).toMatchObject({ attempts: 2 });
  });

  test('a minute ahead of another process’s gives each of forty mails to exactly one of the two', async () => {
    await keep(store.db, aLetter({ state: 'confirmed' }));
    for (let at = 0; at < 40; at++)
      await enqueue(store.db, { kind: 'letter', letterId: 'letter-1', deliveryId: `delivery-${at}` }, NOON);
    const batches = await Promise.all(
      [0, 1, 0, 1, 0, 1, 0, 1].map((ahead) => claimDue(store.db, after(NOON, minutes(ahead)), 5)),
    );
    expect(new Set(batches.flat().map(({ id }) => id)).size).toBe(40);
    expect(batches.flat()).toHaveLength(40);
  });
});
