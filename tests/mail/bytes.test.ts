import { describe, expect, test } from 'vitest';
import { bytesOf } from '../../src/mail/bytes.ts';
import { asEml } from '../../src/mail/eml.ts';
import type { Mailbox, Message } from '../../src/mail/message.ts';
import { practiceMailbox, type Practised } from '../../src/mail/practice.ts';
import { readMail } from '../../src/mail/read-mail.ts';
import { aMessage } from './a-message.ts';

const PARAGRAPH = 'The council has cameras, and nobody I have asked was able to tell me who made them or why. '
  .repeat(4)
  .trim();
const written = async (details: Partial<Message> = {}) => (await bytesOf(aMessage(details))).toString('latin1');
const read = async (details: Partial<Message> = {}) => readMail(await written(details));
const bodyOf = (raw: string) => raw.slice(raw.indexOf('\r\n\r\n') + 4);

describe('a letter on the wire', () => {
  test('is plain flowed text and nothing else', async () => {
    const raw = await written({ text: PARAGRAPH });

    expect(raw).toContain('\r\nContent-Type: text/plain; charset=utf-8; format=flowed; delsp=no\r\n');
    expect(raw).toContain('\r\nContent-Transfer-Encoding: 7bit\r\n');
    expect(raw).not.toMatch(/multipart|text\/html|X-Mailer|List-|http/i);
    expect(bodyOf(raw).split('\r\n')[0]).toBe('The council has cameras, and nobody I have asked was able to tell me ');
  });

  test('has no line over 76 characters, and breaks none without saying so', async () => {
    for (const text of [PARAGRAPH, `${PARAGRAPH} Ŵ`, 'x'.repeat(3000), 'བོད་'.repeat(500)]) {
      const raw = await written({ text, subject: 'Cameras '.repeat(40) });
      for (const line of raw.split('\r\n')) expect(line.length).toBeLessThanOrEqual(76);
      expect((await readMail(raw)).text.trimEnd()).toBe(text);
    }
  });

  test('is quoted-printable when it is not ASCII, in whatever script', async () => {
    for (const text of ['Annwyl Ŵyn', 'བོད་རང་དབང་', '🙂']) {
      expect(await written({ text })).toContain('Content-Transfer-Encoding: quoted-printable');
    }
  });

  test('carries only the headers it needs', async () => {
    const names = (await read()).headers.match(/^[\w-]+(?=:)/gm);

    expect(names?.toSorted()).toEqual([
      'Content-Transfer-Encoding',
      'Content-Type',
      'Date',
      'From',
      'MIME-Version',
      'Message-ID',
      'Reply-To',
      'Subject',
      'To',
    ]);
  });

  test('keeps its Message-ID on every attempt', async () => {
    for (const _ of [1, 2])
      expect(await written()).toContain('\r\nMessage-ID: <delivery-1.letter@campaign.example>\r\n');
  });

  test.each([
    'Ada Example',
    'Ŵyn Tŷ-Gwyn',
    'བསྟན་འཛིན་',
    'Ada "Countess" Example, B.Sc. (Hons)',
    'Ada <ada@evil.example>',
    'Example, Ada; Bob: Charlie',
    "Ada O'Example",
    '🙂 Ada 👩‍👩‍👧',
    'Ada\tExample',
    'A'.repeat(300),
  ])('is read with its writer and reader named "%s"', async (name) => {
    const mail = await read({
      from: { name, address: 'letters@campaign.example' },
      replyTo: { name, address: 'ada@example.org' },
      to: { name, address: 'mo.member@parliament.example' },
    });

    expect(mail.from?.address).toBe('letters@campaign.example');
    expect(mail.replyTo).toEqual({ name: mail.from?.name, address: 'ada@example.org' });
    expect(mail.to?.address).toBe('mo.member@parliament.example');
    expect(mail.from?.name.replaceAll('\t', ' ')).toBe(name.replaceAll('\t', ' '));
  });

  test.each(['Ŵ: "cameras", in Southwark', 'བོད་རང་དབང་ 🙂', 'Cameras '.repeat(40).trim()])(
    'is read with the subject "%s"',
    async (subject) => {
      expect((await read({ subject })).subject).toBe(subject);
    },
  );

  test('shows what looks like an encoded word as it was typed', async () => {
    const typed = '=?UTF-8?Q?Bcc=3A?=';
    const mail = await read({ subject: typed, from: { name: typed, address: 'letters@campaign.example' } });

    for (const value of [mail.subject, mail.from?.name]) expect(value?.replaceAll('\u200b', '')).toBe(typed);
  });

  test('is read word for word', async () => {
    const text = `Dear Ŵyn,\n\n${PARAGRAPH}\n\n> You wrote: "no"\n  From here\nFrom there\n.\n..dots\n\n1. First\n2. Second = 100%\n\nAda\n-- \nགཞུང་`;
    expect((await read({ text })).text.trimEnd()).toBe(text);
  });
});

