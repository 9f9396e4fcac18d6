import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSite, type Site } from '../../site.ts';

const BY_NAME = { council: 'E09000028', constituency: 'E14001085' };
const FORM = {
  to: 'mp:E14001085',
  name: 'Tenzin Example',
  email: 'tenzin@example.org',
  address: '1 Example Street\nLondon',
  subject: 'Cameras',
  body: 'Dear Member of Parliament,\n\nI walk past these cameras every day, and I mind them.\n\nYours sincerely,',
  consent: 'yes',
};

describe('in practice mode', () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite();
  });
  afterAll(() => site.close());

  const page = async (path: string) => (await site.get(path)).text();

  test('a council alone asks for the constituency among the few that fit', async () => {
    const html = await page('/write?council=E09000028&constituency=');
    expect(html).toContain('Which constituency is yours?');
    expect(html.match(/type="radio"/g)?.length).toBeLessThan(8);
  });

  test('a council and a constituency that do not touch are not put together', async () => {
    const answer = await site.get('/write?council=E09000028&constituency=S14000061');
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('Those two do not touch.');
  });

  test('two-tier places show both councils, the district first', async () => {
    const html = await page('/write?postcode=OX49+5NU');
    expect(html.indexOf('South Oxfordshire District Council')).toBeLessThan(html.indexOf('Oxfordshire County Council'));
  });

  test('somebody else’s representative is not offered', async () => {
    expect((await site.get('/write/letter?postcode=SE1+2DL&to=mp:S14000061')).status).toBe(404);
  });

  test('who chose by name may not write as somebody from another place', async () => {
    const answer = await site.post('/letters', { ...FORM, ...BY_NAME, postcode: 'M1 1AD' });
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain('<a href="#postcode">This postcode is in another area');
    expect(html).toMatch(/id="postcode" name="postcode"[^>]*value="M1 1AD"/);
    expect(html).toContain('I mind them.');
  });

  test('the title and the fields say what is wrong, and the ticks stay as they were', async () => {
    const answer = await site.post('/letters', { ...FORM, postcode: 'SE1 2DL', name: '', news: 'yes' });
    const html = await answer.text();
    expect(html).toContain('<title>Error: ');
    expect(html).toMatch(/id="name"[^>]*aria-invalid="true" aria-describedby="name-error"/);
    expect(html).toMatch(/id="consent"[^>]* checked/);
    expect(html).toMatch(/id="news"[^>]* checked/);
  });

  test('the box for news is never ticked beforehand', async () => {
    const html = await page('/write/letter?postcode=SE1+2DL&to=mp:E14001085');
    expect(html).toContain('id="news"');
    expect(html).not.toMatch(/type="checkbox"[^>]* checked/);
  });

  test('braces that a supporter types stay text', async () => {
    const copied = await site.post('/write/copy', { ...FORM, postcode: 'SE1 2DL', body: '{{campaign.id}} {{#each}}' });
    expect(await copied.text()).toContain('{{campaign.id}} {{#each}}');
  });

  test('a mail stands in its own frame, which may run nothing', async () => {
    await site.post('/letters', { ...FORM, postcode: 'SE1 2DL' });
    const id = await firstMail();
    const frame = await site.get(`/mailbox/${id}/html`);
    expect(frame.headers.get('content-security-policy')).toMatch(/default-src 'none';.*sandbox/);
    expect(frame.headers.get('content-security-policy')).not.toContain('script-src');
    expect(await page(`/mailbox/${id}`)).toMatch(/<a href="http[^"]+\/confirm\/[^"]+">/);
  });

  const firstMail = async (): Promise<string> => {
    for (let tries = 0; tries < 100; tries++) {
      const id = /href="\/mailbox\/([^"]+)"/.exec(await page('/mailbox'))?.[1];
      if (id) return id;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('no mail came within five seconds');
  };
});
