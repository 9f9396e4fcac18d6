import { beforeEach, expect, test } from 'vitest';
import { logEntries, logEntry, logOf, type LogEntry } from '../../src/store/letter-log.ts';
import { after, aLetter, keep, NOON, onBothEngines } from '../builders.ts';

onBothEngines('the log of a letter', (store) => {
  const entry = (deliveryId: string, letterId = 'letter-1'): LogEntry => {
    return { letterId, deliveryId, at: NOON, state: 'handed over', why: null };
  };
  const steps = async (letterId: string) =>
    (await store.db.sql.selectFrom('letterLog').select('step').where('letterId', '=', letterId).execute())
      .map(({ step }) => step)
      .toSorted();

  beforeEach(async () => {
    await keep(store.db, aLetter());
    await keep(store.db, aLetter({ id: 'letter-2' }));
  });

  test('counts up, also where two entries about one letter come together', async () => {
    await logEntries(store.db, [entry('a'), entry('x', 'letter-2'), entry('b')]);
    await logEntry(store.db, { ...entry('c'), at: after(NOON, -1) });

    expect((await logOf(store.db, 'letter-1')).map(({ deliveryId }) => deliveryId)).toEqual(['', 'a', 'b', 'c']);
    expect(await steps('letter-1')).toEqual([1, 2, 3, 4]);
    expect(await steps('letter-2')).toEqual([1, 2]);
  });

  test('may get no entry', async () => {
    await logEntries(store.db, []);
    expect(await steps('letter-1')).toEqual([1]);
  });
});
