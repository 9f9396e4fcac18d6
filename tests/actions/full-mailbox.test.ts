import { beforeEach, describe, expect, test } from 'vitest';
import { mailComposer } from '../../src/actions/compose-mail.ts';
import { forgetOneLetter } from '../../src/actions/delete-my-data.ts';
import { mailDeliverer } from '../../src/actions/deliver-next.ts';
import { doChores } from '../../src/actions/do-chores.ts';
import { statusReader } from '../../src/actions/letter-status.ts';
import { signedLinks } from '../../src/actions/links.ts';
import { returnFollower } from '../../src/actions/follow-return.ts';
import { readQueue } from '../../src/actions/read-queue.ts';
import { mpId } from '../../src/domain/addressee.ts';
import type { Gone } from '../../src/domain/gone.ts';
import type { LetterAddressee } from '../../src/domain/letter.ts';
import { alarmsIn } from '../../src/domain/queue.ts';
import { TEXT_KEPT } from '../../src/domain/retention.ts';
import type { Message } from '../../src/mail/message.ts';
import { readRecords } from '../../src/records/records.ts';
import { openMails } from '../../src/render/mails.ts';
import { openReturnDesk } from '../../src/returns.ts';
import type { Database } from '../../src/store/database.ts';
import { contactsOf, saveContacts } from '../../src/store/contacts.ts';
import { deliveryById, insertDeliveries, moveDelivery, reasonOf } from '../../src/store/deliveries.ts';
import { logOf } from '../../src/store/letter-log.ts';
import { letterById } from '../../src/store/letters.ts';
import { unseenNotices } from '../../src/store/notices.ts';
import { enqueue, nextDueAt, settle } from '../../src/store/outbox.ts';
import { pause, resume } from '../../src/store/pauses.ts';
import { noteReply } from '../../src/store/replies.ts';
import { keepReturn, returnsOf } from '../../src/store/returned-mails.ts';
import { triesOf } from '../../src/store/tries.ts';
import { atOneMoment } from '../at-one-moment.ts';
import {
  aCampaign,
  aDatabase,
  aDelivery,
  after,
  aLetter,
  claimOne,
  days,
  hours,
  keep,
  minutes,
  NOON,
  onBothEngines,
} from '../builders.ts';
import { returned } from '../mail/returned/samples.ts';

const ROOT = new URL('../../', import.meta.url);
const { words } = readRecords(ROOT);
const LETTER_ID = '3d5f1f0c-7a52-4c0e-9d7a-5b0c1e2f3a4b';
const DELIVERY = '0f6e8d1a-1c2b-4d3e-8f90-a1b2c3d4e5f6';
const LETTER = { kind: 'letter', letterId: LETTER_ID, deliveryId: DELIVERY } as const;
const [MO] = aLetter().to as [LetterAddressee];
const DOMAIN = 'returns.example';
const SECRET_KEY = 'a secret key that only the tests know';
const links = signedLinks(SECRET_KEY);
const chance = () => 0.5;
const follow = returnFollower({ chance });

/** The letter has been handed over to it. */
async function aRelayWithALetter(store: { readonly db: Database }) {
  const relay = aRelay(store);
  await keep(store.db, aLetter({ id: LETTER_ID, state: 'confirmed' }));
  await insertDeliveries(store.db, [aDelivery({ id: DELIVERY, letterId: LETTER_ID })]);
  await enqueue(store.db, LETTER, NOON);
  await relay.work();
  return relay;
}

