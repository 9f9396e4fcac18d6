import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { afterEach, describe, expect, test } from 'vitest';
import { bytesOf } from '../../src/mail/bytes.ts';
import { publishedKeyOf, readDkimKey, type DkimKey } from '../../src/mail/dkim-key.ts';
import { dkimSigner } from '../../src/mail/dkim.ts';
import type { Message } from '../../src/mail/message.ts';
import { smtp } from '../../src/mail/transport.ts';
import { aMessage } from './a-message.ts';
import { aRawSink, closeMailServers } from './mail-servers.ts';
import { faultsOf } from './strict-mail.ts';

const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const ED25519 = generateKeyPairSync('ed25519').privateKey;
const signer = (key: KeyObject): DkimKey => ({ domain: 'campaign.example', selector: 'pp1', key });

async function signed(details: Partial<Message> = {}, key = RSA): Promise<Buffer> {
  return dkimSigner(signer(key))(await bytesOf(aMessage(details)));
}

/** What a receiver that knows nothing of us makes of a mail; only the answer of the DNS is made up. */
async function verify(raw: Buffer, key = RSA) {
  const asked: string[] = [];
  const { results } = await dkimVerify(raw, {
    resolver: async (name, type) => {
      asked.push(`${name} ${type}`);
      return [[publishedKeyOf(key).record]];
    },
  });
  return { asked, said: results.map(({ status }) => status.result), results };
}

const MESSAGES: readonly [string, Partial<Message>][] = [
  ['a letter', {}],
  ['a letter in Tibetan', { subject: 'བོད་རང་དབང་ 🙂', text: 'བསྟན་འཛིན་\n\n'.repeat(40) }],
  ['a mail with HTML', { html: `<p>Ŵ\n${'long '.repeat(300)}</p>\n.\n`, automatic: true }],
  ['a reminder', { unsubscribe: new URL('https://campaign.example/letters/a?stop=1'), oneClick: true }],
  ['a letter that ends with empty lines and spaces', { text: 'Hello  there \n \t\n\n\n' }],
  ['a letter without a text', { text: '' }],
  ['a letter with dots', { text: '.\n..\n.hidden' }],
  ['a letter to somebody with a long name', { to: { name: 'Ŵ'.repeat(100), address: 'w@example.org' } }],
];

describe('a signed mail', () => {
  afterEach(closeMailServers);

  test.each(MESSAGES)('is verified by a stranger: %s', async (_, details) => {
    for (const key of [RSA, ED25519]) {
      const raw = await signed(details, key);

      const { said, asked, results } = await verify(raw, key);
      expect(said).toEqual(['pass']);
      expect(asked).toEqual(['pp1._domainkey.campaign.example TXT']);
      expect(results[0]).toMatchObject({ signingDomain: 'campaign.example', format: 'relaxed/relaxed' });
      expect(faultsOf(raw)).toEqual([]);
    }
  });

  test.each(MESSAGES)('is verified as it came over the wire: %s', async (_, details) => {
    const sink = await aRawSink();
    const mail = smtp(sink.url, undefined, dkimSigner(signer(RSA)));
    try {
      expect(await mail.send(aMessage(details))).toEqual({ outcome: 'accepted' });
    } finally {
      mail.close();
    }

    expect((await verify(sink.taken()[0]!)).said).toEqual(['pass']);
  });

  test.each([
    ['a word of its text', 'look into', 'overlook'],
    ['its subject', 'Subject: Cameras', 'Subject: No cameras'],
    ['its sender', 'From: Ada', 'From: Bob'],
    ['where replies go', '<ada@example.org>', '<eve@example.org>'],
    ['its date', /Date: \w+/, 'Date: Fri'],
    ['its Message-ID', '<delivery-1', '<delivery-2'],
    ['how it is to be read', 'text/plain', 'text/html'],
  ])('is not believed once somebody has changed %s', async (_, what, instead) => {
    const raw = (await signed()).toString('latin1');
    const changed = raw.replace(what, instead);

    expect(changed).not.toBe(raw);
    expect((await verify(Buffer.from(changed, 'latin1'))).said).not.toEqual(['pass']);
  });

  test.each(['From', 'Reply-To', 'Subject', 'To', 'Cc', 'Date', 'Message-ID', 'MIME-Version', 'Content-Type'])(
    'is not believed once somebody has added another %s',
    async (header) => {
      const raw = await signed();
      for (const changed of [
        Buffer.concat([Buffer.from(`${header}: eve@example.org\r\n`), raw]),
        Buffer.from(raw.toString('latin1').replace('\r\n\r\n', `\r\n${header}: eve@example.org\r\n\r\n`), 'latin1'),
      ])
        expect((await verify(changed)).said).not.toEqual(['pass']);
    },
  );

  test('is still believed when a server on the way has added its own lines and folded others anew', async () => {
    const raw = (await signed()).toString('latin1');
    const travelled = `Received: from a by b\r\n${raw.replace('Subject: Cameras in', 'Subject:  Cameras\r\n\t in')}`;

    expect(travelled).toContain('\r\n\t in');
    expect((await verify(Buffer.from(travelled, 'latin1'))).said).toEqual(['pass']);
  });

  test('is not believed under another key', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    expect((await verify(await signed(), other)).said).toEqual(['fail']);
  });

  test('has the very Message-ID of the one before it when it is tried again', async () => {
    const ids = await Promise.all([1, 2].map(async () => /^Message-ID: .*$/m.exec((await signed()).toString())?.[0]));
    expect(ids).toEqual(Array(2).fill('Message-ID: <delivery-1.letter@campaign.example>'));
  });

  test.each(['a\nb\n', 'a\rb\r', 'a\r\r\n\n.\n', '\r\n\r\nb'])(
    'is made of the lines that will be sent, however they ended: %j',
    async (body) => {
      const raw = dkimSigner(signer(RSA))(Buffer.concat([await bytesOf(aMessage()), Buffer.from(body)]));

      expect(raw.toString()).not.toMatch(/\r(?!\n)|(?<!\r)\n/);
      expect((await verify(raw)).said).toEqual(['pass']);
    },
  );
});

describe('a key to sign with', () => {
  const pem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();

  test('is RSA of 1024 bits or more, or Ed25519', () => {
    for (const key of [RSA, ED25519]) expect(readDkimKey(pem(key))).toMatchObject({ ok: true });
    expect(readDkimKey(RSA.export({ type: 'pkcs1', format: 'pem' }).toString())).toMatchObject({ ok: true });
  });

  test.each([
    ['too short', pem(generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey), 'too-short'],
    ['of another kind', pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey), 'another-kind'],
    ['no key', 'hello', 'not-a-key'],
    ['nothing', '', 'not-a-key'],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', 'not-a-key'],
    [
      'locked with a password',
      RSA.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }).toString(),
      'not-a-key',
    ],
  ])('that is %s is refused', (_, text, error) => {
    expect(readDkimKey(text)).toEqual({ ok: false, error });
  });
});
