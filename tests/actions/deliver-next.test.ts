import { beforeEach, expect, test } from 'vitest';
import type { ComposeMail } from '../../src/actions/compose-mail.ts';
import { mailDeliverer } from '../../src/actions/deliver-next.ts';
import type { Delivery, Handover, Mail } from '../../src/domain/delivery.ts';
import type { Gone } from '../../src/domain/gone.ts';
import type { Letter, LetterAddressee } from '../../src/domain/letter.ts';
import type { Message } from '../../src/mail/message.ts';
import { contactsOf, saveContacts } from '../../src/store/contacts.ts';
import { deliveryById, insertDeliveries, moveDelivery, reasonOf } from '../../src/store/deliveries.ts';
import { letterStateById, moveLetter } from '../../src/store/letters.ts';
import { enqueue, nextDueAt } from '../../src/store/outbox.ts';
import { turnKeeper, type TurnKeeper } from '../../src/actions/take-turns.ts';
import type { Pace } from '../../src/domain/pace.ts';
import { personOf } from '../../src/store/blind-indexes.ts';
import { releaseHeld } from '../../src/actions/release-held.ts';
import type { MailReason } from '../../src/domain/mail-reason.ts';
import type { PauseScope } from '../../src/domain/pause.ts';
import { unseenNotices } from '../../src/store/notices.ts';
import { pause, resume } from '../../src/store/pauses.ts';
import { scrub } from '../../src/store/scrub.ts';
import { claimTurn } from '../../src/store/written.ts';
import {
  claimOne,
  aDelivery,
  after,
  aLetter,
  CAMPAIGN,
  days,
  keep,
  minutes,
  NOON,
  onBothEngines,
  type TestStore,
} from '../builders.ts';

const CONFIRMATION: Mail = { kind: 'confirmation', letterId: 'letter-1' };
const LETTER: Mail = { kind: 'letter', letterId: 'letter-1', deliveryId: 'delivery-1' };
const NOT_DELIVERED: Mail = { kind: 'not delivered', letterId: 'letter-1', deliveryId: 'delivery-1' };

const ACCEPTED: Handover = { outcome: 'accepted' };
const LATER: Handover = { outcome: 'try later', reason: '451 busy' };
const REFUSED: Handover = { outcome: 'refused', reason: '550 no such mailbox', why: 'no such mailbox' };
const TOO_BIG: Handover = { outcome: 'refused', reason: '552 too big', why: 'too big' };

const chance = () => 0.5;
const NO_TURNS: TurnKeeper = { take: async () => ({ done: () => {} }) };

/** A worker with a mail server that says the same to everything, and a clock that stands until it is moved. */
function aWorker(store: TestStore) {
  const worker = {
    now: NOON,
    says: ACCEPTED as Handover | Error,
    gone: null as Gone | null,
    sent: [] as string[],
    composed: [] as [Mail, Letter, Delivery | undefined][],
    whys: [] as (MailReason | null | undefined)[],
    attempts: [] as (number | undefined)[],
    pace: null as Pace | null,
    /** Takes and hands over one mail. False: none was due. */
    next: async () => {
      const clock = () => worker.now;
      const turns = worker.pace ? turnKeeper({ db: store.db, pace: worker.pace, chance, clock }) : NO_TURNS;
      const whoIsGone = async () => worker.gone;
      const takeDue = mailDeliverer({
        db: store.db,
        compose,
        send,
        whoIsGone,
        turns,
        testing: false,
        tell: () => {},
        chance,
        clock,
      });
      const [task] = await takeDue(1);
      await task?.();
      return task !== undefined;
    },
    /** Works until nothing is due, then until nothing waits. */
    untilNothingWaits: async () => {
      for (let due = await nextDueAt(store.db); due; due = await nextDueAt(store.db)) {
        worker.now = due;
        await worker.next();
      }
    },
  };
  const compose: ComposeMail = (mail, letter, delivery, occasion) => {
    worker.composed.push([mail, letter, delivery]);
    worker.whys.push(occasion?.why);
    worker.attempts.push(occasion?.attempt);
    const mailbox = { name: '', address: 'a@example.org' };
    return { id: `${mail.kind}@example.org`, from: mailbox, to: mailbox, subject: '', text: '' };
  };
  const send = async ({ id }: Message) => {
    if (worker.says instanceof Error) throw worker.says;
    worker.sent.push(id.replace('@example.org', ''));
    return worker.says;
  };
  return worker;
}

