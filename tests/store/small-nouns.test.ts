import { expect, test } from 'vitest';
import { mpId } from '../../src/domain/addressee.ts';
import { ensureCampaign } from '../../src/store/campaigns.ts';
import { contactsOf, saveContacts } from '../../src/store/contacts.ts';
import { countOne, countsOf } from '../../src/store/counts.ts';
import { forgetMails, keepMail, listMails, mailById } from '../../src/store/mailbox.ts';
import { forgetBefore, recall, remember } from '../../src/store/remembered.ts';
import { after, CAMPAIGN, NOON, onBothEngines } from '../builders.ts';

onBothEngines('counts', (store) => {
  const ONE = { campaignId: CAMPAIGN, day: '2026-11-23', areaCode: 'E09000028', route: 'copied' } as const;

  test('add up by day, area and route', async () => {
    await countOne(store.db, ONE);
    await countOne(store.db, ONE);
    await countOne(store.db, { ...ONE, route: 'printed' });
    await countOne(store.db, { ...ONE, day: '2026-11-22' });

    expect(await countsOf(store.db, CAMPAIGN)).toEqual([
      { ...ONE, day: '2026-11-22', total: 1 },
      { ...ONE, total: 2 },
      { ...ONE, route: 'printed', total: 1 },
    ]);
  });

  test('of one campaign are not those of another', async () => {
    await ensureCampaign(store.db, 'another', NOON);
    await countOne(store.db, { ...ONE, campaignId: 'another' });

    expect(await countsOf(store.db, CAMPAIGN)).toEqual([]);
  });
});

onBothEngines('an answer of an upstream', (store) => {
  test('is remembered with its time, the latest in place of the one before', async () => {
    await remember(store.db, 'place SE1 2DL', { ward: 'old' }, NOON);
    await remember(store.db, 'place SE1 2DL', { ward: null, names: ['Ŵ'] }, after(NOON, 1));

    expect(await recall(store.db, 'place SE1 2DL')).toEqual({
      answer: { ward: null, names: ['Ŵ'] },
      at: after(NOON, 1),
    });
  });

  test('nobody gave is not remembered', async () => {
    expect(await recall(store.db, 'place SE1 2DL')).toBeUndefined();
  });

  test('is forgotten when it is old', async () => {
    await remember(store.db, 'old', 1, NOON);
    await remember(store.db, 'new', 2, after(NOON, 1));

    expect(await forgetBefore(store.db, after(NOON, 1))).toBe(1);
    expect(await recall(store.db, 'old')).toBeUndefined();
    expect(await recall(store.db, 'new')).toMatchObject({ answer: 2 });
  });
});

onBothEngines('a contact', (store) => {
  const MP = mpId('E14001085');
  const FOUND = {
    email: 'mo.member@parliament.example',
    kind: 'official',
    source: 'Parliament',
    fetchedAt: NOON,
    confirmedAt: null,
  } as const;

  test('is kept with where and when it was found, and how it has fared', async () => {
    expect(await contactsOf(store.db, MP)).toEqual([]);
    await saveContacts(store.db, MP, [FOUND]);

    expect(await contactsOf(store.db, MP)).toEqual([
      { ...FOUND, deliveredAt: null, bouncedAt: null, hardBounces: 0, failingSince: null },
    ]);
  });

  test('gives way to those found later, in their order', async () => {
    await saveContacts(store.db, MP, [{ ...FOUND, email: 'old@parliament.example' }, FOUND]);
    await saveContacts(store.db, MP, [FOUND, { ...FOUND, email: 'second@parliament.example', kind: 'personal' }]);

    expect((await contactsOf(store.db, MP)).map(({ email }) => email)).toEqual([
      FOUND.email,
      'second@parliament.example',
    ]);
  });

  test('that a person confirmed stays confirmed when a program finds it again', async () => {
    await saveContacts(store.db, MP, [{ ...FOUND, confirmedAt: NOON }]);
    await saveContacts(store.db, MP, [{ ...FOUND, fetchedAt: after(NOON, 1) }]);

    expect(await contactsOf(store.db, MP)).toMatchObject([{ fetchedAt: after(NOON, 1), confirmedAt: NOON }]);
  });
});

onBothEngines('the practice mailbox', (store) => {
  const MAIL = { from: 'a@example.org', to: 'b@example.org', subject: 'Ŵ', raw: 'Subject: x\r\n\r\nHello' };

  test('shows the latest mails first, and each as it was', async () => {
    for (const [at, id] of ['1', '2', '3'].entries())
      await keepMail(store.db, { id, at: after(NOON, at), ...MAIL, subject: `Mail ${id}` });

    expect((await listMails(store.db, 2)).map(({ subject }) => subject)).toEqual(['Mail 3', 'Mail 2']);
    expect(await mailById(store.db, '1')).toEqual({ id: '1', at: NOON, ...MAIL, subject: 'Mail 1' });
    expect(await mailById(store.db, '4')).toBeUndefined();
  });

  test('keeps no text that can be read without the key', async () => {
    await keepMail(store.db, { id: '1', at: NOON, ...MAIL });

    expect(JSON.stringify(await store.db.sql.selectFrom('mailbox').selectAll().execute())).not.toMatch(/example|Hello/);
  });

  test('forgets old mails', async () => {
    await keepMail(store.db, { id: '1', at: NOON, ...MAIL });

    expect(await forgetMails(store.db, NOON)).toBe(0);
    expect(await forgetMails(store.db, after(NOON, 1))).toBe(1);
    expect(await listMails(store.db, 10)).toEqual([]);
  });
});
