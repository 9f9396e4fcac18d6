import { expect, test } from 'vitest';
import { queueReader } from '../../src/actions/read-queue.ts';
import { insertDeliveries } from '../../src/store/deliveries.ts';
import { enqueue } from '../../src/store/outbox.ts';
import { aDelivery, after, aLetter, keep, minutes, NOON, onBothEngines } from '../builders.ts';

onBothEngines('reading the queue for whoever asks all the time', (store) => {
  test('counts what waits at most four times a minute, and deliveries every ten minutes', async () => {
    let now = NOON;
    const read = queueReader({ db: store.db, hours: null, clock: () => now });
    const seen = async () => {
      const { waiting, deliveries } = await read();
      return [waiting.length, deliveries.size];
    };
    expect(await seen()).toEqual([0, 0]);
    await keep(store.db, aLetter());
    await enqueue(store.db, { kind: 'confirmation', letterId: 'letter-1' }, NOON);
    await insertDeliveries(store.db, [aDelivery()]);

    now = after(NOON, 14_999);
    expect(await seen()).toEqual([0, 0]);
    now = after(NOON, 15_000);
    expect(await seen()).toEqual([1, 0]);
    now = after(NOON, minutes(10));
    expect(await seen()).toEqual([1, 1]);
  });
});
