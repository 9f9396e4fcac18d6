import { describe, expect, test } from 'vitest';
import { doubtAbout } from '../../src/domain/councillor-list-doubt.ts';

describe('a new list of councillors', () => {
  const size = (councillors: number, withEmail = councillors) => ({ councillors, withEmail });

  test.each([
    ['the first one', size(3, 0), null, null],
    ['the same again', size(63), size(63), null],
    ['after an empty one', size(20), size(0), null],
    ['one fewer than half as many', size(31), size(63), 'shrunk'],
    ['exactly half as many', size(30), size(60), 'shrunk'],
    ['more than half as many', size(31), size(60), null],
    ['no address left', size(63, 0), size(63, 60), 'lost-emails'],
    ['half of the addresses', size(60, 30), size(60), null],
    ['less than half of the addresses', size(60, 29), size(60), 'lost-emails'],
    ['fewer addresses, but fewer people in the same measure', size(40, 40), size(60, 60), null],
    ['one that never had addresses', size(60, 0), size(60, 0), null],
    ['half of the people and no address', size(30, 0), size(60), 'shrunk'],
  ])('%s', (_, next, last, doubt) => {
    expect(doubtAbout(next, last)).toBe(doubt);
  });
});
