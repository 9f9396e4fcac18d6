import { beforeEach, expect, test } from 'vitest';
import { forgetPerson } from '../../src/actions/forget-person.ts';
import { councilId, mpId } from '../../src/domain/addressee.ts';
import type { DeliveryState } from '../../src/domain/delivery.ts';
import { takeAllowance } from '../../src/store/allowances.ts';
import { confirmationsTo, personOf } from '../../src/store/blind-indexes.ts';
import { deliveriesOf, insertDeliveries, moveDelivery } from '../../src/store/deliveries.ts';
import { emptyLog } from '../../src/store/empty-log.ts';
import { letterById, letterStateById } from '../../src/store/letters.ts';
import { keepMail, listMails } from '../../src/store/mailbox.ts';
import { insertReport, unhandledReports } from '../../src/store/reports.ts';
import { sealer } from '../../src/store/seal.ts';
import { claimTurn, lastWritten } from '../../src/store/written.ts';
import { aDelivery, aLetter, aSupporter, CAMPAIGN, days, keep, NOON, onBothEngines } from '../builders.ts';
import { bytesOf, everythingIn, opened } from '../everything-in.ts';

const EMAIL = 'ada@example.org';
const OTHER = 'nada@example.org';

onBothEngines('forgetting a person', (store) => {
  const turn = (email: string, to = mpId('E14001085')) => ({
    campaignId: CAMPAIGN,
    person: personOf(store.db, email),
    to,
  });

  const sent = async (id: string, path: readonly DeliveryState[], email = EMAIL) => {
    await keep(store.db, aLetter({ id, state: 'confirmed', from: aSupporter({ email }) }));
    const delivery = aDelivery({ id: `${id}-delivery`, letterId: id });
    await insertDeliveries(store.db, [delivery]);
    let state: DeliveryState = 'queued';
    for (const next of path) {
      await moveDelivery(store.db, { ...delivery, state }, next, NOON, { reason: `550 not from ${email}` });
      state = next;
    }
  };
  const mail = (id: string, to: string, raw: string) =>
    keepMail(store.db, { id, at: NOON, from: 'letters@example.org', to, subject: 'Cameras', raw });
  const report = (id: string, note: string) =>
    insertReport(store.db, {
      id,
      addresseeId: mpId('E14001085'),
      areaCode: 'E14001085',
      what: 'something else',
      note,
      at: NOON,
    });

  beforeEach(async () => {
    await keep(store.db, aLetter({ id: 'unconfirmed' }));
    await sent('queued', []);
    await sent('held', ['held']);
    await sent('refused', ['refused']);
    await sent('delivered', ['handed over', 'delivered']);
    await sent('somebody-elses', ['held'], OTHER);
    await claimTurn(store.db, turn(EMAIL), NOON, days(30));
    await claimTurn(store.db, turn(EMAIL, councilId('E09000028')), NOON, days(30));
    await claimTurn(store.db, turn(OTHER), NOON, days(30));
    await mail('to-them', EMAIL, `To: ${EMAIL}\r\n\r\nPlease confirm`);
    await mail('from-them', 'mo@example.org', `Reply-To: Ada <Ada@Example.org>\r\n\r\nPlease look into the cameras`);
    await mail('somebody-elses', OTHER, `To: ${OTHER}\r\n\r\nAsk ${EMAIL}`);
    await report('names-them', `Write to me, Ada (${EMAIL}).`);
    await report('names-nobody', 'She has left.');
  });

  test.each([[EMAIL], ['  ADA@Example.org ']])('as %j finds all of it', async (typed) => {
    expect(await forgetPerson(store.db, typed, NOON)).toEqual({ letters: 5, turns: 2, mails: 2, notes: 1 });
    expect(await forgetPerson(store.db, typed, NOON)).toEqual({ letters: 0, turns: 0, mails: 0, notes: 0 });
  });

  test('forgets how many mails came for them today', async () => {
    const key = confirmationsTo(store.db, EMAIL);
    await takeAllowance(store.db, key, { most: 1, withinMs: days(1) }, NOON);
    await forgetPerson(store.db, ` ${EMAIL.toUpperCase()}`, NOON);
    expect((await everythingIn(store.db)).filter(({ text }) => text === key[0])).toEqual([]);
  });

  test('finds what was kept under an old key', async () => {
    const later = { ...store.db, sealer: sealer('a key of its own', 'a secret key that only the tests know') };
    expect(await forgetPerson(later, EMAIL, NOON)).toEqual({ letters: 5, turns: 2, mails: 2, notes: 1 });
  });

  test('passes over what is sealed with a key that nobody has any more', async () => {
    const later = { ...store.db, sealer: sealer('a key of its own') };
    expect(await forgetPerson(later, EMAIL, NOON)).toEqual({ letters: 0, turns: 0, mails: 0, notes: 0 });
  });

  test('takes back what waits, and keeps what became of the rest', async () => {
    await forgetPerson(store.db, EMAIL, NOON);
    expect(await letterStateById(store.db, 'unconfirmed')).toBe('withdrawn');
    const states = await Promise.all(
      ['queued', 'held', 'refused', 'delivered'].map(async (id) => (await deliveriesOf(store.db, id))[0]?.state),
    );
    expect(states).toEqual(['withdrawn', 'withdrawn', 'refused', 'delivered']);
  });

  test('leaves everybody else alone, also whose address ends alike', async () => {
    await forgetPerson(store.db, EMAIL, NOON);
    expect((await letterById(store.db, 'somebody-elses'))?.from.email).toBe(OTHER);
    expect(await lastWritten(store.db, turn(OTHER))).toEqual(NOON);
    expect((await listMails(store.db, 10)).map(({ id }) => id)).toEqual(['somebody-elses']);
    expect((await unhandledReports(store.db)).map(({ note }) => note).toSorted()).toEqual(['She has left.', null]);
  });

  test('leaves nothing of them in any table, nor in the bytes of the file', async () => {
    const theirs = await theirWords();
    expect(theirs.length).toBeGreaterThan(10);
    expect(await missing(theirs)).toEqual([]);

    await forgetPerson(store.db, EMAIL, NOON);
    await store.db.sql.deleteFrom('mailbox').execute(); // somebody else's mail speaks of them
    expect(await emptyLog(store.db)).toBe(true);
    const left = (await everythingIn(store.db)).filter(
      (value) => theirs.some((word) => value.text.includes(word)) || /\bada@/i.test(opened(store.db, value)),
    );
    expect(left).toEqual([]);
    expect(await missing(theirs)).toEqual(theirs);
  });

  /** Which of these words are not there: neither in the bytes of the file nor, on PostgreSQL, in any row. */
  const missing = async (words: readonly string[]) => {
    const rows = (await everythingIn(store.db)).map(({ text }) => text).join('\n');
    const all = store.db.engine === 'sqlite' ? bytesOf(store.where.file) : rows;
    return words.filter((word) => !all.includes(word));
  };

  /** What is sealed of them, and their blind indexes. */
  const theirWords = async () => {
    const own = (await everythingIn(store.db)).filter((value) => {
      const text = opened(store.db, value);
      return text !== value.text && /\bada@/i.test(text) && !text.includes(OTHER);
    });
    return [...own.map(({ text }) => text), personOf(store.db, EMAIL)[0]];
  };
});
