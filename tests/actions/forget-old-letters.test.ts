import { beforeEach, describe, expect, test } from 'vitest';
import { forgetOldLetters } from '../../src/actions/forget-old-letters.ts';
import { deliveriesOf, insertDeliveries, moveDelivery, reasonOf } from '../../src/store/deliveries.ts';
import { insertLetter, letterById, letterStateById } from '../../src/store/letters.ts';
import { keepMail, mailById } from '../../src/store/mailbox.ts';
import { enqueue, settle } from '../../src/store/outbox.ts';
import { recall, remember } from '../../src/store/remembered.ts';
import { scrubLetter, scrubTexts } from '../../src/store/scrub.ts';
import { claimTurn, lastWritten } from '../../src/store/written.ts';
import { atOneMoment } from '../at-one-moment.ts';
import { aDatabase, aDelivery, after, aLetter, CAMPAIGN, days, keep, NOON, onBothEngines } from '../builders.ts';

onBothEngines('forgetting', (store) => {
  const rowOf = (id: string) =>
    store.db.sql.selectFrom('letters').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

  test('a letter nobody confirmed within a week: it expires, and who wrote it is gone', async () => {
    await keep(store.db, aLetter());

    expect(await forgetOldLetters(store.db, after(NOON, days(7)))).toEqual({ expired: 0, scrubbed: 0 });
    expect(await letterById(store.db, 'letter-1')).toBeDefined();

    expect(await forgetOldLetters(store.db, after(NOON, days(7) + 1))).toEqual({ expired: 1, scrubbed: 1 });
    expect(await letterById(store.db, 'letter-1')).toBeUndefined();
    expect(await letterStateById(store.db, 'letter-1')).toBe('expired');
    expect(await rowOf('letter-1')).toMatchObject({ person: null, fingerprint: null, sealed: null });
  });

  test('lets the same letter be handed over again', async () => {
    const blind = { person: 'ada', fingerprint: 'this letter' };
    await insertLetter(store.db, aLetter(), blind);
    await forgetOldLetters(store.db, after(NOON, days(8)));

    expect(await insertLetter(store.db, aLetter({ id: 'letter-2' }), blind)).toBe(true);
  });

  test('twice forgets once', async () => {
    await keep(store.db, aLetter());
    await forgetOldLetters(store.db, after(NOON, days(8)));

    expect(await forgetOldLetters(store.db, after(NOON, days(9)))).toEqual({ expired: 0, scrubbed: 0 });
  });

  test('practice mails after thirty days', async () => {
    await keepMail(store.db, { id: '1', at: NOON, from: '', to: '', subject: '', raw: '' });
    await forgetOldLetters(store.db, after(NOON, days(30)));
    expect(await mailById(store.db, '1')).toBeDefined();

    await forgetOldLetters(store.db, after(NOON, days(30) + 1));
    expect(await mailById(store.db, '1')).toBeUndefined();
  });

  test('who wrote to whom after thirty days, when it no longer matters', async () => {
    const turn = { campaignId: CAMPAIGN, person: ['ada'] as const, to: aDelivery().to };
    await claimTurn(store.db, turn, NOON, days(30));
    await forgetOldLetters(store.db, after(NOON, days(30)));
    expect(await lastWritten(store.db, turn)).toEqual(NOON);

    await forgetOldLetters(store.db, after(NOON, days(30) + 1));
    expect(await lastWritten(store.db, turn)).toBeUndefined();
  });

  test('answers of upstreams after ninety days', async () => {
    await remember(store.db, 'key', 'answer', NOON);
    await forgetOldLetters(store.db, after(NOON, days(90) + 1));

    expect(await recall(store.db, 'key')).toBeUndefined();
  });
});

