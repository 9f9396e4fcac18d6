import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { simpleParser } from 'mailparser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openLog } from '../../src/log.ts';
import { after, minutes, NOON } from '../builders.ts';
import { aMailServer, closeMailServers, refusal } from '../mail/mail-servers.ts';
import { aRealCampaign, startSite, type Site } from '../site.ts';

const FORM = {
  postcode: 'SE1 2DL',
  to: 'mp:E14001085',
  name: 'Tenzin Wanderer',
  email: 'tenzin@wanderer.example',
  address: '7 Yearlong Terrace\nWalkham',
  subject: 'Cameras above Walkham',
  body: 'Dear Member of Parliament,\n\nI walk past these cameras with my daughter.\n\nYours sincerely,',
  consent: 'yes',
};
const PERSONAL = /tenzin|wanderer|yearlong|walkham|SE1(\s|\+|%20)?2DL|my daughter/i;

describe('whatever goes wrong', () => {
  let site: Site;
  let mail: Awaited<ReturnType<typeof aMailServer>>;
  let log = '';
  let now = NOON;

  beforeEach(async () => {
    log = '';
    now = NOON;
    mail = await aMailServer({
      // Says again who wrote, and from where, as some servers do.
      onRcptTo: ({ address }, _, done) =>
        done(
          address.endsWith('parliament.example')
            ? Object.assign(refusal(550), { message: `5.7.1 no: ${FORM.name}, ${FORM.email}, ${FORM.address}` })
            : null,
        ),
    });
    site = await startSite({
      clock: () => now,
      log: openLog('debug', { write: (line) => void (log += line) }),
      settings: aRealCampaign(mail.url),
    });
  });
  afterEach(async () => {
    await site.close();
    await closeMailServers();
  });

  /** Breaks something behind the server's back. */
  const inDatabase = (statement: string) => {
    const database = new DatabaseSync(join(site.varDir, 'pennypost.sqlite'), { timeout: 5_000 });
    database.exec(statement);
    database.close();
  };
  const mails = async (count: number) => await expect.poll(() => mail.taken.length, { timeout: 10_000 }).toBe(count);
  /** Without the example that our own sentence gives. */
  const textOf = async (answer: Response) =>
    `${answer.status} ${await answer.text()}`.replace('One looks like SE1 2DL.', '');

  test('a whole journey, refused at its end, leaves nobody in the log', async () => {
    await site.get(`/write?${new URLSearchParams({ postcode: FORM.postcode })}`);
    site.postcodes.faults.mode = '500';
    site.parliament.faults.mode = '500';
    await site.get('/write?postcode=SE1+2DP');
    await site.get(`/write/letter?${new URLSearchParams({ postcode: FORM.postcode, to: FORM.to })}`);
    site.postcodes.faults.mode = 'ok';
    site.parliament.faults.mode = 'ok';
    now = after(now, minutes(10));

    await site.post('/write/copy', FORM);
    expect((await site.post('/letters', FORM)).status).toBe(303);
    await mails(1);
    const { text = '' } = await simpleParser(mail.taken[0]?.raw ?? '');
    const link = /confirm\/[\w.-]+/.exec(text)?.[0] ?? '';
    expect((await site.post(`/${link}`, {})).status).toBe(303);
    await mails(2); // told that it was refused, with the text

    inDatabase(`update letters set sealed = substr(sealed, 1, 60)`);
    expect((await site.get(`/${link}`)).status).toBe(500);
    expect(log).toContain('a request failed');
    expect(log).toContain('a mail was not taken');
    expect(log).not.toMatch(PERSONAL);
  });

  test('pages about an error repeat nothing of what was sent', async () => {
    const answers = [
      await textOf(await site.get(`/${FORM.email}?${new URLSearchParams(FORM)}`)),
      await textOf(await site.get(`/confirm/${FORM.email}`)),
      await textOf(await site.get(`/letters/${encodeURIComponent(FORM.name)}`)),
      await textOf(await site.post('/letters', { ...FORM, body: 'my daughter'.repeat(20_000) })),
      await textOf(await site.post('/letters', FORM, { 'Sec-Fetch-Site': 'cross-site' })),
      await textOf(await site.postJson('/letters', FORM)),
      await textOf(await site.get(`/api/v1/places/${FORM.email}`)),
    ];
    inDatabase('alter table letters rename to lost');
    answers.push(await textOf(await site.post('/letters', FORM)));

    expect(answers.map((text) => text.slice(0, 3))).toEqual(['404', '404', '404', '413', '403', '415', '400', '500']);
    expect(answers.filter((text) => PERSONAL.test(text))).toEqual([]);
    expect(log).toContain('a request failed');
    expect(log).not.toMatch(PERSONAL);
  });
});
