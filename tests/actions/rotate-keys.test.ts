import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { letterConfirmer } from '../../src/actions/confirm-letter.ts';
import { signedLinks } from '../../src/actions/links.ts';
import { readKeys } from '../../src/actions/read-keys.ts';
import { rotateKeys } from '../../src/actions/rotate-keys.ts';
import { mpId } from '../../src/domain/addressee.ts';
import { TEXT_KEPT } from '../../src/domain/retention.ts';
import { fingerprintOf, personOf } from '../../src/store/blind-indexes.ts';
import type { Database } from '../../src/store/database.ts';
import { deliveriesOf, moveDelivery, reasonOf } from '../../src/store/deliveries.ts';
import { insertLetter, isKept, letterById, lettersByPersonSince } from '../../src/store/letters.ts';
import { keepMail, mailById } from '../../src/store/mailbox.ts';
import { takeTurns } from '../../src/store/paces.ts';
import { insertReport, unhandledReports } from '../../src/store/reports.ts';
import { scrubTexts } from '../../src/store/scrub.ts';
import { sealer } from '../../src/store/seal.ts';
import { isAnythingLocked, SEALED_COLUMNS } from '../../src/store/sealed-columns.ts';
import { noteKey } from '../../src/store/secret-keys.ts';
import { claimTurn, giveTurnBack, lastWritten } from '../../src/store/written.ts';
import { after, aLetter, aSupporter, CAMPAIGN, days, hours, NOON, onBothEngines, SEALER } from '../builders.ts';
import { everythingIn } from '../everything-in.ts';

const OLD = 'a secret key that only the tests know';
const NEW = 'another secret key that only the tests know';
const ID = '11111111-1111-4111-8111-111111111111';
const EMAIL = aSupporter().email;
const TO = mpId('E14001085');
const NO_PROGRESS = { breathe: async () => {}, progress: () => {} };

test('every column of sealed text in the schema is one that is rotated', () => {
  const schema = readFileSync(new URL('../../src/store/schema.ts', import.meta.url), 'utf8');
  expect(SEALED_COLUMNS).toHaveLength(schema.match(/: SealedText/g)?.length ?? 0);
});