/** A relay that takes everything, and a clock that stands until it is moved. */
function aRelay(store: { readonly db: Database }) {
  const relay = {
    now: NOON,
    gone: null as Gone | null,
    sent: [] as Message[],
    /** Works until nothing is due. */
    work: async () => {
      const takeDue = deliverer(store.db);
      for (let due = await takeDue(8); due.length > 0; due = await takeDue(8)) for (const task of due) await task();
    },
    /** The same, as soon as something is. */
    workNext: async () => {
      relay.now = (await nextDueAt(store.db)) ?? relay.now;
      await relay.work();
    },
    deskFor: (db: Database) =>
      openReturnDesk({
        ...about,
        config: { ...about, testLettersTo: null },
        domain: DOMAIN,
        db,
        follow,
        secretKeys: [SECRET_KEY],
        forward,
        clock,
      }),
    /** Has it send the mail back that it got at that attempt. */
    sendBack: async (attempt: number, { says = FULL, id = `bounce-${attempt}`, db = store.db }: Bounce = {}) => {
      const to = relay.sent.filter(({ returnPath }) => returnPath !== undefined)[attempt - 1]?.returnPath ?? '';
      const desk = relay.deskFor(db);
      const raw = Buffer.from(says.toString('utf8').replace(/^Message-Id:.*$/im, `Message-ID: <${id}@relay.example>`));
      const { outcome } = await desk.receive(desk.paths.attemptIn(to, relay.now)!, { raw, fromNobody: true });
      return outcome;
    },
  };
  const clock = () => relay.now;
  const forward = async () => ({ outcome: 'accepted' }) as const;
  const about = {
    mails: openMails(new URL('templates/mail/', ROOT)),
    words,
    links,
    campaign: aCampaign(),
    publicUrl: new URL('https://write.example.org'),
    mailFrom: 'letters@write.example.org',
    testLettersTo: null,
    clock,
  };
  const deliverer = (db: Database) =>
    mailDeliverer({
      db,
      compose: mailComposer({
        ...about,
        returnPathFor: (id, attempt) => relay.deskFor(db).paths.returnPathFor(id, attempt, relay.now),
      }),
      send: async (message) => {
        relay.sent.push(message);
        return { outcome: 'accepted' };
      },
      whoIsGone: async () => relay.gone,
      turns: { take: async () => ({ done: () => {} }) },
      testing: false,
      tell: () => {},
      chance,
      clock,
    });
  return relay;
}

interface Bounce {
  readonly says?: Buffer;
  /** Its Message-ID. */
  readonly id?: string;
  readonly db?: Database;
}

const ofMo = (text: string) => text.replaceAll(/full@\w+\.example/g, MO.email);
const FULL = returned('postfix-full-there', ofMo);
/** As a relay says that tried for its own while. */
const FULL_FOR_NOW = returned('postfix-full-there', (text) =>
  ofMo(text).replaceAll('5.2.2', '4.2.2').replaceAll('552', '452'),
);
const GONE = returned('postfix-unknown-there');

