import { beforeEach, describe, expect, test } from 'vitest';
import { returnFollower } from '../../src/actions/follow-return.ts';
import { returnKeeper } from '../../src/actions/note-return.ts';
import type { Handover } from '../../src/domain/delivery.ts';
import type { LetterAddressee } from '../../src/domain/letter.ts';
import type { PauseScope } from '../../src/domain/pause.ts';
import type { NotedReturn } from '../../src/domain/returned-mail.ts';
import type { Message } from '../../src/mail/message.ts';
import { openMails } from '../../src/render/mails.ts';
import { contactsOf, saveContacts } from '../../src/store/contacts.ts';
import { deliveryById, insertDeliveries, moveDelivery } from '../../src/store/deliveries.ts';
import { pause, resume } from '../../src/store/pauses.ts';
import { returnsOf } from '../../src/store/returned-mails.ts';
import { scrubLetter } from '../../src/store/scrub.ts';
import { atOneMoment } from '../at-one-moment.ts';
import { aDatabase, aDelivery, after, aLetter, CAMPAIGN, keep, NOON, onBothEngines } from '../builders.ts';
import { A_BOUNCE } from '../return-desk.ts';

const A_REPLY = {
  once: 'def',
  at: NOON,
  raw: Buffer.from('Subject: Re\r\n\r\nThank you'),
  from: { name: 'Mo Member', address: 'mo@council.example' },
};

type Needs = Parameters<typeof returnKeeper>[0];

const aKeeper = (needs: Pick<Needs, 'db' | 'follow'> & Partial<Needs>) =>
  returnKeeper({
    forward: async () => ({ outcome: 'accepted' }),
    mails: openMails(new URL('../../templates/mail/', import.meta.url)),
    campaign: { organisation: 'Free Tibet' },
    publicUrl: new URL('https://write.example.org'),
    testing: false,
    mailFrom: 'letters@campaign.example',
    ...needs,
  });