const outcomes = async (store: TestStore) =>
  (await store.db.sql.selectFrom('outbox').select(['kind', 'outcome']).orderBy('kind').execute()).map(
    ({ kind, outcome }) => `${kind}: ${outcome}`,
  );

onBothEngines('handing over a confirmation', (store) => {
  let worker: ReturnType<typeof aWorker>;
  beforeEach(async () => {
    worker = aWorker(store);
    await keep(store.db, aLetter());
    await enqueue(store.db, CONFIRMATION, NOON);
  });

  test('sends it once and leaves the letter waiting for its writer', async () => {
    expect(await worker.next()).toBe(true);
    expect(await worker.next()).toBe(false);

    expect(worker.sent).toEqual(['confirmation']);
    expect(worker.composed).toEqual([[CONFIRMATION, aLetter(), undefined]]);
    expect(await outcomes(store)).toEqual(['confirmation: accepted']);
    expect(await letterStateById(store.db, 'letter-1')).toBe('awaiting confirmation');
  });

  test('refused leaves the letter to expire by itself, and writes to nobody about it', async () => {
    worker.says = REFUSED;
    await worker.untilNothingWaits();

    expect(worker.sent).toEqual(['confirmation']);
    expect(await outcomes(store)).toEqual(['confirmation: refused']);
    expect(await letterStateById(store.db, 'letter-1')).toBe('awaiting confirmation');
  });

  test('is tried again after a minute, then after five more', async () => {
    worker.says = LATER;
    await worker.next();
    expect(await nextDueAt(store.db)).toEqual(after(NOON, minutes(1)));
    expect(await worker.next()).toBe(false);

    worker.now = after(NOON, minutes(1));
    expect(await worker.next()).toBe(true);
    expect(await nextDueAt(store.db)).toEqual(after(NOON, minutes(6)));
  });

  test('is given up after nine attempts in two days', async () => {
    worker.says = LATER;
    await worker.untilNothingWaits();

    expect(worker.sent).toHaveLength(9);
    expect(worker.attempts).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(worker.now).toEqual(after(NOON, days(2)));
    expect(await outcomes(store)).toEqual(['confirmation: given up']);
  });

  test('is dropped when the letter has expired, was confirmed or has been forgotten', async () => {
    await moveLetter(store.db, aLetter(), 'expired', NOON);
    expect(await worker.next()).toBe(true);
    expect(await outcomes(store)).toEqual(['confirmation: dropped']);

    await keep(store.db, aLetter({ id: 'letter-2', state: 'confirmed' }));
    await enqueue(store.db, { ...CONFIRMATION, letterId: 'letter-2' }, NOON);
    await worker.untilNothingWaits();
    expect(await outcomes(store)).toEqual(['confirmation: dropped', 'confirmation: dropped']);
    expect(worker.sent).toEqual([]);
  });

  test('that a dead worker had taken is taken up again', async () => {
    await claimOne(store.db, NOON);
    expect(await worker.next()).toBe(false);

    worker.now = after(NOON, minutes(5));
    expect(await worker.next()).toBe(true);
    expect(worker.sent).toEqual(['confirmation']);
  });
});

