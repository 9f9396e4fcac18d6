import { beforeEach, expect, test } from 'vitest';
import { confirmAddress } from '../../src/actions/confirm-contact.ts';
import { councilContacts } from '../../src/actions/council-contacts.ts';
import { importContacts } from '../../src/actions/import-contacts.ts';
import { noteContact } from '../../src/actions/note-contact.ts';
import { councilId } from '../../src/domain/addressee.ts';
import { contactsOf, saveContacts } from '../../src/store/contacts.ts';
import { unseenNotices } from '../../src/store/notices.ts';
import { after, days, NOON, onBothEngines } from '../builders.ts';
import { SOUTHWARK } from '../councillor-builders.ts';

onBothEngines('what becomes of an address', (store) => {
  const COUNCIL = councilId(SOUTHWARK);
  const FIRST = 'office@southwark.gov.uk';
  const SECOND = 'desk@southwark.gov.uk';
  const found = { kind: 'official', source: 'their website', fetchedAt: NOON, confirmedAt: NOON } as const;
  beforeEach(() =>
    saveContacts(
      store.db,
      COUNCIL,
      [FIRST, SECOND].map((email) => ({ ...found, email })),
    ),
  );

  const chosen = () => councilContacts({ db: store.db, madeUp: null, clock: () => NOON })(COUNCIL);
  const note = (outcome: Parameters<typeof noteContact>[3], email = FIRST) =>
    noteContact(store.db, COUNCIL, email, outcome, after(NOON, 1));

  test('the next choice takes over after two hard bounces, and the organisers are told once', async () => {
    await note('hard bounce');
    expect(await chosen()).toBe(FIRST);
    expect(await unseenNotices(store.db)).toEqual([]);

    await note('hard bounce');
    await note('hard bounce');
    expect(await chosen()).toBe(SECOND);
    expect(await unseenNotices(store.db)).toMatchObject([
      { kind: 'contact failing', areaCode: SOUTHWARK, addresseeId: COUNCIL, detail: { email: FIRST } },
    ]);
  });

  test('a mail that was taken in between starts the count again', async () => {
    for (const outcome of ['hard bounce', 'delivered', 'hard bounce'] as const) await note(outcome);
    expect(await chosen()).toBe(FIRST);
  });

  test('nobody is left when every address is refused', async () => {
    await note('refused');
    await note('refused', SECOND);
    expect(await chosen()).toBeNull();
  });

  test('is noted in whatever letters the address is written', async () => {
    await note('refused', FIRST.toUpperCase());
    expect(await chosen()).toBe(SECOND);
    expect(await unseenNotices(store.db)).toMatchObject([{ detail: { email: FIRST } }]);
  });

  test('of an address that is no longer known nothing is kept', async () => {
    await note('refused', 'old@southwark.gov.uk');
    expect(await contactsOf(store.db, COUNCIL)).toHaveLength(2);
    expect(await unseenNotices(store.db)).toEqual([]);
  });

  test('a person who confirms it has it used again', async () => {
    await note('refused');
    expect(await confirmAddress(store.db, COUNCIL, FIRST, after(NOON, 2))).toBe(true);
    expect(await chosen()).toBe(FIRST);
    expect(await unseenNotices(store.db)).toEqual([]);
    expect(await confirmAddress(store.db, COUNCIL, 'nobody@southwark.gov.uk', NOON)).toBe(false);
  });

  const importAt = (checkedOn: string, emails: readonly string[]) =>
    importContacts(
      store.db,
      emails.map((email) => ({ code: SOUTHWARK, email, source: 'by telephone', checkedOn })),
      after(NOON, days(2)),
    );

  test.each([
    ['that was checked later', '2026-11-24'],
    ['that was checked on the same day', '2026-11-23'],
  ])('an import %s has it used again', async (_, checkedOn) => {
    await note('refused');
    expect(await importAt(checkedOn, [FIRST])).toEqual([]);
    expect(await chosen()).toBe(FIRST);
    expect(await contactsOf(store.db, COUNCIL)).toHaveLength(1);
  });

  test('an import that was checked before changes nothing, and says so', async () => {
    await note('refused');
    expect(await importAt('2026-11-22', [FIRST])).toEqual([{ code: SOUTHWARK, asOf: NOON }]);
    expect(await chosen()).toBe(SECOND);
    expect(await contactsOf(store.db, COUNCIL)).toMatchObject([{ source: 'their website' }, { email: SECOND }]);
  });

  test('an import checked before a person confirmed what is known changes nothing either', async () => {
    const later = after(NOON, days(1.5));
    await confirmAddress(store.db, COUNCIL, FIRST, later);
    expect(await importAt('2026-11-24', ['new@southwark.gov.uk'])).toEqual([{ code: SOUTHWARK, asOf: later }]);
  });

  test('an import of several has the first tried first', async () => {
    await importAt('2026-11-24', ['new@southwark.gov.uk', SECOND]);
    expect((await contactsOf(store.db, COUNCIL)).map(({ email }) => email)).toEqual(['new@southwark.gov.uk', SECOND]);
    await note('refused', 'new@southwark.gov.uk');
    expect(await chosen()).toBe(SECOND);
  });
});
