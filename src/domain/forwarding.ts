const MINUTE = 60 * 1000;

/** Two answers to one letter within a minute are more likely two machines than two people. The second is asked to come again. */
export const FORWARD_EVERY = MINUTE;

/** More answers than this to one letter are a loop, however slow. */
export const MOST_FORWARDS = 20;

/** A reply that was sent on. `once` is the same word for the same mail. */
export interface Forwarded {
  readonly once: string;
  readonly at: Date;
}

/** Whether one more reply to a delivery is sent on, given those that were. */
export function mayForward(
  done: readonly Forwarded[],
  once: string,
  now: Date,
): 'yes' | 'done before' | 'too soon' | 'too many' {
  if (done.some((one) => one.once === once)) return 'done before';
  if (done.length >= MOST_FORWARDS) return 'too many';
  const last = Math.max(...done.map(({ at }) => at.getTime()), -Infinity);
  return now.getTime() - last < FORWARD_EVERY ? 'too soon' : 'yes';
}
