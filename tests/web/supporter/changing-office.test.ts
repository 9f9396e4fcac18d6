import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Holder } from '../../../src/domain/seat.ts';
import type { SwitchName } from '../../../src/domain/switches.ts';
import { saveSeats } from '../../../src/store/seats.ts';
import { switchOff, switchOn } from '../../../src/store/switches.ts';
import { aDatabase, after, minutes } from '../../builders.ts';
import { startSite, type Site } from '../../site.ts';

const FORM = {
  name: 'Tenzin Example',
  email: 'tenzin@example.org',
  address: '1 Example Street\nEsher',
  subject: 'Cameras',
  body: 'Dear Sir or Madam,\n\nI walk past these cameras every day, and I mind them.\n\nYours sincerely,',
  consent: 'yes',
};
const MP = { postcode: 'SE1 2DL', to: 'mp:E14001085' };
const ELMBRIDGE = { postcode: 'KT10 9AA', to: 'council:E07000207' };

// PostgreSQL, because on SQLite a second connection in one process would wait for itself.
const store = aDatabase('postgres');
let site: Site;
let now: Date;

const start = async (at: string) => {
  now = new Date(at);
  const settings = { DATABASE_URL: store.where.databaseUrl ?? '' };
  site = await startSite({ clock: () => now, settings });
};
afterEach(() => site.close());

const show = async (path: string) => {
  const answer = await site.get(path);
  return { status: answer.status, location: answer.headers.get('location'), html: await answer.text() };
};
const send = async (path: string, form: Record<string, string> = {}) => {
  const answer = await site.post(path, form);
  return { status: answer.status, location: answer.headers.get('location'), html: await answer.text() };
};
const turn = async (name: SwitchName, way: 'on' | 'off') => {
  await (way === 'on' ? switchOn(store.db, name, now) : switchOff(store.db, name));
  now = after(now, minutes(2));
};

/** Hands a letter over. Gives where its writer reads and sends it, and where they see what became of it. */
const write = async (whom: { postcode: string; to: string }) => {
  const { status, location } = await send('/letters', { ...FORM, ...whom });
  expect(status).toBe(303);
  await expect.poll(async () => (await show('/mailbox')).html).toMatch(/\/mailbox\/[\w-]+/);
  const mail = /\/mailbox\/[\w-]+/.exec((await show('/mailbox')).html)?.[0] ?? '';
  const confirm = /\/confirm\/[\w.-]+/.exec((await show(mail)).html)?.[0] ?? '';
  return { confirm, status: location ?? '' };
};
const mailsTo = async (address: string) => (await show('/mailbox')).html.split(address).length - 1;

