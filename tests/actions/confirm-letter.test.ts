import { beforeEach, describe, expect, test } from 'vitest';
import { letterConfirmer, letterReviewer } from '../../src/actions/confirm-letter.ts';
import { forgetOldLetters } from '../../src/actions/forget-old-letters.ts';
import { signedLinks } from '../../src/actions/links.ts';
import { councillorId, type AddresseeId } from '../../src/domain/addressee.ts';
import type { Gone } from '../../src/domain/gone.ts';
import type { Letter } from '../../src/domain/letter.ts';
import { personOf } from '../../src/store/blind-indexes.ts';
import { deliveriesOf } from '../../src/store/deliveries.ts';
import { insertLetter, letterById } from '../../src/store/letters.ts';
import { claimOne, after, aLetter, aLetterAddressee, aSupporter, days, NOON, onBothEngines } from '../builders.ts';

const links = signedLinks('a secret key that only the tests know');
const [FIRST, SECOND] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
const FOURTH = '44444444-4444-4444-8444-444444444444';

onBothEngines('confirming a letter', (store) => {
  let now = NOON;
  let ids = 0;
  let gone: Gone | null = null;
  const needs = () => ({
    db: store.db,
    links,
    newId: () => `delivery-${++ids}`,
    whoIsGone: async () => gone,
    clock: () => now,
    wake: () => {},
  });
  const confirm = (id: string) => letterConfirmer(needs())(links.tokenFor('confirm', id));
  const review = (id: string) => letterReviewer(needs())(links.tokenFor('confirm', id));
  const written = async (details: Partial<Letter> & { id: string }) => {
    const letter = aLetter(details);
    await insertLetter(store.db, letter, { person: personOf(store.db, letter.from.email)[0], fingerprint: letter.id });
  };

  beforeEach(async () => {
    now = NOON;
    gone = null;
    await written({ id: FIRST });
  });

  test('queues it for its addressee and leads to its status page', async () => {
    expect(await confirm(FIRST)).toEqual({ ok: true, value: { statusToken: links.tokenFor('status', FIRST) } });

    expect(await letterById(store.db, FIRST)).toMatchObject({ state: 'confirmed' });
    const [delivery] = await deliveriesOf(store.db, FIRST);
    expect(delivery).toMatchObject({ to: 'mp:E14001085', state: 'queued' });
    expect(await claimOne(store.db, NOON)).toMatchObject({ mail: { kind: 'letter', deliveryId: delivery!.id } });
  });

  test('looking at it changes nothing', async () => {
    expect(await review(FIRST)).toMatchObject({ ok: true });
    expect(await letterById(store.db, FIRST)).toMatchObject({ state: 'awaiting confirmation' });
    expect(await claimOne(store.db, NOON)).toBeUndefined();
  });

  test('twice queues it once and leads to the same page', async () => {
    await confirm(FIRST);
    expect(await confirm(FIRST)).toEqual({ ok: true, value: { statusToken: links.tokenFor('status', FIRST) } });
    expect(await deliveriesOf(store.db, FIRST)).toHaveLength(1);
  });

  test('ten times at once queues it once', async () => {
    const presses = await Promise.all(Array.from({ length: 10 }, () => confirm(FIRST)));
    expect(presses.every(({ ok }) => ok)).toBe(true);
    expect(await deliveriesOf(store.db, FIRST)).toHaveLength(1);
  });

  test('to somebody who has left since is not sent, and the writer is shown why', async () => {
    gone = { kind: 'mp-changed', now: 'Ada Next' };
    const refused = { ok: false, error: { gone, letter: expect.objectContaining({ id: FIRST }) } };

    expect(await review(FIRST)).toEqual(refused);
    expect(await confirm(FIRST)).toEqual(refused);
    expect(await letterById(store.db, FIRST)).toMatchObject({ state: 'awaiting confirmation' });
    expect(await deliveriesOf(store.db, FIRST)).toEqual([]);
    expect(await claimOne(store.db, NOON)).toBeUndefined();
  });

  test('confirmed before they left still leads to its status page', async () => {
    await confirm(FIRST);
    gone = { kind: 'seat-vacant' };

    expect(await confirm(FIRST)).toMatchObject({ ok: true });
    expect(await review(FIRST)).toEqual({ ok: false, error: 'already-confirmed' });
  });

  test('after a week is refused, and nothing is queued', async () => {
    now = after(NOON, days(7) + 1);
    expect(await review(FIRST)).toEqual({ ok: false, error: 'link-expired' });
    expect(await confirm(FIRST)).toEqual({ ok: false, error: 'link-expired' });
    expect(await claimOne(store.db, now)).toBeUndefined();
  });

  test('after it expired and was forgotten, its link still says that it came too late', async () => {
    now = after(NOON, days(8));
    await forgetOldLetters(store.db, now);
    expect(await letterById(store.db, FIRST)).toBeUndefined();
    expect(await review(FIRST)).toEqual({ ok: false, error: 'link-expired' });
    expect(await confirm(FIRST)).toEqual({ ok: false, error: 'link-expired' });
  });

  test('with a link of ours to nothing is refused', async () => {
    expect(await confirm(SECOND)).toEqual({ ok: false, error: 'unknown-link' });
    expect(await letterConfirmer(needs())('not-a-token')).toEqual({ ok: false, error: 'unknown-link' });
  });

  test('with a link of another purpose is refused', async () => {
    expect(await letterConfirmer(needs())(links.tokenFor('status', FIRST))).toEqual({
      ok: false,
      error: 'unknown-link',
    });
  });

  test('a second letter to the same addressee within a month is not sent, and its writer is told', async () => {
    await written({ id: SECOND, body: 'Another letter' });
    await confirm(FIRST);
    expect(await review(SECOND)).toEqual({ ok: false, error: 'already-written' });
    expect(await confirm(SECOND)).toEqual({ ok: false, error: 'already-written' });
    expect(await deliveriesOf(store.db, SECOND)).toEqual([]);
  });

  test('two letters confirmed at once send one', async () => {
    await written({ id: SECOND });
    const outcomes = await Promise.all([confirm(FIRST), confirm(SECOND)]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('the address typed in capitals is the same person', async () => {
    await written({ id: SECOND, from: aSupporter({ email: 'ADA@Example.org' }) });
    await confirm(FIRST);
    expect(await confirm(SECOND)).toEqual({ ok: false, error: 'already-written' });
  });

  test.each([
    ['somebody else', { from: aSupporter({ email: 'bob@example.org' }) }],
    ['another addressee', { to: [aLetterAddressee({ id: 'council:E09000028' as never })] }],
  ])('a letter of %s is another matter', async (_, details) => {
    await written({ id: SECOND, ...details });
    await confirm(FIRST);
    expect(await confirm(SECOND)).toMatchObject({ ok: true });
  });

  test('after a month the same person may write again', async () => {
    await confirm(FIRST);
    now = after(NOON, days(30));
    await written({ id: SECOND, writtenAt: now });
    expect(await confirm(SECOND)).toMatchObject({ ok: true });
  });

  describe('to several', () => {
    const [A, B, C] = ['1', '2', '3'].map((theirId) => councillorId('E09000028', theirId)) as [
      AddresseeId,
      AddresseeId,
      AddresseeId,
    ];
    const to = (id: AddresseeId, sharing: AddresseeId[] = []) =>
      aLetterAddressee({ id, kind: 'councillor', areaCode: 'E09000028', opening: 'Dear Councillor,', sharing });
    const SEVERAL = '33333333-3333-4333-8333-333333333333';
    const deliveredTo = async (id: string) => (await deliveriesOf(store.db, id)).map((delivery) => delivery.to);

    test('makes one delivery for each mailbox', async () => {
      await written({ id: SEVERAL, to: [to(A), to(B, [C])] });
      expect(await confirm(SEVERAL)).toMatchObject({ ok: true });
      expect(await deliveredTo(SEVERAL)).toEqual([A, B]);
    });

    test('counts as written to everybody who reads the mailbox', async () => {
      await written({ id: SEVERAL, to: [to(A), to(B, [C])] });
      await confirm(SEVERAL);
      await written({ id: SECOND, to: [to(C)] });
      expect(await confirm(SECOND)).toEqual({ ok: false, error: 'already-written' });
    });

    test('leaves out whoever was written to, and the page says so beforehand', async () => {
      await written({ id: SECOND, to: [to(A)] });
      await confirm(SECOND);
      await written({ id: SEVERAL, to: [to(A), to(B)] });
      expect(await review(SEVERAL)).toMatchObject({ value: { due: [{ id: B }], leftOut: [{ id: A }] } });
      await confirm(SEVERAL);
      expect(await deliveredTo(SEVERAL)).toEqual([B]);
    });

    test('leaves out a mailbox when one of its readers was written to, and takes nobody’s turn', async () => {
      await written({ id: SECOND, to: [to(C)] });
      await confirm(SECOND);
      await written({ id: SEVERAL, to: [to(A), to(B, [C])] });
      await confirm(SEVERAL);
      expect(await deliveredTo(SEVERAL)).toEqual([A]);
      await written({ id: FOURTH, to: [to(B)] });
      expect(await confirm(FOURTH)).toMatchObject({ ok: true });
    });

    test('is refused when nobody is left', async () => {
      await written({ id: SECOND, to: [to(A), to(B)] });
      await confirm(SECOND);
      await written({ id: SEVERAL, to: [to(A), to(B)], body: 'Once more' });
      expect(await review(SEVERAL)).toEqual({ ok: false, error: 'already-written' });
      expect(await confirm(SEVERAL)).toEqual({ ok: false, error: 'already-written' });
    });

    test('two at once write to each of them once', async () => {
      await written({ id: SEVERAL, to: [to(A), to(B)] });
      await written({ id: SECOND, to: [to(A), to(B)], body: 'Another' });
      await Promise.all([confirm(SEVERAL), confirm(SECOND)]);
      expect([...(await deliveredTo(SEVERAL)), ...(await deliveredTo(SECOND))].toSorted()).toEqual([A, B]);
    });
  });
});