onBothEngines('keeping what came back', (store) => {
  let followed: string[];
  let forwarded: { message: Message; raw: Buffer }[];
  let says: Handover;
  let fails: Error | null;
  beforeEach(async () => {
    [followed, forwarded, says, fails] = [[], [], { outcome: 'accepted' }, null];
    await keep(store.db, aLetter({ state: 'confirmed' }));
    await insertDeliveries(store.db, [aDelivery({ state: 'handed over' })]);
    const found = { kind: 'official', source: 'Parliament', fetchedAt: NOON, confirmedAt: null } as const;
    await saveContacts(store.db, to.id, [{ ...found, email: to.email }]);
  });

  const [to] = aLetter().to as [LetterAddressee];
  const keeper = () =>
    aKeeper({
      db: store.db,
      follow: async (_, { id }, { kind }) => {
        if (fails) throw fails;
        followed.push(`${id}: ${kind}`);
      },
      forward: async (message, raw) => {
        forwarded.push({ message, raw });
        return says;
      },
    });
  const contact = async () => (await contactsOf(store.db, to.id))[0];

  test('notes it, and what follows, once', async () => {
    expect(await keeper().noteReturn(A_BOUNCE)).toBe('noted');
    expect(await keeper().noteReturn({ ...A_BOUNCE, at: after(NOON, 1) })).toBe('noted before');

    expect(followed).toEqual(['delivery-1: hard bounce']);
    expect(await contact()).toMatchObject({ hardBounces: 1, bouncedAt: NOON });
    expect(await returnsOf(store.db, 'delivery-1')).toHaveLength(1);
  });

  test('holds two bounces of one letter against its address once: a list behind it may have several dead members', async () => {
    const desk = aKeeper({ db: store.db, follow: returnFollower({ chance: () => 0.5 }) });
    expect(await desk.noteReturn(A_BOUNCE)).toBe('noted');
    expect(await desk.noteReturn({ ...A_BOUNCE, once: 'from another member' })).toBe('noted');

    expect(await contact()).toMatchObject({ hardBounces: 1, failingSince: null });
  });

  test('twice at the same moment lets it follow once', async () => {
    const both = await Promise.all([keeper().noteReturn(A_BOUNCE), keeper().noteReturn(A_BOUNCE)]);
    expect(both.toSorted()).toEqual(['noted', 'noted before']);
    expect(followed).toHaveLength(1);
  });

  test('notes nothing when what follows fails, so that it may come again', async () => {
    fails = new Error('the disk is full');
    await expect(keeper().noteReturn(A_BOUNCE)).rejects.toThrow('disk');
    expect(await returnsOf(store.db, 'delivery-1')).toEqual([]);
    expect(await contact()).toMatchObject({ hardBounces: 0 });

    fails = null;
    expect(await keeper().noteReturn(A_BOUNCE)).toBe('noted');
  });

  test.each<[string, Partial<NotedReturn>]>([
    ['that is too big', { reason: 'too big' }],
    ['that looks like spam', { reason: 'blocked by policy' }],
    ['that nobody understands', { reason: 'not understood', judgement: 'held' }],
    ['to a full mailbox', { kind: 'mailbox full', reason: 'mailbox full', judgement: 'wait' }],
    ['that was tried for long enough', { kind: 'soft bounce', reason: 'no such mailbox', judgement: 'wait' }],
    ['that is only late', { kind: 'delayed', reason: 'no such mailbox', judgement: null }],
    ['answered by a machine', { kind: 'auto-reply', reason: null, judgement: null }],
  ])('a letter %s is not held against its address', async (_, what) => {
    expect(await keeper().noteReturn({ ...A_BOUNCE, ...what })).toBe('noted');
    expect(await contact()).toMatchObject({ hardBounces: 0, failingSince: null });
  });

  test('a bounce that is quicker than our own note comes again', async () => {
    await keep(store.db, aLetter({ id: 'letter-2', state: 'confirmed' }));
    await insertDeliveries(store.db, [aDelivery({ id: 'delivery-2', letterId: 'letter-2' })]);

    expect(await keeper().noteReturn({ ...A_BOUNCE, deliveryId: 'delivery-2' })).toBe('too early');
    expect(await returnsOf(store.db, 'delivery-2')).toEqual([]);
  });

  test('of a delivery that never was is unknown', async () => {
    expect(await keeper().noteReturn({ ...A_BOUNCE, deliveryId: 'delivery-9' })).toBe('unknown');
    expect(await keeper().forwardingOf('delivery-9')).toBeNull();
  });

  test('sends a reply on inside a mail of ours that can be answered', async () => {
    expect(await keeper().forwardReply('delivery-1', A_REPLY)).toEqual({ outcome: 'accepted' });
    expect(forwarded).toMatchObject([
      {
        raw: A_REPLY.raw,
        message: {
          id: 'def.reply@campaign.example',
          from: { name: 'Free Tibet', address: 'letters@campaign.example' },
          to: { name: 'Ada Example', address: 'ada@example.org' },
          replyTo: A_REPLY.from,
          subject: 'An answer to your letter to Mo Member',
          text: expect.stringContaining('your answer goes to whoever wrote it'),
        },
      },
    ]);
  });

  test.each([
    ['no address', null],
    ['two addresses', { name: '', address: 'a@council.example, b@example.org' }],
    ['a name of two lines', { name: 'Mo\r\nBcc: everyone@example.org', address: 'mo@council.example' }],
  ])('sends a reply on whose writer gives %s, and says that it cannot be answered', async (_, from) => {
    await keeper().forwardReply('delivery-1', { ...A_REPLY, from });
    expect(forwarded[0]?.message.replyTo).toBeUndefined();
    expect(forwarded[0]?.message.text).toContain('Please do not answer this one');
  });

  test.each<PauseScope>(['everything', `campaign:${CAMPAIGN}`])(
    'has a reply come again later while sending is paused: %s',
    async (scope) => {
      await pause(store.db, scope, NOON);
      expect(await keeper().forwardReply('delivery-1', A_REPLY)).toMatchObject({ outcome: 'try later' });
      expect(forwarded).toEqual([]);

      await resume(store.db, scope, NOON);
      expect(await keeper().forwardReply('delivery-1', A_REPLY)).toEqual({ outcome: 'accepted' });
    },
  );

  test('sends a reply on although letters to whoever it is from are paused', async () => {
    await pause(store.db, `to:${to.id}`, NOON);
    expect(await keeper().forwardReply('delivery-1', A_REPLY)).toEqual({ outcome: 'accepted' });
  });

  test('knows which replies went on', async () => {
    expect(await keeper().forwardingOf('delivery-1')).toEqual({ to: 'ada@example.org', done: [] });
    await keeper().noteForward('delivery-1', A_REPLY);
    await keeper().noteForward('delivery-1', A_REPLY);
    expect(await keeper().forwardingOf('delivery-1')).toMatchObject({ done: [{ once: 'def', at: NOON }] });
  });

  test('knows nobody to send a reply to once the letter is forgotten', async () => {
    await scrubLetter(store.db, 'letter-1');
    expect(await keeper().forwardingOf('delivery-1')).toBeNull();
    expect(await keeper().forwardReply('delivery-1', A_REPLY)).toMatchObject({ outcome: 'refused' });
    expect(await keeper().noteReturn(A_BOUNCE)).toBe('noted');
  });
});

describe('a bounce that comes just as its letter begins to count as delivered', () => {
  const store = aDatabase('postgres');

  test('is followed all the same', async () => {
    await keep(store.db, aLetter({ state: 'confirmed' }));
    const delivery = aDelivery({ state: 'handed over' });
    await insertDeliveries(store.db, [delivery]);
    const noted = await atOneMoment(
      store,
      (tx) => moveDelivery(tx, delivery, 'delivered', NOON),
      (tx) => aKeeper({ db: tx, follow: returnFollower({ chance: () => 0.5 }) }).noteReturn(A_BOUNCE),
    );

    expect(noted).toBe('noted');
    expect(await deliveryById(store.db, 'delivery-1')).toMatchObject({ state: 'bounced' });
  });
});
