import { describe, expect, test } from 'vitest';
import { mayForward, MOST_FORWARDS } from '../../src/domain/forwarding.ts';
import { after, minutes, NOON } from '../builders.ts';

const one = { once: 'one', at: NOON };

describe('a reply', () => {
  test('to a letter that nobody has answered is sent on', () => {
    expect(mayForward([], 'one', NOON)).toBe('yes');
  });

  test('that was sent on is not sent on again, however late it comes again', () => {
    expect(mayForward([one], 'one', NOON)).toBe('done before');
    expect(mayForward([one], 'one', after(NOON, minutes(10_000)))).toBe('done before');
  });

  test('within a minute of another waits', () => {
    expect(mayForward([one], 'two', after(NOON, minutes(1) - 1))).toBe('too soon');
    expect(mayForward([one], 'two', after(NOON, minutes(1)))).toBe('yes');
  });

  test('waits too where the clock was set back', () => {
    expect(mayForward([one], 'two', after(NOON, -minutes(1)))).toBe('too soon');
  });

  test('after twenty is one too many', () => {
    const many = Array.from({ length: MOST_FORWARDS }, (_, at) => ({ once: `reply ${at}`, at: NOON }));
    expect(mayForward(many.slice(1), 'one more', after(NOON, minutes(60)))).toBe('yes');
    expect(mayForward(many, 'one more', after(NOON, minutes(60)))).toBe('too many');
    expect(mayForward(many, 'reply 3', after(NOON, minutes(60)))).toBe('done before');
  });
});