onBothEngines('a letter to a full mailbox', (store) => {
  let relay: ReturnType<typeof aRelay>;
  beforeEach(async () => {
    relay = await aRelayWithALetter(store);
  });

  const state = async () => (await deliveryById(store.db, DELIVERY))?.state;
  const log = async () => (await logOf(store.db, LETTER_ID)).slice(2).map((entry) => entry.state);
  const told = () => relay.sent.filter(({ subject }) => subject.includes('could not be delivered')).length;
  const letters = () => relay.sent.filter(({ id }) => id === `${DELIVERY}.letter@write.example.org`);
  /** Attempt after attempt, until nothing waits. */
  const staysFull = async (first = 1) => {
    for (let attempt = first; (await state()) === 'handed over'; attempt++) {
      expect(await relay.sendBack(attempt)).toBe('noted');
      await relay.workNext();
    }
  };

  test('that comes back waits, and goes out again under the same Message-ID', async () => {
    relay.now = after(NOON, 10_000);
    expect(await relay.sendBack(1)).toBe('noted');

    expect(await deliveryById(store.db, DELIVERY)).toMatchObject({ state: 'deferred', movedAt: relay.now });
    expect(await reasonOf(store.db, DELIVERY)).toBe(`552 5.2.2 <${MO.email}>: Mailbox full`);
    expect(await nextDueAt(store.db)).toEqual(after(relay.now, minutes(1)));
    await relay.workNext();

    expect(await log()).toEqual(['handed over', 'deferred', 'handed over']);
    expect(letters()).toHaveLength(2);
    expect(told()).toBe(0);
  });

  test.each([
    ['for good', FULL],
    ['for now, and the relay has given up', FULL_FOR_NOW],
  ])('%s, is tried after 1, 5 and 30 minutes, 2, 6, 12 and 24 hours, and when two days are over', async (_, says) => {
    const tries = [0];
    for (let attempt = 1; attempt <= 8; attempt++) {
      expect(await relay.sendBack(attempt, { says })).toBe('noted');
      await relay.workNext();
      tries.push(relay.now.getTime() - NOON.getTime());
    }

    const waits = tries.slice(1).map((at, index) => (at - tries[index]!) / minutes(1));
    expect(waits.slice(0, 7)).toEqual([1, 5, 30, 120, 360, 720, 1440]);
    expect(tries.at(-1)).toBe(days(2));
    expect(await state()).toBe('handed over');
  });

  test('that stays full goes back to its writer once two days are over', async () => {
    await staysFull();

    expect(letters()).toHaveLength(9);
    expect(relay.now).toEqual(after(NOON, days(2)));
    expect(await state()).toBe('bounced');
    expect(told()).toBe(1);
    expect(relay.sent.at(-1)?.text).toContain('Their mailbox is full, and stayed so for as long as we tried.');
  });

  test('that comes back when two days are over goes back to its writer', async () => {
    relay.now = after(NOON, days(2));
    await relay.sendBack(1, { says: FULL_FOR_NOW });
    expect(await state()).toBe('bounced');
  });

  test('that comes back when it counts as delivered goes back to its writer', async () => {
    relay.now = after(NOON, days(2));
    await doChores(store.db, relay.now, false, () => {});
    expect(await state()).toBe('delivered');
    await relay.sendBack(1, { says: FULL_FOR_NOW });
    expect(await state()).toBe('bounced');
  });

  test('that counts as delivered goes back to its writer, however soon', async () => {
    await moveDelivery(store.db, (await deliveryById(store.db, DELIVERY))!, 'delivered', NOON);
    expect(await relay.sendBack(1)).toBe('noted');
    expect(await state()).toBe('bounced');
  });

  test('counts as delivered two days after it went out again, and its writer is asked a fortnight later', async () => {
    relay.now = after(NOON, hours(30));
    await relay.sendBack(1);
    await relay.workNext();
    const sentAgain = relay.now;

    relay.now = after(sentAgain, days(2) - 1);
    await doChores(store.db, relay.now, false, () => {});
    expect(await state()).toBe('handed over');
    relay.now = after(sentAgain, days(2));
    await doChores(store.db, relay.now, false, () => {});
    expect(await state()).toBe('delivered');
    expect(await nextDueAt(store.db)).toEqual(after(relay.now, days(14)));
  });

  test('is no bounce as long as it waits, and says nothing of the address', async () => {
    const found = { kind: 'official', source: 'Parliament', fetchedAt: NOON, confirmedAt: null } as const;
    await saveContacts(store.db, MO.id, [{ ...found, email: MO.email }]);
    for (let at = 0; at <= 20; at++)
      await insertDeliveries(store.db, [
        aDelivery({
          id: `delivery-${at}`,
          letterId: LETTER_ID,
          to: mpId(`${at}`),
          state: at === 0 ? 'bounced' : 'delivered',
        }),
      ]);
    const alarms = async () => {
      const reading = await readQueue({ db: store.db, hours: null, clock: () => relay.now });
      return alarmsIn(reading, relay.now).map(({ kind }) => kind);
    };
    await relay.sendBack(1);
    expect(await alarms()).toEqual([]);

    await relay.workNext();
    await staysFull(2);
    expect(await state()).toBe('bounced');
    expect(await alarms()).toEqual(['bouncing']); // 2 of 22
    expect(await contactsOf(store.db, MO.id)).toMatchObject([{ hardBounces: 0, bouncedAt: null, failingSince: null }]);
  });

  test('whose bounce comes again, at any time, is neither put off nor ended by it', async () => {
    await relay.sendBack(1);
    const dueAt = await nextDueAt(store.db);
    relay.now = after(NOON, 30_000);
    expect(await relay.sendBack(1)).toBe('noted before');
    expect(await nextDueAt(store.db)).toEqual(dueAt);

    relay.now = dueAt!;
    await claimOne(store.db, relay.now);
    expect(await relay.sendBack(1)).toBe('noted before');
    relay.now = after(relay.now, minutes(5));
    await relay.work();
    expect(await relay.sendBack(1)).toBe('noted before');
    expect(await state()).toBe('handed over');
    relay.now = after(relay.now, days(2));
    await doChores(store.db, relay.now, false, () => {});
    expect(await relay.sendBack(1)).toBe('noted before');

    expect(await log()).toEqual(['handed over', 'deferred', 'handed over', 'delivered']);
    expect(told()).toBe(0);
  });

  test.each([
    ['that it is full', FULL],
    ['that the mailbox is gone', GONE],
    ['nothing that can be read', returned('unknown-program')],
  ])('of whose first attempt another bounce says, late, %s, is judged by what is on its way', async (_, says) => {
    await relay.sendBack(1);
    const dueAt = await nextDueAt(store.db);
    expect(await relay.sendBack(1, { says, id: 'another' })).toBe('noted');
    expect([await state(), await nextDueAt(store.db)]).toEqual(['deferred', dueAt]);

    await relay.workNext();
    expect(await relay.sendBack(1, { says, id: 'a third' })).toBe('noted');
    expect(await state()).toBe('handed over');
    expect(await nextDueAt(store.db)).toBeUndefined();
    expect(await unseenNotices(store.db)).toEqual([]);

    expect(await relay.sendBack(2, { says: GONE })).toBe('noted');
    expect(await state()).toBe('bounced');
  });

  test('whose bounce is quicker than our own note is asked for again, and then waits', async () => {
    await keep(store.db, aLetter({ id: 'letter-2', state: 'confirmed' }));
    const id = DELIVERY.replace('0', '1');
    const second = aDelivery({ id, letterId: 'letter-2' });
    await insertDeliveries(store.db, [second]);
    await enqueue(store.db, { ...LETTER, letterId: 'letter-2', deliveryId: id }, NOON);
    const claimed = await claimOne(store.db, NOON);
    const desk = relay.deskFor(store.db);
    const bounce = () => desk.receive({ deliveryId: id, number: 1 }, { raw: FULL, fromNobody: true });
    expect(await bounce()).toMatchObject({ outcome: 'later' });
    expect(await returnsOf(store.db, id)).toEqual([]);

    await moveDelivery(store.db, second, 'handed over', NOON);
    await settle(store.db, claimed!.id, 'accepted', NOON);
    expect(await bounce()).toMatchObject({ outcome: 'noted' });
    expect(await deliveryById(store.db, id)).toMatchObject({ state: 'deferred' });
  });

  test('is not sent again if its writer has everything deleted while it waits', async () => {
    await relay.sendBack(1);
    expect(await forgetOneLetter(store.db, LETTER_ID, NOON)).toBe(true);
    await relay.workNext();

    expect(await state()).toBe('withdrawn');
    expect(relay.sent).toHaveLength(1);
  });

  test('is counted as bounced if its writer had everything deleted before it came back', async () => {
    await forgetOneLetter(store.db, LETTER_ID, NOON);
    expect(await relay.sendBack(1)).toBe('noted');

    expect(await state()).toBe('bounced');
    expect(await reasonOf(store.db, DELIVERY)).toBeUndefined();
    expect(await nextDueAt(store.db)).toBeUndefined();
  });

  test('waits out a pause with its text, however long, and goes out then', async () => {
    await pause(store.db, `to:${MO.id}`, NOON);
    await relay.sendBack(1);
    for (const late of [minutes(1), days(3), days(3) + TEXT_KEPT]) {
      relay.now = after(NOON, late);
      await relay.work();
      await doChores(store.db, relay.now, false, () => {});
      expect(await state()).toBe('deferred');
    }
    expect(await letterById(store.db, LETTER_ID)).toMatchObject({ body: aLetter().body });
    expect(relay.sent).toHaveLength(1);

    await resume(store.db, `to:${MO.id}`, relay.now);
    await relay.workNext();
    expect(await state()).toBe('handed over');
    await relay.sendBack(2);
    expect(await state()).toBe('bounced');
  });

  test('says until when it is tried, unless a pause keeps it longer', async () => {
    const read = statusReader(store.db, links);
    const until = async () => (await read(links.tokenFor('status', LETTER_ID)))?.triedUntil.get(DELIVERY);
    expect(await until()).toBeUndefined();
    relay.now = after(NOON, hours(1));
    await relay.sendBack(1);
    expect(await until()).toEqual(after(NOON, days(2)));

    await pause(store.db, `to:${MO.id}`, NOON);
    relay.now = after(NOON, days(3));
    await relay.work();
    expect(await until()).toBeUndefined();
  });

  test('is called off if whoever it is for leaves while it waits', async () => {
    await relay.sendBack(1);
    relay.gone = { kind: 'seat-vacant' };
    await relay.workNext();

    expect(await state()).toBe('called off');
    expect([letters().length, told()]).toEqual([1, 1]);
  });

  describe('is not sent again, but back to its writer,', () => {
    const reports = (fields: string) =>
      returned('postfix-full-there', (text) => ofMo(text).replace(/^Final-Recipient:[^]*?\n\n/m, `${fields}\n\n`));
    const full = (recipient: string) => `Final-Recipient: rfc822; ${recipient}\nAction: failed\nStatus: 5.2.2`;

    test.each([
      ['another mailbox behind the address is full', full('phone@elsewhere.example')],
      [
        'another of several is',
        `${full(MO.email)}\n\nFinal-Recipient: rfc822; b@x.example\nAction: delivered\nStatus: 2.0.0`,
      ],
      ['nobody says which mailbox is', 'Action: failed\nStatus: 5.2.2'],
    ])('if %s', async (_, fields) => {
      await relay.sendBack(1, { says: reports(fields) });
      expect(await state()).toBe('bounced');
    });

    test.each(['auto-reply', 'delivered', 'relayed', 'expanded', 'challenge', 'reply'] as const)(
      'if somebody has it: %s',
      async (kind) => {
        await keepReturn(store.db, DELIVERY, { kind, reason: null, once: 'x', at: NOON });
        await relay.sendBack(1);
        expect(await state()).toBe('bounced');
      },
    );

    test.each([
      ['answered', 'bounced'],
      ['holding reply', 'bounced'],
      ['no reply', 'deferred'],
    ] as const)('if its writer has had an answer: %s', async (reply, becomes) => {
      await noteReply(store.db, DELIVERY, reply, NOON);
      await relay.sendBack(1);
      expect(await state()).toBe(becomes);
    });

    test('if its return path is of the time before paths named the attempt', async () => {
      await relay.deskFor(store.db).receive({ deliveryId: DELIVERY, number: null }, { raw: FULL, fromNobody: true });
      expect(await state()).toBe('bounced');
    });
  });

  test('is sent again whatever capitals a server writes its address in', async () => {
    await relay.sendBack(1, { says: Buffer.from(FULL.toString().replaceAll(MO.email, MO.email.toUpperCase())) });
    expect(await state()).toBe('deferred');
  });
});