describe('a mail of our own', () => {
  test('has text and HTML, and asks not to be answered by a machine', async () => {
    const mail = await read({ html: `<p>Ŵ ${'long '.repeat(300)}</p>`, automatic: true });

    expect(mail.headers).toContain('Auto-Submitted: auto-generated');
    expect(mail.headers).toContain('multipart/alternative');
    expect(mail.text).toContain('Please look into the cameras.');
    expect(mail.html).toContain('<p>Ŵ long');
  });
});

describe('where a reader says "no more of these"', () => {
  const unsubscribe = new URL('https://write.example.org/letters/token?stop=1');
  const headersFor = async (details: Partial<Message>) => (await read(details)).headers;

  test('is not said in a letter, nor in a mail that answers what somebody did', async () => {
    for (const details of [{}, { automatic: true, html: '<p>Hello</p>' }])
      expect(await headersFor(details)).not.toMatch(/List-/i);
  });

  test('is said in a mail that comes unasked', async () => {
    const headers = await headersFor({ unsubscribe });
    expect(headers).toContain('List-Unsubscribe: <https://write.example.org/letters/token?stop=1>\r\n');
    expect(headers).not.toContain('List-Unsubscribe-Post');
  });

  test('takes one press where the page takes a POST, over https only', async () => {
    const post = 'List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n';
    expect(await headersFor({ unsubscribe, oneClick: true })).toContain(post);
    const plain = new URL('http://localhost:3000/letters/token');
    expect(await headersFor({ unsubscribe: plain, oneClick: true })).not.toContain(post);
    expect(await headersFor({ oneClick: true })).not.toContain(post);
  });
});

describe('a mail that must not be sent as it is', () => {
  const mailbox = { name: 'Ada', address: 'ada@example.org' };

  test.each<[string, Partial<Message>]>([
    ['a subject with a second line', { subject: 'Hello\r\nBcc: everyone@example.org' }],
    ['a subject with a bare line feed', { subject: 'Hello\nBcc: everyone@example.org' }],
    ['a subject with a bare carriage return', { subject: 'Hello\rBcc: everyone@example.org' }],
    ['a subject with a NUL', { subject: 'Hello\0' }],
    ['a sender whose name has two lines', { from: { ...mailbox, name: 'Ada\r\nBcc: everyone@example.org' } }],
    ['a reply name with two lines', { replyTo: { ...mailbox, name: 'Ada\nX: y' } }],
    ['a reader whose name has two lines', { to: { ...mailbox, name: 'Ada\rX: y' } }],
    ['two readers in one address', { to: { ...mailbox, address: 'a@example.org, b@example.org' } }],
    ['an address with a line break', { to: { ...mailbox, address: 'a@example.org\r\nRCPT TO:<b@example.org>' } }],
    ['an address with two @', { replyTo: { ...mailbox, address: 'a@b@example.org' } }],
    ['an address in brackets', { to: { ...mailbox, address: '<a@example.org>' } }],
    ['an address with a space', { to: { ...mailbox, address: 'a @example.org' } }],
    ['no address', { to: { ...mailbox, address: '' } }],
    ['a Message-ID with a line break', { id: 'a\r\nBcc: b@example.org' }],
    ['a Message-ID without a host', { id: 'letter-1' }],
    ['a Message-ID longer than a line', { id: `${'a'.repeat(990)}@example.org` }],
    ['an address in other letters than A to Z', { to: { ...mailbox, address: 'ŵyn@example.org' } }],
    ['an address longer than any', { to: { ...mailbox, address: `${'a'.repeat(250)}@example.org` } }],
    ['an address with two dots', { to: { ...mailbox, address: 'a..b@example.org' } }],
    ['an address at a number', { to: { ...mailbox, address: 'a@[127.0.0.1]' } }],
    ['an address at half a domain', { to: { ...mailbox, address: 'a@example..org' } }],
    ['an address at a domain in disguise', { to: { ...mailbox, address: 'a@ex%41mple.org' } }],
    ['a return path with a line break', { returnPath: 'a@example.org>\r\nRCPT TO:<b@example.org' }],
    ['a return path with two addresses', { returnPath: 'a@example.org,b@example.org' }],
    ['a return path with parameters', { returnPath: 'a@example.org> SIZE=1' }],
    ['no return path', { returnPath: '' }],
    ['a mail to unsubscribe by', { unsubscribe: new URL('mailto:a@example.org') }],
    ['a script to unsubscribe by', { unsubscribe: new URL('javascript:alert(1)') }],
    ['two addresses to unsubscribe by', { unsubscribe: new URL('https://example.org/?a,b') }],
    [
      'an address to unsubscribe by longer than a line',
      { unsubscribe: new URL(`https://example.org/${'a'.repeat(900)}`) },
    ],
  ])('%s', async (_, details) => {
    await expect(bytesOf(aMessage(details))).rejects.toThrow(/line break|plain (web )?address|Message-ID/);
  });

  test('does not say what was in it', async () => {
    const details = { subject: 'secret\r\nX: y' };
    await expect(bytesOf(aMessage(details))).rejects.not.toThrow(/secret/);
  });
});