describe('while Parliament is dissolved', () => {
  beforeEach(() => start('2026-11-23T12:00:00Z'));

  test('nobody is offered a letter to an MP, and pages say why', async () => {
    expect((await show('/write?postcode=SE1+2DL')).html).toContain('mp%3AE14001085');
    await turn('dissolution', 'on');

    const { html } = await show('/write?postcode=SE1+2DL');
    expect(html).toContain('Parliament has been dissolved for a general election');
    expect(html).not.toContain('mp%3AE14001085');
    expect(html).toContain('council%3AE09000028');
    const letter = await show('/write/letter?postcode=SE1+2DL&to=mp:E14001085');
    expect(letter.status).toBe(410);
    expect(letter.html).toContain('There are no MPs just now.');
    expect(letter.html).toContain('Write to my council');
    expect(letter.html).toContain('href="/write?postcode&#x3D;SE1+2DL"');

    await turn('dissolution', 'off');
    expect((await show('/write/letter?postcode=SE1+2DL&to=mp:E14001085')).status).toBe(200);
  });

  test.each(['/letters', '/write/copy'])(
    'a letter to an MP sent to %s is refused, with everything that was typed',
    async (path) => {
      await turn('dissolution', 'on');
      const { status, html } = await send(path, { ...FORM, ...MP });

      expect(status).toBe(409);
      expect(html).toContain('There are no MPs just now.');
      expect(html).toContain('I walk past these cameras every day, and I mind them.');
      expect(html).not.toContain('Copy the letter');
      expect((await show('/mailbox')).html).not.toContain('tenzin@example.org');
    },
  );

  test('the API says that MPs are closed', async () => {
    await turn('dissolution', 'on');
    const addressees = (await (await site.get('/api/v1/addressees?postcode=SE1+2DL')).json()) as {
      addressees: { id: string; closed?: string }[];
    };
    const others = addressees.addressees.filter(({ id }) => !id.startsWith('councillor:'));
    expect(others.map(({ id, closed }) => [id, closed])).toEqual([
      ['council:E09000028', undefined],
      ['mp:E14001085', 'dissolution'],
    ]);
    const drafts = await site.postJson('/api/v1/drafts', { postcode: 'SE1 2DL', to: ['mp:E14001085'] });
    expect(drafts.status).toBe(409);
    expect(await drafts.json()).toMatchObject({ type: 'dissolution', closed: 'dissolution' });
  });

  test('a letter that waits for its writer is not sent, and says why', async () => {
    const letter = await write(MP);
    await turn('dissolution', 'on');

    for (const { status, html } of [await show(letter.confirm), await send(letter.confirm)]) {
      expect(status).toBe(410);
      expect(html).toContain('There are no MPs just now.');
      expect(html).toContain('I mind them.');
    }
    await turn('dissolution', 'off');
    expect((await send(letter.confirm)).status).toBe(303);
  });

  test('after a council’s letter no MP is offered', async () => {
    const letter = await write({ postcode: 'SE1 2DL', to: 'council:E09000028' });
    await send(letter.confirm);
    expect((await show(letter.status)).html).toContain('Write to my MP too');
    await turn('dissolution', 'on');
    expect((await show(letter.status)).html).not.toContain('Write to my MP too');
  });
});

describe('before local elections', () => {
  test('pages about councils say that an answer may take longer, and only they', async () => {
    await start('2026-11-23T12:00:00Z');
    const pages = ['/write?postcode=SE1+2DL', '/write/letter?postcode=SE1+2DL&to=council:E09000028'];
    for (const page of pages) expect((await show(page)).html).not.toContain('local elections soon');
    await turn('pre-election', 'on');
    for (const page of [pages[0] ?? '', '/write/letter?postcode=M1+1AD&to=council:E08000003'])
      expect((await show(page)).html).toContain('local elections soon');
    expect((await show('/write/letter?postcode=SE1+2DL&to=mp:E14001085')).html).not.toContain('local elections soon');
  });
});

describe('when another MP sits', () => {
  const seat = (id: number, displayName: string): Holder => ({
    vacant: false,
    member: { id, displayName, addressAs: null },
  });
  const hear = (holder: Holder) => saveSeats(store.db, [{ constituencyCode: 'E14001085', holder }], now);
  beforeEach(() => start('2026-11-23T12:00:00Z'));

  test('a letter that waits for its writer does not go to the one before', async () => {
    await hear(seat(5000, 'Robin Ashgrove'));
    const letter = await write(MP);
    expect((await show(letter.confirm)).html).toContain('Robin Ashgrove');
    now = after(now, minutes(2));
    await hear(seat(5001, 'Asha Pellow'));

    for (const { status, html } of [await show(letter.confirm), await send(letter.confirm)]) {
      expect(status).toBe(410);
      expect(html).toContain(
        'Asha Pellow now sits for Bermondsey and Old Southwark, so your letter to Robin Ashgrove was not sent.',
      );
      expect(html).toContain('Write to Asha Pellow');
    }
    expect((await show('/write/letter?postcode=SE1+2DL&to=mp:E14001085')).html).toContain('Asha Pellow');
  });

  test('and when nobody does, it goes to nobody', async () => {
    await hear(seat(5000, 'Robin Ashgrove'));
    const letter = await write(MP);
    now = after(now, minutes(2));
    await hear({ vacant: true });

    const { status, html } = await send(letter.confirm);
    expect(status).toBe(410);
    expect(html).toContain('Your MP has left Parliament.');
  });
});