describe('a bounce from a full mailbox that comes at the same moment as', () => {
  const store = aDatabase('postgres');
  let relay: ReturnType<typeof aRelay>;
  beforeEach(async () => {
    relay = await aRelayWithALetter(store);
  });
  const state = async () => (await deliveryById(store.db, DELIVERY))?.state;
  const bounce = (db: Database) => relay.sendBack(1, { db });
  const deletion = (tx: Database) => forgetOneLetter(tx, LETTER_ID, relay.now);

  test('another copy of it has the letter wait once', async () => {
    expect(await atOneMoment(store, bounce, bounce)).toBe('noted before');
    expect(await nextDueAt(store.db)).toEqual(after(NOON, minutes(1)));
    expect(await triesOf(store.db, LETTER)).toMatchObject({ attempts: 1, firstTriedAt: NOON, claimed: false });
  });

  test('its writer has everything deleted sends nothing again', async () => {
    expect(await atOneMoment(store, deletion, bounce)).toBe('noted');
    expect(await state()).toBe('bounced');
    expect(await nextDueAt(store.db)).toBeUndefined();
  });

  test('its writer has everything deleted sends nothing again, whoever is first', async () => {
    expect(await atOneMoment(store, bounce, deletion)).toBe(true);
    expect(await state()).toBe('withdrawn');
    await relay.workNext();
    expect(relay.sent).toHaveLength(1);
  });

  test('our note that the next attempt was handed over says nothing of that', async () => {
    await bounce(store.db);
    relay.now = (await nextDueAt(store.db))!;
    const claimed = await claimOne(store.db, relay.now);
    const noting = async (tx: Database) => {
      await moveDelivery(tx, (await deliveryById(tx, DELIVERY))!, 'handed over', relay.now);
      await settle(tx, claimed!.id, 'accepted', relay.now);
    };
    const another = (db: Database) => relay.sendBack(1, { db, id: 'another' });

    expect(await atOneMoment(store, noting, another)).toBe('noted');
    expect(await state()).toBe('handed over');
  });
});