onBothEngines('forgetting a letter that was sent', (store) => {
  const rowOf = (id: string) =>
    store.db.sql.selectFrom('letters').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const FIRST = aDelivery();
  const SECOND = aDelivery({ id: 'delivery-2', to: 'council:E09000028' as never });

  const arrive = async (delivery: typeof SECOND) => {
    await moveDelivery(store.db, delivery, 'handed over', NOON);
    await moveDelivery(store.db, { ...delivery, state: 'handed over' }, 'delivered', NOON);
  };

  beforeEach(async () => {
    await keep(store.db, aLetter({ state: 'confirmed' }));
    await insertDeliveries(store.db, [FIRST, SECOND]);
    await moveDelivery(store.db, FIRST, 'refused', NOON, {
      reason: '550 ada@example.org may not write here',
    });
  });

  test('waits for the last of its deliveries', async () => {
    await forgetOldLetters(store.db, after(NOON, days(100)));
    expect(await letterById(store.db, 'letter-1')).toMatchObject({ body: aLetter().body });

    await moveDelivery(store.db, SECOND, 'handed over', after(NOON, days(100)));
    await forgetOldLetters(store.db, after(NOON, days(200)));
    expect(await letterById(store.db, 'letter-1')).toMatchObject({ body: aLetter().body });
  });

  test('begins with the text, six weeks after the last delivery: who wrote it stays four more, for the question about replies', async () => {
    await arrive(SECOND);
    await forgetOldLetters(store.db, after(NOON, days(42)));
    expect(await letterById(store.db, 'letter-1')).toMatchObject({ body: aLetter().body });

    await forgetOldLetters(store.db, after(NOON, days(42) + 1));
    const { name, email } = aLetter().from;
    expect(await letterById(store.db, 'letter-1')).toMatchObject({
      subject: '',
      body: '',
      from: { name, email, address: [], postcode: '' },
      place: { postcode: null },
    });

    await forgetOldLetters(store.db, after(NOON, days(70)));
    expect(await letterById(store.db, 'letter-1')).toBeDefined();
    expect(await forgetOldLetters(store.db, after(NOON, days(70) + 1))).toEqual({ expired: 0, scrubbed: 1 });
    expect(await letterById(store.db, 'letter-1')).toBeUndefined();
  });

  test('takes with the text what mail servers said of it, and the fingerprint that was made of it', async () => {
    await arrive(SECOND);
    await forgetOldLetters(store.db, after(NOON, days(42)));
    expect(await reasonOf(store.db, 'delivery-1')).toContain('ada@example.org');

    await forgetOldLetters(store.db, after(NOON, days(42) + 1));
    expect(await reasonOf(store.db, 'delivery-1')).toBeUndefined();
    expect(await rowOf('letter-1')).toMatchObject({ fingerprint: null, person: expect.any(String) });
  });

  test('waits until its writer has been told, with the text, that it did not arrive', async () => {
    await arrive(SECOND);
    await enqueue(store.db, { kind: 'not delivered', letterId: 'letter-1', deliveryId: 'delivery-1' }, NOON);
    await forgetOldLetters(store.db, after(NOON, days(200)));
    expect(await letterById(store.db, 'letter-1')).toMatchObject({ body: aLetter().body });

    await settle(store.db, 'not delivered:letter-1:delivery-1', 'accepted', after(NOON, days(200)));
    await forgetOldLetters(store.db, after(NOON, days(200)));
    expect(await letterById(store.db, 'letter-1')).toBeUndefined();
  });

  test('keeps what happened, when and where, but not who', async () => {
    await arrive(SECOND);
    await forgetOldLetters(store.db, after(NOON, days(71)));

    expect(await letterStateById(store.db, 'letter-1')).toBe('confirmed');
    expect(await deliveriesOf(store.db, 'letter-1')).toMatchObject([{ state: 'refused' }, { state: 'delivered' }]);
    expect(await reasonOf(store.db, 'delivery-1')).toBeUndefined();
    const row = await store.db.sql.selectFrom('letters').selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ person: null, fingerprint: null, sealed: null, ownWords: 12, templateId: 'mp' });
  });
});

describe('forgetting the text of a letter at the moment in which its writer has it all deleted', () => {
  const store = aDatabase('postgres');

  test('writes nothing of it back', async () => {
    await keep(store.db, aLetter({ state: 'confirmed' }));
    await atOneMoment(
      store,
      (tx) => scrubLetter(tx, 'letter-1'),
      (tx) => scrubTexts(tx, after(NOON, days(42))),
    );

    const row = await store.db.sql.selectFrom('letters').selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ sealed: null, person: null });
  });
});
