import { randomUUID } from 'node:crypto';
import { mailComposer } from '../src/actions/compose-mail.ts';
import { letterConfirmer } from '../src/actions/confirm-letter.ts';
import { dataDeleter } from '../src/actions/delete-my-data.ts';
import { mailDeliverer } from '../src/actions/deliver-next.ts';
import { doChores } from '../src/actions/do-chores.ts';
import { returnFollower } from '../src/actions/follow-return.ts';
import { signedLinks } from '../src/actions/links.ts';
import { replyNoter } from '../src/actions/note-replies.ts';
import { returnKeeper } from '../src/actions/note-return.ts';
import { releaseHeld } from '../src/actions/release-held.ts';
import { contactReporter } from '../src/actions/report-contact.ts';
import { letterWithdrawals } from '../src/actions/withdraw-letter.ts';
import { letterWriter } from '../src/actions/write-letter.ts';
import { mpId, type AddresseeId } from '../src/domain/addressee.ts';
import type { Handover } from '../src/domain/delivery.ts';
import type { NotedReturn } from '../src/domain/returned-mail.ts';
import type { Supporter } from '../src/domain/supporter.ts';
import { practiceForwarding, practiceMailbox, type Practised } from '../src/mail/practice.ts';
import { readRecords } from '../src/records/records.ts';
import { openMails } from '../src/render/mails.ts';
import { deliveriesOf } from '../src/store/deliveries.ts';
import { keepMail } from '../src/store/mailbox.ts';
import { after, aCampaign, anAddressee, aPlace, CAMPAIGN, days, hours, NOON, type TestStore } from './builders.ts';

const ROOT = new URL('../', import.meta.url);
const { councils, constituencies, words } = readRecords(ROOT);

/** A letter as somebody handed it over, and where it goes. */
export interface Written {
  readonly id: string;
  readonly statusToken: string;
  readonly to: AddresseeId;
}

const throwOn = (cause: unknown) => {
  throw cause;
};

/** A campaign in practice mode, acted upon as people and the worker do; the clock stands until it is moved. */
export function aCampaignAtWork(store: TestStore) {
  const { db } = store;
  let now = NOON;
  let written = 0;
  const clock = () => now;
  const newId = randomUUID;
  const links = signedLinks('a secret key that only the tests know');
  const common = { db, links, newId, clock, wake: () => {}, whoIsGone: async () => null };
  /** What the mail server of an address says, where it does not take everything. */
  const answers = new Map<string, Handover>();
  const mails = openMails(new URL('templates/mail/', ROOT));
  const about = {
    mails,
    words,
    links,
    campaign: aCampaign(),
    publicUrl: new URL('https://write.example.org'),
    mailFrom: 'letters@write.example.org',
  };
  const keep = (mail: Practised) => keepMail(db, { ...mail, id: newId(), at: now });
  const practice = practiceMailbox(keep);
  const takeDue = mailDeliverer({
    ...common,
    compose: mailComposer({ ...about, testLettersTo: null }),
    send: async (message) => answers.get(message.to.address) ?? practice(message),
    turns: { take: async () => ({ done: () => {} }) },
    testing: false,
    tell: () => {},
    chance: () => 0.5,
  });
  const returns = returnKeeper({
    ...about,
    db,
    follow: returnFollower({ chance: () => 0.5 }),
    forward: practiceForwarding(keep),
    testing: false,
  });
  const confirm = letterConfirmer(common);
  const deliveryOf = async ({ id }: Written) => (await deliveriesOf(db, id))[0]?.id ?? '';
  const comeBack = async (
    letter: Written,
    what: Pick<NotedReturn, 'kind' | 'judgement' | 'reason' | 'detail'> & Partial<NotedReturn>,
  ) =>
    returns.noteReturn({
      deliveryId: await deliveryOf(letter),
      attempt: 1,
      recipient: null,
      once: newId(),
      at: now,
      ...what,
    });
  const work = async () => {
    for (let due = await takeDue(8); due.length > 0; due = await takeDue(8)) for (const task of due) await task();
  };

  return {
    db,
    turnTo(day: number) {
      now = after(NOON, days(day));
    },
    /** What the worker does on that day after the first, and again an hour later. */
    async comeTo(day: number) {
      for (const hour of [0, 1]) {
        now = after(NOON, days(day) + hours(hour));
        await doChores(db, now, false, throwOn);
        await work();
      }
    },
    work,
    async write(from: Supporter, text: string): Promise<Written> {
      const to = anAddressee({
        id: mpId(`E140000${String(++written).padStart(2, '0')}`),
        contact: { by: 'email', email: `mp-${written}@parliament.example`, website: null },
      });
      const body = `Dear Mo Member,\n\n${text}\n\nYours sincerely,`;
      const draft = { openingForAll: '', templateId: 'mp', subject: 'Cameras', body, facts: [] };
      const handedOver = await letterWriter({
        ...common,
        campaignId: CAMPAIGN,
        draftLetter: (_, addressees) => ({
          ...draft,
          copies: addressees.map((one) => ({ to: one, sharing: [], opening: '' })),
        }),
        unlimited: true,
      })({ place: aPlace(), to: [to], from, subject: `About ${text}`, body, wantsNews: true });
      if (!handedOver.ok) throw new Error(handedOver.error);
      const { statusToken } = handedOver.value;
      return { id: links.letterIn('status', statusToken) ?? '', statusToken, to: to.id };
    },
    /** …whose mail server will say that. */
    async writeTo(from: Supporter, text: string, answer: Handover): Promise<Written> {
      answers.set(`mp-${written + 1}@parliament.example`, answer);
      return this.write(from, text);
    },
    confirm: ({ id }: Written) => confirm(links.tokenFor('confirm', id)),
    withdraw: ({ id }: Written) => letterWithdrawals(common).withdraw(links.tokenFor('not-me', id)),
    deleteData: ({ statusToken }: Written) => dataDeleter(common)(statusToken),
    reply: async (letter: Written) =>
      replyNoter(common)(letter.statusToken, new Map([[await deliveryOf(letter), 'answered']])),
    comeBack: async (letter: Written, detail: string) =>
      comeBack(letter, { kind: 'hard bounce', judgement: 'refused', reason: 'no such mailbox', detail }),
    /** …because the mailbox that it went to, the so-manieth, is full. */
    comeBackFull: async (letter: Written, mailbox: number, detail: string) =>
      comeBack(letter, {
        kind: 'mailbox full',
        judgement: 'wait',
        reason: 'mailbox full',
        detail,
        recipient: `mp-${mailbox}@parliament.example`,
      }),
    giveBack: async (letter: Written) => releaseHeld(db, await deliveryOf(letter), 'return', now),
    report: (note: string) =>
      contactReporter({ ...common, registers: { councils, constituencies }, examples: [] })({
        to: 'mp:E14001085',
        what: 'something else',
        note,
      }),
  };
}
