import { setImmediate as othersAsked } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { gathered } from '../../src/store/gathered.ts';

describe('what is asked at the same moment', () => {
  const asker = () => {
    const asked: (readonly number[])[] = [];
    const ask = gathered(async (numbers: readonly number[]) => {
      asked.push(numbers);
      if (numbers.includes(13)) throw new Error('thirteen');
      return numbers.map((number) => (number > 9 ? undefined : number * 2));
    });
    return { asked, ask };
  };

  test('is asked once, and each hears its own answer', async () => {
    const { asked, ask } = asker();

    expect(await Promise.all([1, 2, 11, 2].map(ask))).toEqual([2, 4, undefined, 4]);
    expect(asked).toEqual([[1, 2, 11, 2]]);
  });

  test('is asked apart from what comes later, also while the first is not answered', async () => {
    const { asked, ask } = asker();
    const first = ask(1);
    await othersAsked();
    expect(await Promise.all([first, ask(2)])).toEqual([2, 4]);
    expect(asked).toEqual([[1], [2]]);
  });

  test('fails together, and what comes later does not', async () => {
    const { ask } = asker();
    const thirteen = { status: 'rejected', reason: { message: 'thirteen' } };
    const ends = await Promise.allSettled([1, 13].map(ask));

    expect(ends).toMatchObject([thirteen, thirteen]);
    expect(await ask(3)).toBe(6);
  });
});
