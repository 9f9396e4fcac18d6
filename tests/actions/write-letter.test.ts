import { beforeEach, expect, test } from 'vitest';
import { signedLinks } from '../../src/actions/links.ts';
import { forgetOneLetter } from '../../src/actions/delete-my-data.ts';
import { CONFIRMATIONS_A_DAY, letterWriter, type HandedOver } from '../../src/actions/write-letter.ts';
import type { Addressee } from '../../src/domain/addressee.ts';
import type { Draft } from '../../src/domain/draft.ts';
import { letterById } from '../../src/store/letters.ts';
import { claimOne, after, anAddressee, aPlace, aSupporter, CAMPAIGN, days, NOON, onBothEngines } from '../builders.ts';

const links = signedLinks('a secret key that only the tests know');
const DRAFT: Omit<Draft, 'copies'> = {
  openingForAll: '',
  templateId: 'mp',
  subject: 'Cameras',
  body: 'Dear Mo Member,\n\nPlease ask when the cameras will be gone.\n\nYours sincerely,',
  facts: [],
};

const asCopy = (to: Addressee) => ({ to, sharing: [], opening: '' });

onBothEngines('handing over a letter', (store) => {
  let now = NOON;
  let woken = 0;
  let ids = 0;
  const idAt = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
  const write = (details: Partial<HandedOver> = {}, unlimited = false) =>
    letterWriter({
      db: store.db,
      campaignId: CAMPAIGN,
      draftLetter: (_, addressees) => ({ ...DRAFT, copies: addressees.map(asCopy) }),
      links,
      newId: () => idAt(++ids),
      clock: () => now,
      wake: () => void woken++,
      unlimited,
    })({
      place: aPlace(),
      to: [anAddressee()],
      from: aSupporter(),
      subject: 'Cameras',
      body: DRAFT.body,
      wantsNews: false,
      ...details,
    });

  beforeEach(() => {
    now = NOON;
    woken = 0;
    ids = 0;
  });

  test('keeps it, signed, and queues one confirmation mail', async () => {
    expect(await write()).toEqual({ ok: true, value: { statusToken: links.tokenFor('status', idAt(1)) } });

    const letter = await letterById(store.db, idAt(1));
    expect(letter).toMatchObject({
      state: 'awaiting confirmation',
      ownWords: 0,
      templateId: 'mp',
      to: [{ email: 'mo.member@parliament.example' }],
    });
    expect(letter?.body).toBe(`${DRAFT.body}\n\nAda Example\n1 Example Street\nLondon\nSE1 2DL`);
    expect(await claimOne(store.db, NOON)).toMatchObject({ mail: { kind: 'confirmation', letterId: idAt(1) } });
    expect(await claimOne(store.db, NOON)).toBeUndefined();
    expect(woken).toBe(1);
  });

  test('measures how much of it is in the writer’s own words', async () => {
    await write({ body: 'My grandmother fled Lhasa. I do not want those eyes above my street.' });
    expect(await letterById(store.db, idAt(1))).toMatchObject({ ownWords: 100 });
  });

  test('twice keeps it once', async () => {
    await write();
    expect(await write()).toEqual({ ok: false, error: 'already-handed-over' });
    expect(await letterById(store.db, idAt(2))).toBeUndefined();
  });

  test('ten times at once keeps it once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => write()));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('with a word changed is another letter', async () => {
    await write();
    expect(await write({ body: `${DRAFT.body} Please.` })).toMatchObject({ ok: true });
  });

  test('causes no more than a few mails a day to one mailbox, whoever asks', async () => {
    for (let at = 0; at < CONFIRMATIONS_A_DAY; at++) await write({ subject: `Cameras ${at}` });
    expect(await write({ subject: 'Once more' })).toEqual({ ok: false, error: 'too-many-for-this-mailbox' });
    expect(await write({ subject: 'Bob', from: aSupporter({ email: 'bob@example.org' }) })).toMatchObject({ ok: true });
    now = after(NOON, days(1) + 1);
    expect(await write({ subject: 'Once more' })).toMatchObject({ ok: true });
  });

  test('causes no more although each letter is deleted at once', async () => {
    const writeAndDelete = async (at: number) => {
      const written = await write({ subject: `Cameras ${at}` });
      if (written.ok) await forgetOneLetter(store.db, idAt(ids), now);
      return written.ok;
    };
    for (let at = 0; at < CONFIRMATIONS_A_DAY; at++) expect(await writeAndDelete(at)).toBe(true);
    expect(await writeAndDelete(CONFIRMATIONS_A_DAY)).toBe(false);

    now = after(NOON, days(1) / CONFIRMATIONS_A_DAY - 1);
    expect(await writeAndDelete(CONFIRMATIONS_A_DAY)).toBe(false);
    now = after(NOON, days(1) / CONFIRMATIONS_A_DAY);
    expect(await writeAndDelete(CONFIRMATIONS_A_DAY)).toBe(true);
    expect(await writeAndDelete(CONFIRMATIONS_A_DAY)).toBe(false);
  });

  test('causes no more although all come at once', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 2 * CONFIRMATIONS_A_DAY }, (_, at) => write({ subject: `Cameras ${at}` })),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(CONFIRMATIONS_A_DAY);
  });

  test.each([
    ['has no email address', anAddressee({ contact: { by: 'web', website: 'https://example.org' } })],
    ['is a vacant seat', anAddressee({ vacant: true, name: null })],
    ['nobody could name', anAddressee({ name: null })],
  ])('to an addressee that %s is refused, and nothing is kept', async (_, to) => {
    expect(await write({ to: [to] })).toEqual({ ok: false, error: 'not-reachable' });
    expect(await letterById(store.db, idAt(1))).toBeUndefined();
  });
});
