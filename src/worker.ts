import { setImmediate as yieldToOthers, setTimeout as wait } from 'node:timers/promises';
import { MAILS_IN_HAND } from './domain/delivery.ts';

const IDLE_MS = 1_000;
const CHORES_EVERY_MS = 10 * 60 * 1000;

interface Needs {
  /** What there is to do with mails that are due, at most so many. */
  readonly takeDue: (most: number) => Promise<readonly (() => Promise<void>)[]>;
  /** What is done at the start and then every ten minutes, beside the mails: however long it takes, it holds none of them up. */
  readonly chores: () => Promise<unknown>;
  readonly complain: (cause: unknown) => void;
  readonly clock: () => Date;
  readonly stop: AbortSignal;
  readonly wake: Bell;
}

/** Works while there is work, rests while there is none. When asked to stop it takes no more mails, and finishes those in hand. */
export async function work({ takeDue, chores, complain, clock, stop, wake }: Needs): Promise<void> {
  const inHand = new Set<Promise<void>>();
  let choresDueAt = clock().getTime();
  let inBetween: Promise<unknown> | null = null;
  while (!stop.aborted) {
    if (!inBetween && clock().getTime() >= choresDueAt) {
      inBetween = chores()
        .catch(complain)
        .finally(() => (inBetween = null));
      choresDueAt = clock().getTime() + CHORES_EVERY_MS;
    }
    const tasks = await takeDue(MAILS_IN_HAND - inHand.size).catch((cause: unknown) => (complain(cause), []));
    for (const task of tasks) {
      const done: Promise<void> = task()
        .catch(complain)
        .finally(() => inHand.delete(done));
      inHand.add(done);
    }
    if (inHand.size >= MAILS_IN_HAND) await Promise.race(inHand);
    else if (tasks.length === 0) await wake.rest(IDLE_MS, stop);
    // SQLite answers at once: a long queue of mails that only have to wait would let no page and no mail server have its turn. And what ends
    // together is followed by as many, taken together.
    await yieldToOthers();
  }
  await Promise.all([...inHand, inBetween]);
}

interface Rounds {
  /** True: there was something to do. It hears the signal and ends within a second of it. */
  readonly next: (stop: AbortSignal) => Promise<boolean>;
  readonly complain: (cause: unknown) => void;
  readonly stop: AbortSignal;
  /** Between two that had something to do, so that others are not asked more often. */
  readonly pauseMs?: number;
  /** After one that had nothing to do. */
  readonly restMs?: number;
}

/** Goes round among other people's servers, beside the mail and never in its way. */
export async function goRound({ next, complain, stop, pauseMs = 1_000, restMs = 30_000 }: Rounds): Promise<void> {
  while (!stop.aborted) {
    const busy = await next(stop).catch((cause: unknown) => (complain(cause), false));
    await wait(busy ? pauseMs : restMs, undefined, { signal: stop }).catch(() => {}); // stopped, not failed
  }
}

export interface Bell {
  /** Ends the rest, or the next one if nobody is resting: to be rung after something was queued. */
  ring(): void;
  /** Waits until rung, stopped, or that many milliseconds have passed. */
  rest(ms: number, stop: AbortSignal): Promise<void>;
}

/** So that a mail leaves within milliseconds of being queued in this process; one queued by another is found within the second. */
export function bell(): Bell {
  let rung = new AbortController();
  return {
    ring: () => rung.abort(),
    rest: async (ms, stop) => {
      await wait(ms, undefined, { signal: AbortSignal.any([stop, rung.signal]) }).catch(() => {}); // woken, not failed
      if (rung.signal.aborted) rung = new AbortController();
    },
  };
}
