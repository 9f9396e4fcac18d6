import { expect, test } from 'vitest';
import {
  expireUnconfirmed,
  insertLetter,
  letterById,
  lettersById,
  letterStateById,
  lettersByPersonSince,
  moveLetter,
} from '../../src/store/letters.ts';
import { after, aLetter, aLetterAddressee, aSupporter, before, hours, keep, NOON, onBothEngines } from '../builders.ts';

onBothEngines('a letter', (store) => {
  const BLIND = { person: 'ada', fingerprint: 'this letter' };

  test('comes back as it was handed over', async () => {
    const from = aSupporter({ name: 'Ŵyn བོད་ "🙂"', address: ['1 Rue de l’Été', 'Bangor'] });
    const letter = aLetter({ from, body: 'Two\n\nparagraphs\u0000', wantsNews: true, state: 'confirmed' });
    await insertLetter(store.db, letter, BLIND);

    expect(await letterById(store.db, letter.id)).toEqual(letter);
  });

  test('is read with others, and opened by itself: one that was changed spoils only itself', async () => {
    const [one, two] = [await keep(store.db, aLetter()), await keep(store.db, aLetter({ id: 'letter-2' }))];
    await store.db.sql.updateTable('letters').set({ sealed: null }).where('id', '=', two.id).execute();
    const odd = await keep(store.db, aLetter({ id: 'letter-3' }));
    const sealed = store.db.sealer.seal('no letter');
    await store.db.sql.updateTable('letters').set({ sealed }).where('id', '=', odd.id).execute();
    const letterOf = await lettersById(store.db, [one.id, two.id, odd.id, 'letter-4']);

    expect(letterOf(one.id)).toEqual(one);
    expect([letterOf(two.id), letterOf('letter-4')]).toEqual([undefined, undefined]);
    expect(() => letterOf(odd.id)).toThrow('JSON');
    expect((await lettersById(store.db, []))(one.id)).toBeUndefined();
  });

  test('nobody wrote is unknown', async () => {
    expect(await letterById(store.db, 'letter-2')).toBeUndefined();
    expect(await letterStateById(store.db, 'letter-2')).toBeUndefined();
  });

  test('handed over twice is kept once', async () => {
    expect(await insertLetter(store.db, aLetter(), BLIND)).toBe(true);
    expect(await insertLetter(store.db, aLetter({ id: 'letter-2' }), BLIND)).toBe(false);

    expect(await letterById(store.db, 'letter-2')).toBeUndefined();
  });

  test('cannot take the id of another', async () => {
    await insertLetter(store.db, aLetter(), BLIND);

    await expect(insertLetter(store.db, aLetter(), { ...BLIND, fingerprint: 'another' })).rejects.toThrow(/unique/i);
  });

  test('belongs to a campaign that exists', async () => {
    await expect(insertLetter(store.db, aLetter({ campaignId: 'another' }), BLIND)).rejects.toThrow(/foreign key/i);
  });

  test('moves once, however many try at the same time', async () => {
    const letter = await keep(store.db, aLetter());
    const moved = await Promise.all([1, 2, 3].map(() => moveLetter(store.db, letter, 'confirmed', after(NOON, 1))));

    expect(moved.filter(Boolean)).toHaveLength(1);
    expect(await letterStateById(store.db, letter.id)).toBe('confirmed');
  });

  test('once confirmed still counts as handed over, so that a repeated form is noticed', async () => {
    await insertLetter(store.db, aLetter(), BLIND);
    await moveLetter(store.db, aLetter(), 'confirmed', NOON);

    expect(await insertLetter(store.db, aLetter({ id: 'letter-2' }), BLIND)).toBe(false);
  });

  test('once expired may be handed over again', async () => {
    await insertLetter(store.db, aLetter(), BLIND);
    await moveLetter(store.db, aLetter(), 'expired', NOON);

    expect(await insertLetter(store.db, aLetter({ id: 'letter-2' }), BLIND)).toBe(true);
  });

  test('is counted for its writer, and for nobody else', async () => {
    await insertLetter(store.db, aLetter({ writtenAt: before(NOON, hours(2)) }), { ...BLIND, fingerprint: '1' });
    await insertLetter(store.db, aLetter({ id: 'letter-2' }), { ...BLIND, fingerprint: '2' });
    await insertLetter(store.db, aLetter({ id: 'letter-3' }), { person: 'bob', fingerprint: '3' });

    expect(await lettersByPersonSince(store.db, ['ada'], before(NOON, hours(1)))).toBe(1);
    expect(await lettersByPersonSince(store.db, ['ada'], before(NOON, hours(2)))).toBe(2);
    expect(await lettersByPersonSince(store.db, ['charlie'], before(NOON, hours(2)))).toBe(0);
  });

  test('expires when nobody confirmed it in time', async () => {
    await keep(store.db, aLetter({ id: 'late', writtenAt: before(NOON, 1) }));
    await keep(store.db, aLetter({ id: 'in-time', writtenAt: NOON }));
    await keep(store.db, aLetter({ id: 'confirmed', writtenAt: before(NOON, 1), state: 'confirmed' }));

    expect(await expireUnconfirmed(store.db, NOON, after(NOON, 1))).toBe(1);
    expect(await letterStateById(store.db, 'late')).toBe('expired');
    expect(await letterStateById(store.db, 'in-time')).toBe('awaiting confirmation');
    expect(await letterStateById(store.db, 'confirmed')).toBe('confirmed');
  });

  test('keeps the email address of its addressee as it was looked up', async () => {
    const to = [aLetterAddressee({ name: 'Mo', email: "mo.o'member@parliament.example" })];
    await keep(store.db, aLetter({ to }));

    expect((await letterById(store.db, 'letter-1'))?.to).toEqual(to);
  });
});
