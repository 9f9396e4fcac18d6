import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { returned } from '../mail/returned/samples.ts';
import { onFreePort } from '../free-port.ts';
import { aRealCampaign, startSite, type Site } from '../site.ts';

const MP = { postcode: 'SE1 2DL', to: 'mp:E14001085' };
const FORM = {
  ...MP,
  name: 'Ada Example',
  email: 'ada@example.org',
  address: '1 Tooley Street\nLondon',
  subject: 'Cameras above our street',
  body: 'Dear Member of Parliament,\n\nI walk past these cameras every day with my daughter.\n\nYours sincerely,',
  consent: 'yes',
};

interface Delivered {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
}

/** A mail server on the loopback that takes everything, or refuses one mailbox for good. */
async function aMailServer(): Promise<{ url: string; delivered: Delivered[]; refuse: Set<string>; close: () => void }> {
  const delivered: Delivered[] = [];
  const refuse = new Set<string>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) =>
      done(refuse.has(address) ? Object.assign(new Error('5.1.1 no such mailbox'), { responseCode: 550 }) : null),
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        delivered.push({
          from,
          to: envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString(),
        });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as { port: number };
  return { url: `smtp://127.0.0.1:${port}`, delivered, refuse, close: () => server.close(() => {}) };
}

async function eventually<T>(look: () => T | undefined): Promise<T> {
  for (let tries = 0; tries < 200; tries++) {
    const seen = look();
    if (seen !== undefined) return seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not come about within ten seconds');
}

describe('a letter, from a postcode to an inbox', () => {
  let site: Site;
  let mail: Awaited<ReturnType<typeof aMailServer>>;
  let bounces: number;

  beforeAll(async () => {
    mail = await aMailServer();
    site = await onFreePort((port) => {
      bounces = port;
      return startSite({
        settings: {
          ...aRealCampaign(mail.url),
          BOUNCE_DOMAIN: 'bounces.example.org',
          BOUNCE_SMTP_PORT: String(port),
        },
        parliament: { withoutEmail: ['Aberdeen South'], vacant: ['North Antrim'] },
      });
    });
  });
  afterAll(async () => {
    await site.close();
    mail.close();
  });
  beforeEach(() => {
    mail.delivered.length = 0;
    mail.refuse.clear();
  });

  const mailTo = (address: string) => eventually(() => mail.delivered.find(({ to }) => to.includes(address)));
  const confirmPath = async (address: string) => {
    const { text = '' } = await simpleParser((await mailTo(address)).raw);
    return new URL(/https:\S+\/confirm\/\S+/.exec(text)?.[0] ?? '').pathname;
  };
  const mpsAddress = async () => {
    const page = await (await site.get(`/write/letter?${new URLSearchParams(MP)}`)).text();
    return /[\w.-]+@parliament\.example/.exec(page)?.[0] ?? '';
  };

  test('is confirmed by a button, and arrives once, as its writer wrote it', async () => {
    const handedOver = await site.post('/letters', FORM);
    expect(handedOver.status).toBe(303);
    const status = handedOver.headers.get('location') ?? '';
    expect(await (await site.get(status)).text()).toContain('ada@example.org');

    const confirm = await confirmPath('ada@example.org');
    for (let looks = 0; looks < 3; looks++) expect((await site.get(confirm)).status).toBe(200);
    expect(mail.delivered).toHaveLength(1);

    const presses = await Promise.all([site.post(confirm, {}), site.post(confirm, {}), site.post(confirm, {})]);
    expect(presses.map((press) => [press.status, press.headers.get('location')])).toEqual(
      Array.from({ length: 3 }, () => [303, status]),
    );

    const mp = await mpsAddress();
    const letter = await simpleParser((await mailTo(mp)).raw);
    expect(letter.from?.value).toEqual([{ name: 'Ada Example', address: 'letters@write.example.org' }]);
    expect(letter.replyTo?.value).toEqual([{ name: 'Ada Example', address: 'ada@example.org' }]);
    expect(letter.subject).toBe('Cameras above our street');
    expect(letter.messageId).toMatch(/@write\.example\.org>$/);
    expect(letter.text?.trim()).toBe(`${FORM.body}\n\nAda Example\n1 Tooley Street\nLondon\nSE1 2DL`);
    expect(letter.html).toBe(false);
    await eventually(() => (mail.delivered.filter(({ to }) => to.includes(mp)).length === 1 ? true : undefined));
  });

  test('that the mail server refuses comes back to its writer, with the text', async () => {
    mail.refuse.add(await mpsAddress());
    await site.post('/letters', { ...FORM, email: 'bob@example.org', name: 'Bob Example' });
    await site.post(await confirmPath('bob@example.org'), {});
    const told = await eventually(() =>
      mail.delivered.find(({ to, raw }) => to.includes('bob@example.org') && raw.includes('could not be delivered')),
    );
    expect((await simpleParser(told.raw)).text).toContain('I walk past these cameras');
  });

  test('that comes back after it was taken is given back to its writer, with the text', async () => {
    mail.refuse.clear();
    const handedOver = await site.post('/letters', { ...FORM, email: 'dan@example.org', name: 'Dan Example' });
    await site.post(await confirmPath('dan@example.org'), {});
    const mp = await mpsAddress();
    const letter = await eventually(() =>
      mail.delivered.find(({ to, raw }) => to.includes(mp) && raw.includes('Dan Example')),
    );
    expect(letter.from).toMatch(/^bounce\+[a-z2-7]+@bounces\.example\.org$/);

    const envelope = { from: '', to: letter.from };
    const status = async () => (await site.get(handedOver.headers.get('location') ?? '')).text();
    await expect.poll(status).toContain('Handed over');
    await createTransport({ host: '127.0.0.1', port: bounces, ignoreTLS: true }).sendMail({
      envelope,
      raw: returned('postfix-unknown-there'),
    });

    const told = await eventually(() =>
      mail.delivered.find(({ to, raw }) => to.includes('dan@example.org') && raw.includes('could not be delivered')),
    );
    const { text } = await simpleParser(told.raw);
    expect(text).toContain('I walk past these cameras');
    const why = 'Their mail server says that there is no such mailbox.';
    expect(text?.replace(/\s+/g, ' ')).toContain(why);
    expect(await status()).toContain('Came back');
    expect(await status()).toContain(why);
  });

  test('handed over twice is kept once, and its writer is told', async () => {
    const again = { ...FORM, email: 'carol@example.org' };
    expect((await site.post('/letters', again)).status).toBe(303);
    const second = await site.post('/letters', again);
    expect(second.status).toBe(409);
    await mailTo('carol@example.org');
    expect(mail.delivered.filter(({ to }) => to.includes('carol@example.org'))).toHaveLength(1);
  });

  test.each([
    ['{{constructor.constructor}}', '{{supporter}} {{#each facts}}'],
    ['Siân Ŵyn-O’Neill', 'བོད་ 🏔️ ac "dyfyniadau", <b>bold</b> & co'],
  ])('signed %s says exactly what was typed', async (name, sentence) => {
    const email = `${encodeURIComponent(name).replace(/\W/g, '').slice(0, 20).toLowerCase()}@example.org`;
    const handedOver = await site.post('/letters', { ...FORM, name, email, body: `${FORM.body}\n\n${sentence}` });
    expect(handedOver.status).toBe(303);
    const confirm = await confirmPath(email);
    const page = await (await site.get(confirm)).text();
    expect(page).not.toContain('<b>bold</b>');
    const { text = '', html } = await simpleParser((await mailTo(email)).raw);
    expect(text).toContain(sentence);
    expect(String(html)).not.toContain('<b>bold</b>');
  });

  const TAMPERED = '11111111-1111-4111-8111-111111111111.AAAAAAAAAAAAAAAAAAAAAAAA';
  test.each(['/confirm/', '/letters/'])('%s with a link that is not ours says so kindly', async (path) => {
    for (const token of [TAMPERED, 'x', '%00', 'a'.repeat(5_000)]) {
      const answer = await site.get(path + token);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('<h1');
    }
    expect((await site.post(path + TAMPERED, {})).status).toBe(404);
  });

  describe('bad input gets a clear sentence, keeps what was typed, and stores nothing', () => {
    test.each<[string, Partial<Record<keyof typeof FORM, string>>, string]>([
      ['no name', { name: '' }, 'Enter your full name'],
      ['a name of 300 letters', { name: 'x'.repeat(300) }, 'Shorten your name'],
      ['a name with a line break', { name: 'Ada\r\nBcc: all@example.org' }, 'Write your name'],
      ['a name that turns the text around', { name: 'Ada \u202egnitset' }, 'Write your name'],
      ['a name with a NUL', { name: 'Ada\u0000' }, 'Write your name'],
      ['an email with two @', { email: 'ada@@example.org' }, 'Check your email address'],
      ['two emails', { email: 'ada@example.org, eve@example.org' }, 'Check your email address'],
      [
        'an email with a header in it',
        { email: 'ada@example.org\r\nBcc: eve@example.org' },
        'Check your email address',
      ],
      ['no address', { address: ' ' }, 'Enter your postal address'],
      ['an address of one word', { address: 'London' }, 'Enter your street'],
      ['a Bcc in the subject', { subject: 'Hello\r\nBcc: eve@example.org' }, 'Write the subject on one line'],
      ['no subject', { subject: '' }, 'Give your letter a subject'],
      ['an empty letter', { body: '' }, 'Your letter is empty'],
      ['a letter with a NUL', { body: `${FORM.body}\u0000` }, 'characters in it'],
      ['a letter of 11,000 letters', { body: 'words '.repeat(2_000) }, 'Shorten your letter'],
      ['no consent', { consent: '' }, 'Tick the box'],
    ])('%s', async (_, wrong, sentence) => {
      const form = { ...FORM, email: 'wrong@example.org', ...wrong };
      const answer = await site.post('/letters', form);
      const page = await answer.text();
      expect(answer.status).toBe(422);
      expect(page).toContain(sentence);
      expect(page).toMatch(/<title>Error: /);
      expect(page).toContain('body' in wrong ? 'Cameras above our street' : 'I walk past these cameras every day');
    });

    test.each<[string, Record<string, string>, number]>([
      ['somebody else’s MP', { to: 'mp:S14000061' }, 422],
      ['an unknown addressee', { to: 'mp:nobody' }, 422],
      ['an email address for an addressee', { to: 'eve@example.org' }, 422],
      ['a vacant seat', { postcode: 'BT53 7HX', to: 'mp:N05000012' }, 409],
      ['an MP without an address', { postcode: 'AB10 1AB', to: 'mp:S14000061' }, 409],
      ['a council without an address', { to: 'council:E09000028' }, 409],
    ])('a letter to %s', async (_, wrong, status) => {
      const answer = await site.post('/letters', { ...FORM, email: 'wrong@example.org', ...wrong });
      expect(answer.status).toBe(status);
      expect(await answer.text()).toContain('I walk past these cameras every day');
    });

    test('and no mail has gone to any of them', async () => {
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      expect(mail.delivered).toEqual([]);
    });
  });

  test('copied is not kept, and leaves by every route', async () => {
    const page = await (await site.post('/write/copy', FORM)).text();
    expect(page).toContain('Ada Example\n1 Tooley Street\nLondon\nSE1 2DL');
    expect(page).toContain('mailto:');
    const txt = await site.post('/write/letter.txt', FORM);
    expect(txt.headers.get('content-disposition')).toMatch(/^attachment; filename=\S+\.txt/);
    const eml = await simpleParser(await (await site.post('/write/letter.eml', FORM)).text());
    expect(eml.text?.trim()).toMatch(/SE1 2DL$/);
    expect((await site.post('/counts', { area: 'E14001085', route: 'printed' })).status).toBe(204);
    expect((await site.post('/counts', { area: 'E14001085', route: 'by pigeon' })).status).toBe(400);
  });

  test.each([
    ['SWIA IAA', 400, 'SW1A 1AA'],
    ['AB1 0AA', 410, 'June 1996'],
    ['BFPO 801', 404, 'forces'],
    ['JE2 4WD', 404, 'Jersey'],
    ['ZZ99 9ZZ', 404, 'constituency'],
    ['', 400, 'postcode'],
    ['<script>alert(1)</script>', 400, '&lt;script&gt;'],
  ])('the postcode %j has its own page', async (postcode, status, says) => {
    const answer = await site.get(`/write?${new URLSearchParams({ postcode })}`);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(says);
  });

  test('there is no practice mailbox in a real campaign', async () => {
    expect((await site.get('/mailbox')).status).toBe(404);
  });
});

describe('while the look-ups are down', () => {
  test('a letter to an MP, chosen by name, can still be copied', async () => {
    const site = await startSite();
    site.postcodes.faults.mode = 'html';
    site.parliament.faults.mode = 'html';
    const lost = await site.get('/write?postcode=SE1+3QX');
    expect(lost.status).toBe(503);
    expect(await lost.text()).toContain('name="council"');
    const chosen = { council: 'E09000007', constituency: 'E14001290', to: 'mp:E14001290' };
    const whom = await (
      await site.get(`/write?${new URLSearchParams({ council: 'Camden', constituency: 'Holborn and St Pancras' })}`)
    ).text();
    expect(whom).toContain('MP for Holborn and St Pancras');
    const page = await site.get(`/write/letter?${new URLSearchParams(chosen)}`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Dear Member of Parliament');
    await site.close();
  });
});