onBothEngines('handing over a letter', (store) => {
  let worker: ReturnType<typeof aWorker>;
  beforeEach(async () => {
    worker = aWorker(store);
    await keep(store.db, aLetter({ state: 'confirmed' }));
    await insertDeliveries(store.db, [aDelivery()]);
    await enqueue(store.db, LETTER, NOON);
  });

  test('marks the delivery as handed over', async () => {
    worker.now = after(NOON, minutes(3));
    await worker.untilNothingWaits();

    expect(worker.sent).toEqual(['letter']);
    expect(worker.composed[0]?.[2]).toMatchObject({ id: 'delivery-1', to: aDelivery().to });
    expect(await deliveryById(store.db, 'delivery-1')).toMatchObject({ state: 'handed over' });
    expect(await outcomes(store)).toEqual(['letter: accepted']);
  });

  test('refused tells the writer, once', async () => {
    worker.says = REFUSED;
    await worker.untilNothingWaits();

    expect(worker.sent).toEqual(['letter', 'not delivered']);
    expect(await deliveryById(store.db, 'delivery-1')).toMatchObject({ state: 'refused', movedAt: NOON });
    expect(await reasonOf(store.db, 'delivery-1')).toBe('550 no such mailbox');
    expect(worker.whys).toEqual([null, 'no such mailbox']);
  });

  test.each([
    ['refused lets the writer write again', REFUSED, true],
    ['handed over does not let the writer write again within the month', ACCEPTED, false],
  ])('%s', async (_, says, again) => {
    const turn = { campaignId: CAMPAIGN, person: personOf(store.db, aLetter().from.email), to: aDelivery().to };
    await claimTurn(store.db, turn, NOON, days(30));
    worker.says = says;
    await worker.untilNothingWaits();

    expect(await claimTurn(store.db, turn, after(NOON, 1), days(30))).toBe(again);
  });

  test('to somebody who has left meanwhile is called off: no mail server hears of it, and the writer gets it back', async () => {
    const turn = { campaignId: CAMPAIGN, person: personOf(store.db, aLetter().from.email), to: aDelivery().to };
    await claimTurn(store.db, turn, NOON, days(30));
    worker.gone = { kind: 'seat-vacant' };
    await worker.untilNothingWaits();

    expect(worker.sent).toEqual(['not delivered']);
    expect(worker.composed).toMatchObject([[NOT_DELIVERED, { id: 'letter-1' }, { state: 'called off' }]]);
    expect(await outcomes(store)).toEqual(['letter: dropped', 'not delivered: accepted']);
    expect(await claimTurn(store.db, turn, after(NOON, 1), days(30))).toBe(true);
  });

  test('given up tells the writer, once', async () => {
    worker.says = LATER;
    for (let attempt = 1; attempt <= 9; attempt++) {
      worker.now = (await nextDueAt(store.db))!;
      await worker.next();
    }
    worker.says = ACCEPTED;
    await worker.untilNothingWaits();

    expect(worker.sent).toEqual([...Array<string>(9).fill('letter'), 'not delivered']);
    expect(worker.composed.at(-1)).toMatchObject([NOT_DELIVERED, { id: 'letter-1' }, { state: 'given up' }]);
    expect(await outcomes(store)).toEqual(['letter: given up', 'not delivered: accepted']);
    expect(await reasonOf(store.db, 'delivery-1')).toBe('451 busy');
  });

  test.each([
    ['accepted says nothing of the address yet', ACCEPTED, { failingSince: null, deliveredAt: null }],
    ['refused marks the address as failing', REFUSED, { failingSince: NOON, deliveredAt: null }],
    ['refused for its size says nothing of the address', TOO_BIG, { failingSince: null, deliveredAt: null }],
    ['given up says nothing of the address', LATER, { failingSince: null, deliveredAt: null }],
  ])('%s', async (_, says, fared) => {
    const [{ id, email }] = aLetter().to as [LetterAddressee];
    const found = { email, kind: 'official', source: 'Parliament', fetchedAt: NOON, confirmedAt: null } as const;
    await saveContacts(store.db, id, [found]);
    worker.says = says;
    await (says === LATER ? worker.untilNothingWaits() : worker.next());

    expect(await contactsOf(store.db, id)).toMatchObject([fared]);
  });

  test('that cannot be told to its writer either ends there', async () => {
    worker.says = LATER;
    await worker.untilNothingWaits();

    expect(await outcomes(store)).toEqual(['letter: given up', 'not delivered: given up']);
    expect(worker.sent).toHaveLength(18);
  });

  test('one of two that is refused does not hold up the other', async () => {
    await insertDeliveries(store.db, [aDelivery({ id: 'delivery-2', to: 'council:E09000028' as never })]);
    await enqueue(store.db, { ...LETTER, deliveryId: 'delivery-2' }, after(NOON, 1));
    worker.says = REFUSED;
    await worker.next();
    worker.says = ACCEPTED;
    await worker.untilNothingWaits();

    expect(await deliveryById(store.db, 'delivery-1')).toMatchObject({ state: 'refused' });
    expect(await deliveryById(store.db, 'delivery-2')).toMatchObject({ state: 'handed over' });
  });

  test('is dropped when it has been handed over already, or its letter was forgotten', async () => {
    const { areaCode: _, ...delivery } = aDelivery();
    await moveDelivery(store.db, delivery, 'handed over', NOON);
    await worker.untilNothingWaits();

    expect(worker.sent).toEqual([]);
    expect(await outcomes(store)).toEqual(['letter: dropped']);

    await scrub(store.db, after(NOON, days(31)));
    await enqueue(store.db, NOT_DELIVERED, NOON);
    await worker.untilNothingWaits();
    expect(await outcomes(store)).toEqual(['letter: dropped', 'not delivered: dropped']);
  });

  test('that its writer has not confirmed is never sent', async () => {
    await keep(store.db, aLetter({ id: 'letter-2' }));
    await insertDeliveries(store.db, [aDelivery({ id: 'delivery-2', letterId: 'letter-2' })]);
    await enqueue(store.db, { kind: 'letter', letterId: 'letter-2', deliveryId: 'delivery-2' }, NOON);
    await worker.untilNothingWaits();

    expect(worker.sent).toEqual(['letter']);
    expect(await deliveryById(store.db, 'delivery-2')).toMatchObject({ state: 'queued' });
  });
});

