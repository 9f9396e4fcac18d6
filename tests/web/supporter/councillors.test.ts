import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REPORTED_FAULTS } from '../../../src/domain/notice.ts';
import { startSite, type Site } from '../../site.ts';

const ADA = 'councillor:E09000028:1';
const BO = 'councillor:E09000028:2'; // reads the same mailbox as Cy
const CY = 'councillor:E09000028:3';
const ALL = [ADA, BO, CY];
const PERSON = {
  postcode: 'SE1 2DL',
  name: 'Tenzin Example',
  address: '1 Example Street\nLondon',
  subject: 'Cameras in our ward',
  body: 'I walk past these cameras every day, and I mind them very much.\n\nYours sincerely,',
  consent: 'yes',
};

type Form = Readonly<Record<string, string | readonly string[]>>;

/** Of each list a field. */
const aForm = (form: Form) =>
  new URLSearchParams(Object.entries(form).flatMap(([name, value]) => [value].flat().map((one) => [name, one])));

describe('the supporter’s councillors', () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite();
  });
  afterAll(() => site.close());

  const page = async (path: string, query: Form = {}) => (await site.get(`${path}?${aForm(query)}`)).text();
  const write = (form: Form) => site.post('/letters', aForm({ ...PERSON, ...form }));

  /** The mails to one mailbox, once there are so many; the worker needs a moment. */
  const mailsTo = async (address: string, count: number): Promise<string[]> => {
    for (let tries = 0; tries < 200; tries++) {
      const box = await page('/mailbox');
      const listed = [...box.matchAll(/href="\/mailbox\/([^"]+)">.*?<span>To ([^<]*)<\/span>/g)];
      const theirs = listed.filter(([, , to = '']) => to.toLowerCase() === address);
      if (theirs.length >= count) return Promise.all(theirs.map(([, id = '']) => page(`/mailbox/${id}`)));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`no ${count} mails came to ${address} within ten seconds`);
  };
  const confirmLink = async (email: string): Promise<string> => {
    const [mail = ''] = await mailsTo(email, 1);
    return new URL(/http[^"\s<]+\/confirm\/[^"\s<]+/.exec(mail)?.[0] ?? '').pathname;
  };
  const sent = async (form: Form): Promise<string> => {
    const handedOver = await write(form);
    expect(handedOver.status).toBe(303);
    await site.post(await confirmLink(String(form['email'])), {});
    return handedOver.headers.get('location') ?? '';
  };

  describe('are shown to choose among', () => {
    test('before the council’s office and the MP, with their parties, all ticked', async () => {
      const html = await page('/write', { postcode: 'SE1 2DL' });
      const at = (text: string) => html.indexOf(text);
      expect(at('Ada Example')).toBeGreaterThan(0);
      expect(at('Ada Example')).toBeLessThan(at('Write to the London Borough of Southwark'));
      expect(at('Write to the London Borough of Southwark')).toBeLessThan(at('Your MP'));
      expect(html.match(/<input type="checkbox" name="to" value="councillor:E09000028:\d" checked>/g)).toHaveLength(3);
      expect(html).toMatch(/<strong>Cy Specimen<\/strong><span class="party">, Independent/);
      expect(html).toContain('the councillors here are made up');
    });

    test('one by one where a ward has one, and the county’s division in a card of its own', async () => {
      const html = await page('/write', { postcode: 'OX49 5NU', division: 'Chalgrove and Watlington' });
      expect(html).toContain('Write to your councillor<');
      expect(html).toContain('Write to your county councillor<');
      expect(html.indexOf('Hal Specimen')).toBeLessThan(html.indexOf('Jo Pretend'));
    });

    test('apart, with a way to copy, where no address is known', async () => {
      const html = await page('/write', { postcode: 'M1 1AD' });
      expect(html).toMatch(
        /Gil Example<\/strong>, Sample Group: no address known\. <a href="\/write\/letter\?[^"]*councillor%3AE08000003%3A2/,
      );
      expect(html.match(/type="checkbox"/g)).toHaveLength(1);
      expect(html).toMatch(/own office can be reached by email\. <a href="[^"]*to&#x3D;council%3AE08000003">/);
      const letter = await page('/write/letter', { postcode: 'M1 1AD', to: 'councillor:E08000003:2' });
      expect(letter).toContain("the council's page of councillors</a>");
      expect(letter).not.toContain('Send it for me');
    });

    test.each([
      ['BT53 7HX', 'Nobody holds this seat'],
      ['TN9 1BG', 'We have no list of this council&#x27;s councillors yet'],
      ['OX49 5NU', 'We do not know which county division you live in'],
    ])('or for %s it is said why there are none, with the way on', async (postcode, why) => {
      const html = (await page('/write', { postcode })).replaceAll("'", '&#x27;');
      expect(html).toContain(why);
      expect(html).toContain('Write to the council&#x27;s own office');
    });

    test('again, still unticked, when nobody was ticked', async () => {
      const answer = await site.get('/write/letter?postcode=SE1+2DL&group=ward');
      const html = await answer.text();
      expect(answer.status).toBe(422);
      expect(html).toContain('Tick at least one of them');
      expect(html).toContain('<title>Error: ');
      expect(html).not.toContain(' checked');
    });
  });

  describe('get one letter', () => {
    test('that shows how each one’s copy begins, above what is edited', async () => {
      const html = await page('/write/letter', { postcode: 'SE1 2DL', to: ALL });
      expect(html).toContain('Each gets their own copy, beginning:');
      expect(html).toContain('<li>Dear Councillor Example,</li>');
      expect(html).toContain('<li>Dear Councillor van der Sample and Councillor Specimen,</li>');
      const body = /<textarea id="body"[^>]*>\n([^<]*)</.exec(html)?.[1] ?? '';
      expect(body).toMatch(/^I live in the area/);
      expect(body).toContain('ask the council’s officers to:');
      expect(html.match(/<p class="their-address">/g)).toHaveLength(2);
    });

    test('one confirmation, and one mail for each mailbox, each with its own salutation', async () => {
      const status = await sent({ to: ALL, email: 'one@example.org' });
      const [ada = ''] = await mailsTo('ada.example@southwark.example.org', 1);
      const [office = ''] = await mailsTo('ward.office@southwark.example.org', 1);
      expect(ada).toContain('Dear Councillor Example,\n\nI walk past these cameras');
      expect(office).toContain('Dear Councillor van der Sample and Councillor Specimen,\n\nI walk past');
      expect(office).toContain('Bo van der Sample and Cy Specimen');
      expect(await mailsTo('one@example.org', 1)).toHaveLength(1);
      const html = await page(status);
      expect(html.match(/class="delivery"/g)).toHaveLength(2);
      expect(html).toContain('Bo van der Sample and Cy Specimen');
      expect(html).toContain('Write to my MP too');
    });

    test('whose confirmation mail and page name all of them', async () => {
      await write({ to: ALL, email: 'two@example.org' });
      const [mail = ''] = await mailsTo('two@example.org', 1);
      expect(mail).toContain('Ada Example, and Bo van der Sample and Cy Specimen');
      expect(mail).toContain('&gt; Dear Councillor Example,');
      const review = await page(await confirmLink('two@example.org'));
      expect(review).toContain('each in a mail of their own');
      expect(review).toContain('<li>Dear Councillor Example,</li>');
    });

    test('that leaves out whoever the writer has written to within a month, and says so', async () => {
      await sent({ to: CY, email: 'three@example.org', body: `Dear Councillor Specimen,\n\n${PERSON.body}` });
      const handedOver = await write({ to: ALL, email: 'three@example.org', subject: 'Once more' });
      const [, mail = ''] = (await mailsTo('three@example.org', 2)).toSorted((a) => (a.includes('Once more') ? 1 : -1));
      const confirm = new URL(/http[^"\s<]+\/confirm\/[^"\s<]+/.exec(mail)?.[0] ?? '').pathname;
      const review = await page(confirm);
      expect(review).toContain('You wrote to Bo van der Sample and Cy Specimen less than 30 days ago');
      await site.post(confirm, {});
      const html = await page(handedOver.headers.get('location') ?? '');
      expect(html).toContain('Not sent this time');
      expect(html).toMatch(/Waiting to go out|Handed over/);
    });

    test('that is copied in one piece, with one salutation for all', async () => {
      const form = aForm({ ...PERSON, to: ALL });
      const html = await (await site.post('/write/copy', form)).text();
      expect(html).toContain(
        'Dear Councillor Example, Councillor van der Sample and Councillor Specimen,\n\nI walk past',
      );
      const mailto = /href="mailto:([^?]*)\?/.exec(html)?.[1];
      expect(mailto).toBe('ada.example@southwark.example.org,ward.office@southwark.example.org');
      const txt = await site.post('/write/letter.txt', form);
      expect(txt.headers.get('content-disposition')).toContain('letter-to-councillors.txt');
      expect(await txt.text()).toMatch(/Councillor Specimen,\r\n\r\nI walk past[\s\S]*SE1 2DL\r\n$/);
      const eml = await simpleParser(await (await site.post('/write/letter.eml', form)).text());
      expect([eml.to].flat()[0]?.value.map(({ name }) => name)).toEqual([
        'Ada Example',
        'Bo van der Sample and Cy Specimen',
      ]);
    });

    test('that goes to those with an address, and says whom it does not reach', async () => {
      const to = ['councillor:E08000003:1', 'councillor:E08000003:2'];
      const html = await page('/write/letter', { postcode: 'M1 1AD', to });
      expect(html).toContain('We know no address for Gil Example, so it does not go to them.');
      expect(html).toContain('Send exactly this letter to Fay Madeup for me.');
      const status = await sent({ to, postcode: 'M1 1AD', email: 'four@example.org' });
      expect((await page(status)).match(/class="delivery"/g)).toHaveLength(1);
      const copied = await (await site.post('/write/copy', aForm({ ...PERSON, postcode: 'M1 1AD', to }))).text();
      expect(copied).toContain('Dear Councillor Madeup and Councillor Example,');
      expect(copied).toContain('We know no address for Gil Example: send it to them through');
    });

    test('that comes back with all of them chosen when something is missing', async () => {
      const answer = await write({ to: [ADA, CY], email: '' });
      const html = await answer.text();
      expect(answer.status).toBe(422);
      expect(html.match(/<input type="hidden" name="to" value="([^"]+)">/g)?.slice(0, 2)).toEqual([
        `<input type="hidden" name="to" value="${ADA}">`,
        `<input type="hidden" name="to" value="${CY}">`,
      ]);
      expect(html).toContain('I mind them very much');
    });
  });

  describe('of another ward, council or constituency', () => {
    const MOVED = { postcode: 'SE1 2DL', ward: 'Borough & Bankside' };

    test('can be chosen among those nearby', async () => {
      const html = await page('/write/another-place', { postcode: 'SE1 2DL' });
      expect(html).toContain('<option value="Borough &amp; Bankside">Borough &amp; Bankside</option>');
      expect(html).toContain('London Borough of Lambeth</option>');
      expect(html).not.toContain('London Borough of Camden</option>');
      expect(html).toContain('Dulwich and West Norwood</option>');
    });

    test('are shown, written to and said so; those of the postcode are not theirs any more', async () => {
      const html = await page('/write', MOVED);
      expect(html).toContain('You told us that SE1 2DL is in Borough &amp; Bankside, London Borough of Southwark');
      expect(html).toContain('Dee Pretend');
      expect(html).not.toContain('Ada Example');
      expect((await site.get(`/write/letter?${aForm({ ...MOVED, to: ADA })}`)).status).toBe(404);
      const letter = await page('/write/letter', { ...MOVED, to: 'councillor:E09000028:4' });
      expect(letter).toContain('You told us that you live in Borough &amp; Bankside');
      const fields = [...letter.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)];
      const hidden = Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value.replace('&amp;', '&')]));
      expect(hidden).toMatchObject({ by: 'postcode', ward: 'Borough & Bankside' });
      const status = await sent({ ...hidden, email: 'moved@example.org' });
      expect(await page(status)).toContain('It went by what you told us: SE1 2DL is in Borough &amp; Bankside');
    });

    test('keep to a choice when something is missing, and when it is copied', async () => {
      const form = { ...PERSON, ...MOVED, council: 'E09000028', constituency: 'E14001085', by: 'postcode' };
      const again = await (
        await site.post('/letters', aForm({ ...form, to: 'councillor:E09000028:4', name: '' }))
      ).text();
      expect(again).toContain('name="ward" value="Borough &amp; Bankside"');
      const copied = await (await site.post('/write/copy', aForm({ ...form, to: 'councillor:E09000028:4' }))).text();
      expect(copied).toContain('dee.pretend@southwark.example.org');
      expect(copied).toContain('name="ward" value="Borough &amp; Bankside"');
    });

    test('ask which constituency, where the council next door has others', async () => {
      const html = await page('/write', { postcode: 'SE1 2DL', council: 'E09000022' });
      expect(html).toContain('Which constituency is yours?');
      expect(html).toContain('<input type="hidden" name="postcode" value="SE1 2DL">');
    });

    test.each([
      ['a council that is not nearby', { council: 'E09000007' }],
      ['a ward that there is not', { ward: 'Nowhere' }],
      ['a ward of another council', { ward: 'Deansgate' }],
    ])('are refused for %s, with a way on', async (_, elsewhere) => {
      const answer = await site.get(`/write?${aForm({ postcode: 'SE1 2DL', ...elsewhere })}`);
      expect(answer.status).toBe(422);
      expect(await answer.text()).toContain('/write/another-place?postcode&#x3D;SE1+2DL');
      const form = aForm({ ...PERSON, ...elsewhere, to: ADA, by: 'postcode', email: 'eve@example.org' });
      expect((await site.post('/letters', form)).status).not.toBe(303);
    });

    test('can be chosen where council and constituency were chosen by name', async () => {
      const named = { council: 'E09000028', constituency: 'E14001085' };
      expect(await page('/write', named)).toContain('We do not know which ward you live in');
      expect(await page('/write', { ...named, ward: 'Borough & Bankside' })).toContain('Dee Pretend');
    });
  });

  describe('or their contacts that are wrong can be reported', () => {
    const report = (form: Form) => site.post('/contacts/reports', aForm(form));

    test('from the letter and from its status page', async () => {
      const html = await page('/write/letter', { postcode: 'SE1 2DL', to: [ADA, BO] });
      expect(html).toContain('<summary>This contact is wrong</summary>');
      expect(html).toContain(`<option value="${BO}">Bo van der Sample</option>`);
      const reported = await report({ to: ADA, what: 'left office', note: 'She moved.' });
      expect([reported.status, reported.headers.get('location')]).toEqual([303, '/contacts/reported']);
      expect(await page('/contacts/reported')).toContain('Thank you for telling us.');
      const status = await sent({ to: ADA, email: 'reporter@example.org', subject: 'Reported' });
      expect(await page(status)).toContain('<summary>This contact is wrong</summary>');
    });

    test.each(REPORTED_FAULTS)('as “%s”', async (what) => {
      expect(await page('/write/letter', { postcode: 'SE1 2DL', to: ADA })).toContain(`name="what" value="${what}"`);
      expect((await report({ to: ADA, what })).status).toBe(303);
    });

    test.each<[string, Form, number, string]>([
      ['nothing chosen', { to: ADA, note: 'She moved.' }, 422, 'Choose what is wrong'],
      ['a fault that there is not', { to: ADA, what: 'bad hair' }, 422, 'Choose what is wrong'],
      ['a note of 501 letters', { to: ADA, what: 'left office', note: 'x'.repeat(501) }, 422, 'Shorten this'],
      ['somebody we do not know', { to: 'councillor:E09000028:99', what: 'left office' }, 404, 'do not know whom'],
      ['an address', { to: 'eve@example.org', what: 'left office' }, 404, 'do not know whom'],
      ['nobody', { what: 'left office' }, 404, 'do not know whom'],
    ])('but not with %s', async (_, form, status, says) => {
      const answer = await report(form);
      const html = await answer.text();
      expect(answer.status).toBe(status);
      expect(html).toContain(says);
    });

    test('and what was typed is kept meanwhile', async () => {
      const html = await (await report({ to: ADA, what: 'wrong address', note: 'x'.repeat(501) })).text();
      expect(html).toContain('x'.repeat(501));
      expect(html).toContain(`<input type="hidden" name="to" value="${ADA}">`);
      expect(html).toContain('value="wrong address" required checked');
    });

    test('nor from another website', async () => {
      const form = aForm({ to: ADA, what: 'left office' });
      expect((await site.post('/contacts/reports', form, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    });
  });

  describe('are nobody else’s', () => {
    test.each<[string, readonly string[], number, number]>([
      ['another ward’s councillor', ['councillor:E09000028:4'], 404, 422],
      ['one’s own and another ward’s', [ADA, 'councillor:E09000028:4'], 404, 422],
      ['another council’s councillor', ['councillor:E08000003:1'], 404, 422],
      ['an id that there is not', ['councillor:E09000028:99'], 404, 422],
      ['thirty ids', Array.from({ length: 30 }, (_, at) => `councillor:E09000028:${at}`), 404, 422],
      ['a councillor and the MP', [ADA, 'mp:E14001085'], 422, 422],
      ['an address for an id', ['eve@example.org'], 404, 422],
    ])('%s is refused, and what was typed is kept', async (_, to, statusOfPage, statusOfLetter) => {
      expect((await site.get(`/write/letter?${aForm({ postcode: 'SE1 2DL', to })}`)).status).toBe(statusOfPage);
      const answer = await write({ to, email: 'eve@example.org' });
      expect(answer.status).toBe(statusOfLetter);
      expect(await answer.text()).toContain('I mind them very much');
    });

    test('the councillors of a district and of its county get two letters, not one', async () => {
      const to = ['councillor:E07000179:1', 'councillor:E10000025:1'];
      const query = { postcode: 'OX49 5NU', division: 'Chalgrove and Watlington', to };
      const answer = await site.get(`/write/letter?${aForm(query)}`);
      expect(answer.status).toBe(422);
      expect(await answer.text()).toContain('One letter goes to the councillors of one council.');
    });
  });
});
