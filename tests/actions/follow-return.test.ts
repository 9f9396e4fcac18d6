import { beforeEach, expect, test } from 'vitest';
import { returnFollower } from '../../src/actions/follow-return.ts';
import type { DeliveryState } from '../../src/domain/delivery.ts';
import type { NotedReturn } from '../../src/domain/returned-mail.ts';
import { deliveryById, insertDeliveries, reasonOf } from '../../src/store/deliveries.ts';
import { logOf } from '../../src/store/letter-log.ts';
import { unseenNotices } from '../../src/store/notices.ts';
import { scrubLetter } from '../../src/store/scrub.ts';
import { aDelivery, aLetter, claimOne, keep, NOON, onBothEngines } from '../builders.ts';
import { A_BOUNCE } from '../return-desk.ts';

onBothEngines('what follows from a bounce', (store) => {
  beforeEach(() => keep(store.db, aLetter({ state: 'confirmed' })));

  async function follow(state: DeliveryState, what: Partial<NotedReturn> = {}): Promise<DeliveryState | undefined> {
    const delivery = aDelivery({ state });
    await insertDeliveries(store.db, [delivery]);
    await returnFollower({ chance: () => 0.5 })(store.db, delivery, { ...A_BOUNCE, ...what });
    return (await deliveryById(store.db, delivery.id))?.state;
  }

  test.each<DeliveryState>(['handed over', 'delivered'])(
    'a letter that was %s goes back to its writer',
    async (state) => {
      expect(await follow(state)).toBe('bounced');
      expect(await reasonOf(store.db, 'delivery-1')).toBe('550 5.1.1 unknown');
      expect(await claimOne(store.db, NOON)).toMatchObject({ mail: { kind: 'not delivered' } });
    },
  );

  test('a server that was tried for long enough, too', async () => {
    expect(await follow('handed over', { kind: 'soft bounce', judgement: 'wait', reason: 'server busy' })).toBe(
      'bounced',
    );
  });

  test('a letter whose writer has been forgotten is counted as bounced; nobody is told, and nothing that a server said is kept', async () => {
    await scrubLetter(store.db, 'letter-1');
    expect(await follow('handed over', { detail: '550 5.1.1 <ada@example.org> wrote to nobody' })).toBe('bounced');
    expect(await reasonOf(store.db, 'delivery-1')).toBeUndefined();
    expect(await logOf(store.db, 'letter-1')).toContainEqual(
      expect.objectContaining({ state: 'bounced', why: 'no such mailbox' }),
    );
    expect(await claimOne(store.db, NOON)).toBeUndefined();
  });

  test.each<DeliveryState>(['refused', 'bounced', 'given up', 'held', 'withdrawn', 'called off'])(
    'a letter that is %s stays so',
    async (state) => {
      expect(await follow(state)).toBe(state);
      expect(await claimOne(store.db, NOON)).toBeUndefined();
    },
  );

  test.each(['delayed', 'auto-reply', 'delivered', 'relayed', 'expanded'] as const)(
    '%s changes nothing',
    async (kind) => {
      expect(await follow('handed over', { kind, judgement: null })).toBe('handed over');
      expect(await unseenNotices(store.db)).toEqual([]);
    },
  );

  test.each(['challenge', 'unreadable bounce'] as const)('%s is a person’s to look at', async (kind) => {
    expect(await follow('handed over', { kind, judgement: 'held', reason: 'not understood', detail: null })).toBe(
      'handed over',
    );
    expect(await unseenNotices(store.db)).toMatchObject([
      { kind: 'delivery held', detail: { delivery: 'delivery-1', cameBack: kind } },
    ]);
  });
});