onBothEngines('a mail that cannot be made', (store) => {
  let worker: ReturnType<typeof aWorker>;
  beforeEach(async () => {
    worker = aWorker(store);
    worker.says = new Error('a name with a line break');
    await keep(store.db, aLetter({ state: 'confirmed' }));
    await insertDeliveries(store.db, [aDelivery()]);
    await enqueue(store.db, LETTER, NOON);
  });

  test('is said, counted and put off, so that the next mail gets its turn', async () => {
    await expect(worker.next()).rejects.toThrow('could not be made');

    expect(await worker.next()).toBe(false);
    expect(await nextDueAt(store.db)).toEqual(after(NOON, minutes(1)));
  });

  test('is given up in the end, and its writer told', async () => {
    for (let attempt = 1; attempt <= 9; attempt++) {
      worker.now = (await nextDueAt(store.db))!;
      await expect(worker.next()).rejects.toThrow('could not be made');
    }
    worker.says = ACCEPTED;
    await worker.untilNothingWaits();

    expect(worker.sent).toEqual(['not delivered']);
    expect(await deliveryById(store.db, 'delivery-1')).toMatchObject({ state: 'given up' });
  });
});

onBothEngines('a letter that nobody understands the answer to', (store) => {
  const ODD: Handover = { outcome: 'not understood', reason: '299 perhaps' };
  let worker: ReturnType<typeof aWorker>;
  beforeEach(async () => {
    worker = aWorker(store);
    worker.says = ODD;
    await keep(store.db, aLetter({ state: 'confirmed' }));
    await insertDeliveries(store.db, [aDelivery()]);
  });

  const hold = async () => {
    await enqueue(store.db, LETTER, NOON);
    await worker.untilNothingWaits();
  };
  const release = async (way: 'send' | 'return') => {
    worker.says = ACCEPTED;
    await releaseHeld(store.db, 'delivery-1', way, worker.now);
    await worker.untilNothingWaits();
  };

  test('is held for a person, who is told, and never fails by itself', async () => {
    await hold();

    expect(worker.sent).toEqual(['letter']);
    expect(await deliveryById(store.db, 'delivery-1')).toMatchObject({ state: 'held' });
    expect(await unseenNotices(store.db)).toMatchObject([
      { kind: 'delivery held', addresseeId: aDelivery().to, detail: { delivery: 'delivery-1' } },
    ]);
    worker.now = after(NOON, days(365));
    expect(await worker.next()).toBe(false);
  });

  test('goes out once the person lets it', async () => {
    await hold();
    await release('send');

    expect(await unseenNotices(store.db)).toEqual([]);
    expect(worker.sent).toEqual(['letter', 'letter']);
    expect(await deliveryById(store.db, 'delivery-1')).toMatchObject({ state: 'handed over' });
  });

  test('goes back to its writer if the person says so', async () => {
    await hold();
    await release('return');

    expect(await unseenNotices(store.db)).toEqual([]);
    expect(worker.sent).toEqual(['letter', 'not delivered']);
    expect(worker.whys).toEqual([null, 'not understood']);
    expect(await deliveryById(store.db, 'delivery-1')).toMatchObject({ state: 'given up' });
    expect(await releaseHeld(store.db, 'delivery-1', 'send', worker.now)).toBe(false);
  });

  test('that is held anew is told of anew', async () => {
    await hold();
    await releaseHeld(store.db, 'delivery-1', 'send', after(worker.now, 1));
    await worker.untilNothingWaits();

    expect(await deliveryById(store.db, 'delivery-1')).toMatchObject({ state: 'held' });
    expect(await unseenNotices(store.db)).toHaveLength(1);
  });

  test('that ends every process which takes it up is held in the end', async () => {
    await enqueue(store.db, LETTER, NOON);
    for (let attempt = 1; attempt <= 14; attempt++) {
      await claimOne(store.db, worker.now);
      worker.now = after(worker.now, minutes(5));
    }
    await worker.next();

    expect(worker.sent).toEqual([]);
    expect(await deliveryById(store.db, 'delivery-1')).toMatchObject({ state: 'held' });
  });

  test('a confirmation is tried again instead', async () => {
    await keep(store.db, aLetter({ id: 'letter-2' }));
    await enqueue(store.db, { kind: 'confirmation', letterId: 'letter-2' }, NOON);
    await worker.next();
    expect(await nextDueAt(store.db)).toEqual(after(NOON, minutes(1)));
  });
});