describe('as Surrey’s councils are replaced', () => {
  beforeEach(() => start('2027-03-31T22:50:00Z'));
  const midnight = () => {
    now = new Date('2027-03-31T23:00:00Z');
  };
  const REPLACED = 'Elmbridge Borough Council and Surrey County Council have been replaced by East Surrey Council';

  test('the page of whom to write to follows at midnight in London', async () => {
    const before = await show('/write?postcode=KT10+9AA');
    expect(before.html).toContain('Write to Elmbridge Borough Council');
    expect(before.html).not.toContain('East Surrey Council');
    midnight();

    const { html } = await show('/write?postcode=KT10+9AA');
    expect(html).toContain(`Since 1 April 2027, ${REPLACED}.`);
    expect(html).toContain('Write to East Surrey Council');
    expect(html).not.toContain('Write to Elmbridge Borough Council');
  });

  test('the letter is to the new council, and an old link leads to the choice', async () => {
    midnight();
    const { status, html } = await show('/write/letter?postcode=KT10+9AA&to=council:east-surrey-2027');
    expect(status).toBe(200);
    expect(html).toContain('Your letter to East Surrey Council');
    expect(html).toContain(REPLACED);
    expect(await show('/write/letter?postcode=KT10+9AA&to=council:E07000207')).toMatchObject({
      status: 303,
      location: '/write?postcode=KT10+9AA',
    });
  });

  test('the lists of names hold the councils of the day', async () => {
    expect((await show('/write/by-name')).html).toMatch(/Elmbridge Borough Council/);
    expect((await show('/write/by-name')).html).not.toMatch(/East Surrey Council/);
    midnight();
    expect((await show('/write/by-name')).html).not.toMatch(/Elmbridge Borough Council|Surrey County Council/);
    expect((await show('/write/by-name')).html).toMatch(/East Surrey Council/);
    expect((await show('/write?council=Nowhere&constituency=')).html).not.toMatch(/Elmbridge Borough Council/);
  });

  test('a form opened the day before is refused, with everything that was typed', async () => {
    midnight();
    const { status, html } = await send('/letters', { ...FORM, ...ELMBRIDGE });
    expect(status).toBe(409);
    expect(html).toContain('This council has been replaced.');
    expect(html).toContain('I mind them.');
  });

  test('a letter that waits for its writer is not sent to an office that is closed', async () => {
    const letter = await write(ELMBRIDGE);
    expect((await show(letter.confirm)).status).toBe(200);
    midnight();

    for (const { status, html } of [await show(letter.confirm), await send(letter.confirm)]) {
      expect(status).toBe(410);
      expect(html).toContain('Since 1 April 2027, Elmbridge Borough Council has been replaced by East Surrey Council.');
      expect(html).toContain('Write to my new council');
      expect(html).toContain('href="/write?postcode&#x3D;KT10+9AA"');
    }
    expect(await mailsTo('council-e07000207@practice.example')).toBe(0);
  });

  test('a letter sent in time says on its own page who took over since', async () => {
    const letter = await write(ELMBRIDGE);
    await send(letter.confirm);
    await expect.poll(() => mailsTo('council-e07000207@practice.example')).toBe(1);
    expect((await show(letter.status)).html).not.toContain('replaced');
    midnight();
    expect((await show(letter.status)).html).toContain('replaced by East Surrey Council');
  });

  test('the API gives the new council with those it replaced', async () => {
    midnight();
    const place = await (await site.get('/api/v1/places/KT10%209AA')).json();
    expect(place).toMatchObject({
      councils: [
        {
          code: 'east-surrey-2027',
          tier: 'unitary',
          replaced: { since: '2027-04-01', councils: [{ code: 'E07000207' }, { code: 'E10000030' }] },
        },
      ],
    });
  });
});