onBothEngines('a new secret key', (store) => {
  /** The same database to a process that has the new key and still knows the old one… */
  const both = (): Database => ({ ...store.db, sealer: sealer(NEW, OLD) });
  /** …and to one that has never heard of the old one. */
  const newOnly = (): Database => ({ ...store.db, sealer: sealer(NEW) });
  const rotate = () => rotateKeys({ db: both(), ...NO_PROGRESS });
  const turnAs = (db: Database) => ({ campaignId: CAMPAIGN, person: personOf(db, EMAIL), to: TO });

  const handOver = async (id: string, email = EMAIL) => {
    const letter = aLetter({ id, from: aSupporter({ email }), body: `To whom it may concern: ${id}` });
    const [[person], [fingerprint]] = [personOf(store.db, email), fingerprintOf(store.db, letter)];
    await insertLetter(store.db, letter, { person, fingerprint });
    return letter;
  };

  /** Something of everything that is sealed, under the old key. */
  beforeEach(async () => {
    const { db } = store;
    const links = signedLinks(OLD);
    const [clock, wake, whoIsGone] = [() => NOON, () => {}, async () => null];
    await handOver(ID);
    await letterConfirmer({ db, links, newId: () => 'delivery-1', whoIsGone, clock, wake })(
      links.tokenFor('confirm', ID),
    );
    const [delivery] = await deliveriesOf(db, ID);
    await moveDelivery(db, delivery!, 'refused', NOON, { reason: '550 not from ada@example.org' });
    const report = {
      id: 'report-1',
      addresseeId: TO,
      areaCode: 'E14001085',
      what: 'something else',
      at: NOON,
    } as const;
    await insertReport(db, { ...report, note: 'Ask Ada.' });
    await keepMail(db, { id: 'mail-1', at: NOON, from: 'a@example.org', to: EMAIL, subject: 'Hello', raw: 'Hello' });
    await noteKey(db, NOON);
  });

  test('before anything is rotated opens what is there, and knows who has written', async () => {
    expect(await isAnythingLocked(newOnly())).toBe(true);
    const db = both();
    expect(await isAnythingLocked(db)).toBe(false);
    const letter = await letterById(db, ID);
    expect(letter?.from).toEqual(aSupporter());
    expect(await reasonOf(db, 'delivery-1')).toContain('550');
    expect(await lettersByPersonSince(db, personOf(db, ' ADA@example.org'), NOON)).toBe(1);
    expect(await isKept(db, fingerprintOf(db, letter!))).toBe(true);
    expect(await claimTurn(db, turnAs(db), after(NOON, days(29)), days(30))).toBe(false);
    expect(await claimTurn(db, turnAs(db), after(NOON, days(30)), days(30))).toBe(true);
    expect(await lastWritten(db, turnAs(db))).toEqual(after(NOON, days(30)));

    await giveTurnBack(db, turnAs(db));
    expect(await lastWritten(db, turnAs(db))).toBeUndefined();
  });

  test('waits for turns that letters took under the one before', async () => {
    const pace = (db: Database) => db.sealer.blinds('pace', 'mailbox:mo@example.org');
    const anHourOf = (db: Database) => takeTurns(db, [{ key: pace(db), gapMs: hours(1) }], NOON);
    await anHourOf(store.db);

    expect(await anHourOf(both())).toEqual([after(NOON, hours(1))]);
    expect(await anHourOf(both())).toEqual([after(NOON, hours(2))]);
  });

  test('takes the place of the old one everywhere', async () => {
    expect(await rotate()).toBe(SEALED_COLUMNS.length);

    const [old] = SEALER.keyIds;
    const persons = [SEALER.blind('person', EMAIL), old];
    const left = (await everythingIn(store.db)).filter(({ text }) => persons.some((word) => text.startsWith(word)));
    expect(left.map(({ where }) => where)).toEqual(['secret_keys.id']);
    const db = newOnly();
    expect((await letterById(db, ID))?.from).toEqual(aSupporter());
    expect(await reasonOf(db, 'delivery-1')).toBe('550 not from ada@example.org');
    expect(await unhandledReports(db)).toMatchObject([{ note: 'Ask Ada.' }]);
    expect(await mailById(db, 'mail-1')).toMatchObject({ to: EMAIL, subject: 'Hello' });
  });

  test('knows, once rotated, who has written what and to whom without the old one', async () => {
    const letter = await letterById(store.db, ID);
    await rotate();
    const db = newOnly();
    expect(await lettersByPersonSince(db, personOf(db, EMAIL), NOON)).toBe(1);
    expect(await isKept(db, fingerprintOf(db, letter!))).toBe(true);
    expect(await claimTurn(db, turnAs(db), after(NOON, days(29)), days(30))).toBe(false);
  });

  test('keeps the later of two turns', async () => {
    await claimTurn(both(), turnAs(both()), after(NOON, days(31)), days(30));
    await rotate();
    expect(await lastWritten(newOnly(), turnAs(newOnly()))).toEqual(after(NOON, days(31)));
  });

  test('still knows the writer of a letter whose text was deleted meanwhile', async () => {
    await store.db.sql.updateTable('outbox').set({ settledAt: NOON.getTime() }).execute();
    expect(await scrubTexts(both(), after(NOON, TEXT_KEPT))).toBe(1);
    await rotate();
    expect(await lettersByPersonSince(newOnly(), personOf(newOnly(), EMAIL), NOON)).toBe(1);
  });

  test('goes on where it was stopped, and then has nothing left to do', async () => {
    for (let at = 0; at < 150; at++) await handOver(`letter-${String(at).padStart(3, '0')}`, `${at}@example.org`);
    const stops = rotateKeys({
      db: both(),
      breathe: async () => {},
      progress: (column, total) => {
        throw new Error(`stopped at ${total} of ${column.table}`);
      },
    });
    await expect(stops).rejects.toThrow('stopped at 100 of letters');

    const [, before] = await readKeys(both());
    expect(before).toMatchObject({ sealed: 151 + 3 - 100 });
    expect(await rotate()).toBe(54);
    expect(await rotate()).toBe(0);
    expect(await lettersByPersonSince(newOnly(), personOf(newOnly(), '149@example.org'), NOON)).toBe(1);
  });

  test('leaves one fingerprint where two processes took the same letter under a key each', async () => {
    const letter = aLetter({ id: 'letter-2', body: `To whom it may concern: ${ID}` });
    const [person, fingerprint] = [personOf(newOnly(), EMAIL)[0], fingerprintOf(newOnly(), letter)[0]];
    await insertLetter(newOnly(), letter, { person, fingerprint });
    await rotate();
    const rows = await store.db.sql.selectFrom('letters').select(['id', 'fingerprint']).orderBy('id').execute();
    expect(rows).toEqual([
      { id: ID, fingerprint: null },
      { id: 'letter-2', fingerprint },
    ]);
  });

  test('says when the old one may be dropped: nothing is sealed with it, and nothing is left that knows it', async () => {
    const then = after(NOON, days(100));
    await noteKey(newOnly(), then);
    const status = async () => (await readKeys(both()))[1];
    expect(await status()).toMatchObject({ place: 'before', sealed: 4, mayBeDropped: false, followedSince: then });

    await rotate();
    expect(await status()).toMatchObject({ sealed: 0, left: { letters: 1, turns: 1 }, mayBeDropped: false });
    await store.db.sql.updateTable('letters').set({ sealed: null }).execute();
    expect(await status()).toMatchObject({ left: { letters: 0, turns: 1 }, mayBeDropped: false });
    await store.db.sql.deleteFrom('written').execute();
    expect(await status()).toMatchObject({ left: { letters: 0, turns: 0 }, mayBeDropped: true });
  });

  test('that no server has been started with lets no other be dropped', async () => {
    await rotate();
    await store.db.sql.updateTable('letters').set({ sealed: null }).execute();
    await store.db.sql.deleteFrom('written').execute();
    expect(await readKeys(both())).toMatchObject([
      { place: 'today', since: null },
      { place: 'before', mayBeDropped: false, followedSince: null },
    ]);
  });

  test('without the old one in the settings names what cannot be opened, and leaves it alone', async () => {
    await noteKey(newOnly(), NOON);
    expect(await rotateKeys({ db: newOnly(), ...NO_PROGRESS })).toBe(0);
    expect(await readKeys(newOnly())).toMatchObject([
      { place: 'today', sealed: 0 },
      { place: 'unknown', id: SEALER.keyIds[0], sealed: 4 },
    ]);
    expect((await letterById(store.db, ID))?.from.email).toBe(EMAIL);
  });
});

describe('links', () => {
  test('signed with an old key still lead to their letter, new ones are signed with the new', () => {
    const links = signedLinks(NEW, OLD);
    for (const purpose of ['confirm', 'status', 'not-me'] as const) {
      expect(links.letterIn(purpose, signedLinks(OLD).tokenFor(purpose, ID))).toBe(ID);
      expect(links.tokenFor(purpose, ID)).toBe(signedLinks(NEW).tokenFor(purpose, ID));
    }
    expect(links.letterIn('confirm', signedLinks(OLD).tokenFor('status', ID))).toBeUndefined();
    expect(signedLinks(NEW).letterIn('status', signedLinks(OLD).tokenFor('status', ID))).toBeUndefined();
  });
});
