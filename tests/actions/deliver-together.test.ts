import { beforeEach, expect, test } from 'vitest';
import { mailDeliverer } from '../../src/actions/deliver-next.ts';
import { turnKeeper } from '../../src/actions/take-turns.ts';
import { mpId, type AddresseeId } from '../../src/domain/addressee.ts';
import type { Handover } from '../../src/domain/delivery.ts';
import { deliveryById, insertDeliveries, moveDelivery } from '../../src/store/deliveries.ts';
import { logOf } from '../../src/store/letter-log.ts';
import { claimDue, enqueue, outcomeOf, settle } from '../../src/store/outbox.ts';
import { pause } from '../../src/store/pauses.ts';
import { sealer } from '../../src/store/seal.ts';
import { aDelivery, after, aLetter, aLetterAddressee, keep, minutes, NOON, onBothEngines } from '../builders.ts';
import { aMessage } from '../mail/a-message.ts';

const ACCEPTED: Handover = { outcome: 'accepted' };
const LATER: Handover = { outcome: 'try later', reason: '451 busy' };
const REFUSED: Handover = { outcome: 'refused', reason: '550 no such mailbox', why: 'no such mailbox' };

onBothEngines('mails that are taken together', (store) => {
  const told = {
    /** What the mail server says to the letter of that name; where nothing is set, yes. */
    says: {} as Record<string, Handover | (() => Promise<Handover>)>,
    gone: new Set<string>(),
    thrown: [] as string[],
    sent: [] as string[],
  };
  beforeEach(() => {
    Object.assign(told, { says: {}, gone: new Set(), thrown: [], sent: [] });
  });

  /** Queues a confirmed letter to somebody of that name. */
  const queue = async (name: string, email = `${name}@${name}.example`, sharing: readonly AddresseeId[] = []) => {
    const id = mpId(name);
    const to = [aLetterAddressee({ id, name, email, sharing })];
    await keep(store.db, aLetter({ id: name, state: 'confirmed', to }));
    await insertDeliveries(store.db, [aDelivery({ id: name, letterId: name, to: id })]);
    await enqueue(store.db, { kind: 'letter', letterId: name, deliveryId: name }, NOON);
  };

  /** Takes all that is due, and does all of it side by side. */
  const deliverAll = async () => {
    const takeDue = mailDeliverer({
      db: store.db,
      compose: (_, letter) => {
        const name = letter.to[0]?.name ?? '';
        if (name === 'unmakeable') throw new Error('a name with a line break');
        return aMessage({ id: `${name}@example.org` });
      },
      send: async ({ id }) => {
        const name = id.replace('@example.org', '');
        told.sent.push(name);
        const says = told.says[name] ?? ACCEPTED;
        return typeof says === 'function' ? says() : says;
      },
      whoIsGone: async (_, { name }) => (told.gone.has(name) ? { kind: 'seat-vacant' } : null),
      turns: turnKeeper({
        db: store.db,
        pace: { lettersAnHour: 30, lettersAMinute: 60, connections: 2, hours: null },
        chance: () => 0,
        clock: () => NOON,
      }),
      testing: false,
      tell: () => {},
      chance: () => 0.5,
      clock: () => NOON,
    });
    const ends = await Promise.allSettled((await takeDue(16)).map((task) => task()));
    told.thrown = ends.flatMap((end) => (end.status === 'rejected' ? [String(end.reason)] : []));
  };

  /** The delivery's state, how its mail left the outbox, and otherwise how many minutes it waits. */
  const fate = async (name: string) => {
    const delivery = await deliveryById(store.db, name);
    const { outcome, dueAt, attempts } = await store.db.sql
      .selectFrom('outbox')
      .selectAll()
      .where('deliveryId', '=', name)
      .where('kind', '=', 'letter')
      .executeTakeFirstOrThrow();
    return [delivery?.state, outcome ?? (dueAt - NOON.getTime()) / minutes(1), attempts];
  };

  test('each go their own way', async () => {
    for (const name of ['accepted', 'also', 'gone', 'later', 'locked', 'paused', 'refused']) await queue(name);
    for (const name of ['unmakeable', 'unreadable', 'withdrawn']) await queue(name);
    await queue('shared', 'office@council.example', [mpId('paused')]);
    await queue('first', 'same@mailbox.example');
    await queue('second', 'same@mailbox.example');
    await keep(store.db, aLetter({ id: 'unconfirmed' }));
    await enqueue(store.db, { kind: 'confirmation', letterId: 'unconfirmed' }, NOON);
    told.says = { later: LATER, refused: REFUSED };
    told.gone.add('gone');
    await pause(store.db, `to:${mpId('paused')}`, NOON);
    await moveDelivery(store.db, aDelivery({ id: 'withdrawn', letterId: 'withdrawn' }), 'withdrawn', NOON);
    const sealed = store.db.sealer.seal('no letter');
    await store.db.sql.updateTable('letters').set({ sealed }).where('id', '=', 'unreadable').execute();
    const locked = sealer('a key that is not in the settings').seal('a letter');
    await store.db.sql.updateTable('letters').set({ sealed: locked }).where('id', '=', 'locked').execute();
    await deliverAll();

    expect(await fate('accepted')).toEqual(['handed over', 'accepted', 1]);
    expect(await fate('also')).toEqual(['handed over', 'accepted', 1]);
    expect(await fate('first')).toEqual(['handed over', 'accepted', 1]);
    expect(await fate('second')).toEqual(['queued', 2, 0]);
    expect(await fate('gone')).toEqual(['called off', 'dropped', 1]);
    expect(await fate('later')).toEqual(['deferred', 1, 1]);
    expect(await fate('locked')).toEqual(['queued', 10, 0]);
    expect(await fate('paused')).toEqual(['queued', 10, 0]);
    expect(await fate('shared')).toEqual(['queued', 10, 0]);
    expect(await fate('refused')).toEqual(['refused', 'refused', 1]);
    expect(await fate('unmakeable')).toEqual(['deferred', 1, 1]);
    expect(await fate('unreadable')).toEqual(['queued', 0, 1]);
    expect(await fate('withdrawn')).toEqual(['withdrawn', 'dropped', 1]);
    expect(told.sent.toSorted()).toEqual(['Mo Member', 'accepted', 'also', 'first', 'later', 'refused']);
    expect(told.thrown).toHaveLength(3); // locked, unmakeable, unreadable
  });

  test('leave the turns of those that did not go to others', async () => {
    for (const name of ['one', 'two', 'three']) await queue(name, `${name}@council.example`);
    await deliverAll();

    expect(told.sent).toEqual(['one']);
    const waiting = await claimDue(store.db, after(NOON, 2_000), 16);
    expect(waiting.map(({ paced, attempts }) => [paced, attempts])).toEqual([
      ['domain', 1],
      ['domain', 1],
    ]);
  });

  test('note nothing of a letter that was withdrawn while the mail server had it, and all of the others', async () => {
    for (const name of ['kept', 'taken', 'too']) await queue(name);
    told.says['taken'] = async () => {
      await moveDelivery(store.db, aDelivery({ id: 'taken', letterId: 'taken' }), 'withdrawn', NOON);
      return ACCEPTED;
    };
    await deliverAll();

    expect(await fate('taken')).toEqual(['withdrawn', 'accepted', 1]);
    expect((await logOf(store.db, 'taken')).at(-1)).toMatchObject({ state: 'withdrawn' });
    for (const name of ['kept', 'too']) expect(await fate(name)).toEqual(['handed over', 'accepted', 1]);
  });

  test('note no further try of a letter that was withdrawn meanwhile', async () => {
    await queue('taken');
    const taken = aDelivery({ id: 'taken', letterId: 'taken' });
    await moveDelivery(store.db, taken, 'deferred', NOON);
    told.says['taken'] = async () => {
      await moveDelivery(store.db, { ...taken, state: 'deferred' }, 'withdrawn', NOON);
      return LATER;
    };
    await deliverAll();

    const states = (await logOf(store.db, 'taken')).map(({ state }) => state);
    expect(states.slice(-2)).toEqual(['deferred', 'withdrawn']);
  });

  test.each([
    ['yes', ACCEPTED],
    ['later', LATER],
    ['no', REFUSED],
  ])('note nothing of what another process took up meanwhile, whatever the answer: %s', async (_, answer) => {
    for (const name of ['kept', 'asleep']) await queue(name);
    told.says['asleep'] = async () => {
      await claimDue(store.db, after(NOON, minutes(5)), 1);
      return answer;
    };
    await deliverAll();

    expect(await fate('asleep')).toEqual(['queued', 0, 2]);
    expect(await logOf(store.db, 'asleep')).toHaveLength(2); // the letter, and that it was queued
    expect(await fate('kept')).toEqual(['handed over', 'accepted', 1]);
  });

  test('remind nobody whose mail server refused the question to confirm', async () => {
    for (const id of ['refused', 'taken']) {
      await keep(store.db, aLetter({ id }));
      await enqueue(store.db, { kind: 'confirmation', letterId: id }, NOON);
      await settle(store.db, `confirmation:${id}:`, id === 'refused' ? 'refused' : 'accepted', NOON);
      await enqueue(store.db, { kind: 'reminder', letterId: id }, NOON);
    }
    await deliverAll();

    expect(told.sent).toEqual(['Mo Member']);
    expect(await outcomeOf(store.db, 'reminder', 'refused')).toBe('dropped');
    expect(await outcomeOf(store.db, 'reminder', 'taken')).toBe('accepted');
  });

  test('keep every note but the one that cannot be written, which is thrown', async () => {
    for (const name of ['kept', 'odd', 'too']) await queue(name);
    told.says['odd'] = { outcome: 'nonsense' as 'refused', reason: '' };
    await deliverAll();

    expect(told.thrown).toEqual([expect.stringContaining('never becomes')]);
    expect(await fate('odd')).toEqual(['queued', 0, 1]);
    for (const name of ['kept', 'too']) {
      expect(await fate(name)).toEqual(['handed over', 'accepted', 1]);
      expect((await logOf(store.db, name)).filter(({ state }) => state === 'handed over')).toHaveLength(1);
    }
  });
});
