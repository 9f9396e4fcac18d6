import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MAILS_IN_HAND } from '../src/domain/delivery.ts';
import { bell, goRound, work } from '../src/worker.ts';
import { after, minutes, NOON } from './builders.ts';

describe('the worker', () => {
  let stop: AbortController;
  let working: Promise<void>;
  beforeEach(() => {
    stop = new AbortController();
  });
  afterEach(async () => {
    stop.abort();
    await working;
  });

  const idle = { chores: async () => {}, complain: () => {}, clock: () => NOON, wake: bell() };

  test('works while there is work, without resting', async () => {
    let left = 100;
    const startedAt = performance.now();
    const takeDue = async () => (--left > 0 ? [async () => {}] : (stop.abort(), []));
    working = work({ ...idle, takeDue, stop: stop.signal });
    await working;

    expect(left).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });

  test('lets everybody else have their turn while there is always more to do', async () => {
    let rounds = 0;
    setTimeout(() => stop.abort(), 0);
    const takeDue = async () => {
      if (++rounds === 100_000) stop.abort();
      return [async () => {}];
    };
    working = work({ ...idle, takeDue, stop: stop.signal });
    await working;

    expect(rounds).toBeLessThan(100_000);
  });

  test('is woken at once by the bell', async () => {
    const wake = bell();
    let looked = 0;
    working = work({ ...idle, wake, takeDue: async () => (looked++, []), stop: stop.signal });
    await wait(20);
    expect(looked).toBe(1);

    wake.ring();
    await wait(20);
    expect(looked).toBe(2);
  });

  test('does not miss the bell while it works', async () => {
    const wake = bell();
    let looked = 0;
    const takeDue = async () => {
      if (++looked === 1) wake.ring();
      return [];
    };
    working = work({ ...idle, wake, takeDue, stop: stop.signal });
    await wait(50);

    expect(looked).toBe(2);
  });

  test('looks by itself within about a second', async () => {
    let looked = 0;
    working = work({ ...idle, takeDue: async () => (looked++, []), stop: stop.signal });
    await wait(1_500);

    expect(looked).toBe(2);
  });

  test('says what went wrong, rests and goes on', async () => {
    const complaints: unknown[] = [];
    const wake = bell();
    const takeDue = async () => {
      throw new Error('the database is away');
    };
    working = work({ ...idle, wake, takeDue, complain: (cause) => complaints.push(cause), stop: stop.signal });
    await wait(20);
    expect(complaints).toHaveLength(1);

    wake.ring();
    await wait(20);
    expect(complaints).toMatchObject([{ message: 'the database is away' }, { message: 'the database is away' }]);
  });

  test('finishes the mail in hand when asked to stop', async () => {
    let finished = false;
    const task = async () => {
      await wait(100);
      finished = true;
    };
    const tasks = [task];
    const takeDue = async () => tasks.splice(0);
    working = work({ ...idle, takeDue, stop: stop.signal });
    await wait(20);
    stop.abort();
    await working;

    expect(finished).toBe(true);
  });

  test('keeps a slow mail in hand, which holds nobody up', async () => {
    let asked = 0;
    let done = 0;
    const slow = Promise.withResolvers<void>();
    const takeDue = async (most: number) => {
      if (asked === 20) return [];
      asked++;
      expect(most).toBeGreaterThan(0);
      return [asked === 1 ? () => slow.promise : async () => void done++];
    };
    working = work({ ...idle, wake: bell(), takeDue, stop: stop.signal });
    await expect.poll(() => done).toBe(19);
    slow.resolve();
  });

  test('takes nothing more while its hands are full', async () => {
    const slow = Promise.withResolvers<void>();
    const asked: number[] = [];
    const takeDue = async (most: number) => (asked.push(most), Array.from({ length: most }, () => () => slow.promise));
    working = work({ ...idle, takeDue, stop: stop.signal });
    await wait(50);
    expect(asked).toEqual([MAILS_IN_HAND]);
    stop.abort();
    slow.resolve();
  });

  test('stops at once when it rests', async () => {
    working = work({ ...idle, takeDue: async () => [], stop: stop.signal });
    await wait(20);
    const askedAt = performance.now();
    stop.abort();
    await working;

    expect(performance.now() - askedAt).toBeLessThan(100);
  });

  test('hands mails over while its chores take long, and ends when they have', async () => {
    const long = Promise.withResolvers<void>();
    let left = 3;
    const takeDue = async () => (left-- > 0 ? [async () => {}] : (stop.abort(), []));
    let ended = false;
    working = work({ ...idle, chores: () => long.promise, takeDue, stop: stop.signal }).then(() => void (ended = true));
    await expect.poll(() => left).toBeLessThan(0);
    await wait(20);
    expect(ended).toBe(false);
    long.resolve();
    await working;
  });

  test('does its chores at the start and then every ten minutes, also after one went wrong', async () => {
    const wake = bell();
    let now = NOON;
    let done = 0;
    let complaints = 0;
    const chores = async () => {
      if (++done === 1) throw new Error('the disk is full');
    };
    const complain = () => complaints++;
    working = work({
      ...idle,
      wake,
      chores,
      complain,
      clock: () => now,
      takeDue: async () => [],
      stop: stop.signal,
    });
    await wait(20);
    expect([done, complaints]).toEqual([1, 1]);

    for (const ms of [minutes(10) - 1, minutes(10), minutes(10) + 1, minutes(20)]) {
      now = after(NOON, ms);
      wake.ring();
      await wait(20);
    }
    expect([done, complaints]).toEqual([3, 1]);
  });
});

describe('going round among other people’s servers', () => {
  test('pauses after each that was asked, and rests when nobody is due', async () => {
    const stop = new AbortController();
    let asked = 0;
    const going = goRound({
      next: async () => ++asked < 3,
      complain: () => {},
      stop: stop.signal,
      pauseMs: 0,
      restMs: 60_000,
    });
    await expect.poll(() => asked).toBe(3);
    stop.abort();
    await going;
    expect(asked).toBe(3);
  });

  test('says what went wrong, rests and goes on', async () => {
    const stop = new AbortController();
    const complaints: unknown[] = [];
    const going = goRound({
      next: async () => {
        throw new Error('the database is away');
      },
      complain: (cause) => complaints.push(cause),
      stop: stop.signal,
      restMs: 0,
    });
    await expect.poll(() => complaints.length).toBeGreaterThan(1);
    stop.abort();
    await going;
    expect(complaints[0]).toMatchObject({ message: 'the database is away' });
  });

  test('hands the stop to whatever is in hand', async () => {
    const stop = new AbortController();
    const going = goRound({
      next: (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(true))),
      complain: () => {},
      stop: stop.signal,
    });
    stop.abort();
    await going;
    expect(stop.signal.aborted).toBe(true);
  });
});