describe('the practice mailbox', () => {
  test('keeps the very bytes that a mail server would have got', async () => {
    const kept: Practised[] = [];
    const message = aMessage({ subject: 'Ŵ', text: PARAGRAPH });

    expect(await practiceMailbox(async (mail) => void kept.push(mail))(message)).toEqual({ outcome: 'accepted' });
    const { raw, ...rest } = kept[0]!;
    expect(rest).toEqual({ from: 'letters@campaign.example', to: 'mo.member@parliament.example', subject: 'Ŵ' });
    expect(withoutDate(raw)).toBe(withoutDate(await written({ subject: 'Ŵ', text: PARAGRAPH })));
  });

  const withoutDate = (raw: string) => raw.replace(/^Date: .*$/m, '');
});

describe('a letter to download', () => {
  const eml = (details: Partial<Message> = {}, others: readonly Mailbox[] = []) => {
    const message = aMessage(details);
    return asEml({ ...message, to: [message.to, ...others] });
  };

  test('opens as a new message to its addressee, from nobody yet', async () => {
    const names = (await readMail(eml())).headers.match(/^[\w-]+(?=:)/gm);

    expect(names?.toSorted()).toEqual([
      'Content-Transfer-Encoding',
      'Content-Type',
      'MIME-Version',
      'Subject',
      'To',
      'X-Unsent',
    ]);
    expect(eml()).toContain('X-Unsent: 1\r\n');
  });

  test('is read word for word', async () => {
    const text = `Annwyl Ŵyn,\n\n${PARAGRAPH}\n\nAda = Ada`;
    const mail = await readMail(
      eml({ text, subject: 'Ŵ 🙂', to: { name: 'Mo, "M"', address: 'mo@parliament.example' } }),
    );

    expect(mail).toMatchObject({ subject: 'Ŵ 🙂', to: { name: 'Mo, "M"', address: 'mo@parliament.example' } });
    expect(mail.text.trimEnd()).toBe(text);
  });

  test('goes to several, each in their own mailbox', async () => {
    const { headers } = await readMail(eml({}, [{ name: 'Bo "B", Ŵ', address: 'bo@council.example' }]));
    expect(headers).toMatch(/^To: Mo Member <mo\.member@parliament\.example>,\s+=\?UTF-8\?.*<bo@council\.example>$/m);
    expect(() => eml({}, [{ name: 'Eve', address: 'eve@example.org, all@example.org' }])).toThrow('one plain address');
  });

  test('refuses a header in its subject', () => {
    expect(() => eml({ subject: 'Hello\nBcc: b@example.org' })).toThrow('line break');
  });
});
