import { describe, expect, test } from 'vitest';
import { mailComposer, type ReturnPathFor } from '../../src/actions/compose-mail.ts';
import { signedLinks } from '../../src/actions/links.ts';
import { councillorId } from '../../src/domain/addressee.ts';
import { openMails } from '../../src/render/mails.ts';
import { readCampaigns } from '../../src/records/campaigns.ts';
import { readWords } from '../../src/records/words.ts';
import { aDelivery, aLetter, aLetterAddressee, aPlace } from '../builders.ts';

const ROOT = new URL('../../', import.meta.url);
const words = readWords(new URL('data/', ROOT));
const needs = {
  words,
  mails: openMails(new URL('templates/mail/', ROOT)),
  links: signedLinks('a secret key that only the tests know'),
  campaign: readCampaigns(new URL('data/', ROOT))[0]!,
  publicUrl: new URL('https://write.example.org'),
  mailFrom: 'letters@write.example.org',
  testLettersTo: null,
};
const compose = mailComposer(needs);

const councillor = (theirId: string, name: string) =>
  aLetterAddressee({
    id: councillorId('E09000028', theirId),
    kind: 'councillor',
    name,
    email: `${theirId}@council.example`,
    opening: `23 November 2026\n\nCouncillor for Chaucer\n\nDear Councillor ${name},`,
  });
const ADA = councillor('1', 'Example');
const BO = councillor('2', 'Sample');
const SEVERAL = aLetter({ id: '11111111-1111-4111-8111-111111111111', to: [ADA, BO], body: 'Please look.\n\nTenzin' });

describe('the mails of a letter to several', () => {
  test('are one for each, with their own salutation and nobody else’s name', () => {
    const mail = { kind: 'letter', letterId: SEVERAL.id, deliveryId: 'delivery-1' } as const;
    const message = compose(mail, SEVERAL, aDelivery({ letterId: SEVERAL.id, to: BO.id }));
    expect(message).toMatchObject({
      to: { name: 'Sample', address: '2@council.example' },
      text: `${BO.opening}\n\nPlease look.\n\nTenzin`,
    });
  });

  test('begin with one confirmation that says how each copy begins', () => {
    const { subject, text, html } = compose({ kind: 'confirmation', letterId: SEVERAL.id }, SEVERAL, undefined);
    expect(subject).toBe('One step left: send your letter to Example and Sample');
    expect(text).toContain('> Dear Councillor Example,\n> Dear Councillor Sample,\n\nand going on:\n\n> Please look.');
    expect(html).toContain('Dear Councillor Sample,');
  });

  test('give the whole copy back when one of them did not arrive', () => {
    const mail = { kind: 'not delivered', letterId: SEVERAL.id, deliveryId: 'delivery-1' } as const;
    const { text, html } = compose(mail, SEVERAL, aDelivery({ letterId: SEVERAL.id, to: BO.id, state: 'refused' }));
    expect(text).toContain('> Dear Councillor Sample,\n> \n> Please look.');
    expect(html).toContain('Dear Councillor Sample,');
    expect(text).not.toContain('Dear Councillor Example');
  });

  test.each([
    ['refused', 'too big'],
    ['bounced', 'mailbox full'],
    ['given up', 'server unreachable'],
  ] as const)('say in plain words why a letter was %s: %s', (state, why) => {
    const mail = { kind: 'not delivered', letterId: SEVERAL.id, deliveryId: 'delivery-1' } as const;
    const delivery = aDelivery({ to: ADA.id, state });
    for (const side of ['text', 'html'] as const) {
      expect(compose(mail, SEVERAL, delivery, { why })[side]).toContain(words.mailReasons[why]);
      expect(compose(mail, SEVERAL, delivery, { why })[side]).not.toContain('will go on refusing it');
    }
  });

  test('lead back to the place as its writer put it right', () => {
    const place = aPlace({ source: 'chosen', ward: { code: '', name: 'Borough & Bankside' } });
    const letter = { ...SEVERAL, place };
    const mail = { kind: 'not delivered', letterId: SEVERAL.id, deliveryId: 'delivery-1' } as const;
    const { text } = compose(mail, letter, aDelivery({ to: ADA.id, state: 'given up' }));
    expect(text).toContain(
      '/write?postcode=SE1+2DL&council=E09000028&constituency=E14001085&ward=Borough+%26+Bankside',
    );
  });
});

describe('the confirmation of a letter to one', () => {
  test('shows it in one piece', () => {
    const letter = aLetter({ id: SEVERAL.id });
    const { text } = compose({ kind: 'confirmation', letterId: letter.id }, letter, undefined);
    expect(text).toContain('> Dear Mo Member,');
    expect(text).not.toContain('Each gets their own copy');
  });
});

describe('"no more of these"', () => {
  test('stands in what comes unasked, and leads to a page with a button', () => {
    const of = (kind: 'reminder' | 'question' | 'question again') =>
      compose({ kind, letterId: SEVERAL.id }, SEVERAL, undefined);
    expect(of('reminder').unsubscribe?.pathname).toMatch(/^\/not-me\//);
    for (const kind of ['question', 'question again'] as const)
      expect(of(kind).unsubscribe?.pathname).toMatch(/^\/letters\//);
    expect(of('reminder').oneClick).toBeUndefined();
  });

  test('stands in no letter, and in no mail about what its writer has just done', () => {
    const delivery = aDelivery({ letterId: SEVERAL.id, to: BO.id, state: 'refused' });
    for (const kind of ['letter', 'not delivered'] as const) {
      const mail = { kind, letterId: SEVERAL.id, deliveryId: delivery.id };
      expect(compose(mail, SEVERAL, delivery).unsubscribe).toBeUndefined();
    }
    const mail = { kind: 'confirmation', letterId: SEVERAL.id } as const;
    expect(compose(mail, SEVERAL, undefined).unsubscribe).toBeUndefined();
  });
});

describe('a letter', () => {
  const letter = { kind: 'letter', letterId: 'letter-1', deliveryId: 'delivery-1' } as const;
  const composing = (returnPathFor: ReturnPathFor, attempt = 1) =>
    mailComposer({ ...needs, returnPathFor })(letter, aLetter(), aDelivery(), { attempt });

  test('comes back to the return path of its delivery, and of this attempt', () => {
    expect(composing((id, attempt) => `bounce+${id}+${attempt}@returns.example`, 3)).toMatchObject({
      returnPath: 'bounce+delivery-1+3@returns.example',
      from: { address: 'letters@write.example.org' },
    });
  });

  test('comes back to its sender where there are no return paths', () => {
    expect(compose(letter, aLetter(), aDelivery())).not.toHaveProperty('returnPath');
  });

  test('has the same id on every attempt, whatever its return path', () => {
    const ids = ['one', 'two'].map((path) => composing(() => `${path}@returns.example`).id);
    expect(new Set(ids)).toEqual(new Set(['delivery-1.letter@write.example.org']));
  });
});