onBothEngines('a pause', (store) => {
  let worker: ReturnType<typeof aWorker>;
  beforeEach(async () => {
    worker = aWorker(store);
    await keep(store.db, aLetter({ state: 'confirmed' }));
    await insertDeliveries(store.db, [aDelivery()]);
    await enqueue(store.db, LETTER, NOON);
  });

  test.each([
    ['of everything', 'everything'],
    ['of the campaign', `campaign:${CAMPAIGN}`],
    ['of the addressee', `to:${aDelivery().to}`],
  ] as const)('%s holds a letter up, and costs it nothing', async (_, scope) => {
    await pause(store.db, scope, NOON);
    await worker.next();
    expect(worker.sent).toEqual([]);

    worker.now = after(NOON, days(30));
    await worker.next();
    expect(worker.sent).toEqual([]);
    expect(await resume(store.db, scope, NOON)).toBe(true);
    worker.says = LATER;
    await worker.untilNothingWaits();
    expect(worker.sent.filter((kind) => kind === 'letter')).toHaveLength(9);
  });

  test.each(['campaign:another', 'to:mp:E14009999'] as const)('of %s concerns nobody else', async (scope) => {
    await pause(store.db, scope as PauseScope, NOON);
    await worker.next();
    expect(worker.sent).toEqual(['letter']);
  });

  test('of an addressee does not hold up mail to the writer', async () => {
    await keep(store.db, aLetter({ id: 'letter-2' }));
    await enqueue(store.db, { kind: 'confirmation', letterId: 'letter-2' }, NOON);
    await pause(store.db, `to:${aDelivery().to}`, NOON);
    for (let turn = 0; turn < 2; turn++) await worker.next();
    expect(worker.sent).toEqual(['confirmation']);
  });
});
