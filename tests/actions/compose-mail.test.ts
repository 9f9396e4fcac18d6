import { describe, expect, test } from 'vitest';
import { mailComposer } from '../../src/actions/compose-mail.ts';
import { signedLinks } from '../../src/actions/links.ts';
import { openMails } from '../../src/render/mails.ts';
import { aCampaign, aDelivery, aLetter } from '../builders.ts';

const LETTER = { kind: 'letter', letterId: 'letter-1', deliveryId: 'delivery-1' } as const;

describe('a letter', () => {
  const composer = (returnPathFor?: (deliveryId: string) => string) =>
    mailComposer({
      mails: openMails(new URL('../../templates/mail/', import.meta.url)),
      links: signedLinks('a secret key that only the tests know'),
      campaign: aCampaign(),
      publicUrl: new URL('https://write.example.org'),
      mailFrom: 'letters@campaign.example',
      returnPathFor,
    });

  test('comes back to the return path of its delivery', () => {
    const message = composer((id) => `bounce+${id}@returns.example`)(LETTER, aLetter(), aDelivery());
    expect(message).toMatchObject({
      returnPath: 'bounce+delivery-1@returns.example',
      from: { address: 'letters@campaign.example' },
    });
  });

  test('comes back to its sender where there are no return paths', () => {
    expect(composer()(LETTER, aLetter(), aDelivery())).not.toHaveProperty('returnPath');
  });

  test('has the same id on every attempt, whatever its return path', () => {
    const ids = ['one', 'two'].map(
      (path) => composer(() => `${path}@returns.example`)(LETTER, aLetter(), aDelivery()).id,
    );
    expect(new Set(ids)).toEqual(new Set(['delivery-1.letter@campaign.example']));
  });
});
