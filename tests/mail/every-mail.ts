import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mailComposer } from '../../src/actions/compose-mail.ts';
import { signedLinks } from '../../src/actions/links.ts';
import type { Letter } from '../../src/domain/letter.ts';
import { bytesOf } from '../../src/mail/bytes.ts';
import { publishedKeyOf } from '../../src/mail/dkim-key.ts';
import { dkimSigner } from '../../src/mail/dkim.ts';
import type { Message } from '../../src/mail/message.ts';
import { openMails } from '../../src/render/mails.ts';
import { aDelivery, aLetter, aLetterAddressee, aSupporter } from '../builders.ts';
import { everyLetter, records, withoutFacts, type Case } from '../letters/every-letter.ts';

const TEMPLATES = new URL('../../templates/mail/', import.meta.url);
const mails = openMails(TEMPLATES);
const MAIL_FROM = 'letters@freetibet.example';
const PUBLIC_URL = new URL('https://write.freetibet.example');
const CONFIRM = `${PUBLIC_URL.href}confirm/${'pQ3xZ'.repeat(8)}`;

const compose = mailComposer({
  mails,
  links: signedLinks('a secret key that only the tests know'),
  campaign: records.campaign,
  publicUrl: PUBLIC_URL,
  mailFrom: MAIL_FROM,
  testLettersTo: null,
});

/** Every letter's template once with all its facts and once without any, as a councillor or an MP would get it. */
export const letterMails: readonly (readonly [name: string, message: Message])[] = [
  ...onePerTemplate(everyLetter).map((one) => [one.draft.templateId, theLetter(one)] as const),
  ...onePerTemplate(withoutFacts).map((one) => [`${one.draft.templateId}, without facts`, theLetter(one)] as const),
];

function onePerTemplate(cases: readonly Case[]): readonly Case[] {
  return [...new Map(cases.map((one) => [one.draft.templateId, one])).values()];
}

function theLetter({ addressee, draft }: Case): Message {
  const letter = aLetter({
    to: [
      aLetterAddressee({
        id: addressee.id,
        name: addressee.name ?? addressee.office,
        email: 'mo.member@parliament.example',
      }),
    ],
    from: aSupporter({ name: 'Ŵyn Tŷ-Gwyn' }),
    subject: draft.subject,
    body: `${draft.body}\n\nŴyn Tŷ-Gwyn\n1 Example Street\nLondon\nSE1 2DL`,
  });
  return compose(
    { kind: 'letter', letterId: letter.id, deliveryId: 'delivery-1' },
    letter,
    aDelivery({ to: addressee.id }),
  );
}

/** Every mail of our own, with all of its conditions met, with none, and with each by itself. */
export const ownMails: readonly (readonly [name: string, message: Message])[] = readdirSync(TEMPLATES)
  .filter((file) => file.endsWith('.txt.hbs'))
  .map((file) => file.slice(0, -'.txt.hbs'.length))
  .flatMap((name) => {
    const conditions = conditionsIn(name);
    const each = conditions.map((only) => [only, conditions.filter((one) => one !== only)] as const);
    const cases = [['all', []], ['none', conditions], ...(each.length > 1 ? each : [])] as const;
    return cases.map(([met, unmet]) => [`${name} (${met})`, ownMail(name, unmet)] as const);
  });

function conditionsIn(name: string): readonly string[] {
  const text = readFileSync(new URL(`${name}.txt.hbs`, TEMPLATES), 'utf8');
  const found = text.matchAll(/\{\{(?:#|else )(?:if|unless) (\w+)/g);
  return [...new Set([...found].map(([, condition]) => condition!))];
}

function ownMail(name: string, unmet: readonly string[]): Message {
  const letter = letterFor();
  return {
    id: `letter-1.${name}@freetibet.example`,
    from: { name: records.campaign.organisation, address: MAIL_FROM },
    to: { name: letter.from.name, address: letter.from.email },
    automatic: true,
    ...mails.render(name, fillingFor(letter, unmet)),
  };
}

function letterFor(): Letter {
  const [, message] = letterMails[0]!;
  return aLetter({ from: aSupporter({ name: 'Ŵyn Tŷ-Gwyn' }), subject: message.subject, body: message.text });
}

/** A value for whatever a template asks for, so that a new one is tried without anybody thinking of it. */
function fillingFor({ from, subject, body }: Letter, unmet: readonly string[]): object {
  const known: Record<string, unknown> = {
    name: from.name,
    to: 'Councillor Dr Ffion O’Neill-Ŵyn',
    subject,
    body,
    lines: body.split('\n'),
    organisation: records.campaign.organisation,
    publicUrl: PUBLIC_URL.href,
    until: 'Monday 30 November 2026, 12 noon',
    ...Object.fromEntries(unmet.map((condition) => [condition, ''])),
  };
  const valueOf = (key: string) => known[key] ?? (/url$/i.test(key) ? CONFIRM : 'Monday 30 November 2026');
  return new Proxy(known, {
    has: () => true,
    get: (_, key) => (typeof key === 'string' ? valueOf(key) : undefined),
    getOwnPropertyDescriptor: (_, key) => ({ value: valueOf(String(key)), configurable: true, enumerable: true }),
  });
}

const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
/** The answer of the DNS. */
export const PUBLISHED = publishedKeyOf(key).record;
const sign = dkimSigner({ domain: 'freetibet.example', selector: 'pp1', key });

/** A mail as its reader's server has it: signed, and handed over by a mail server on the internet. */
export async function received(message: Message): Promise<Buffer> {
  const hop =
    'from mail.freetibet.example (mail.freetibet.example [IPv6:2001:db8::7])\r\n by mx.parliament.example with ESMTPS';
  const stamp = `Received: ${hop};\r\n ${new Date().toUTCString().replace('GMT', '+0000')}\r\n`;
  return Buffer.concat([Buffer.from(`Return-Path: <${MAIL_FROM}>\r\n${stamp}`), sign(await bytesOf(message))]);
}
