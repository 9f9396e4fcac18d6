import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { after, days, hours } from '../../builders.ts';
import { aMailServer, closeMailServers, refusal } from '../../mail/mail-servers.ts';
import { A_FORM as FORM, aRealCampaign, startSite, type Site } from '../../site.ts';

let site: Site;
let now: Date;
beforeEach(async () => {
  now = new Date('2026-11-23T12:00:00Z');
  site = await startSite({ clock: () => now });
});
afterEach(() => site.close());

const show = async (path: string) => {
  const answer = await site.get(path);
  return { status: answer.status, html: await answer.text() };
};
const send = async (path: string, form: Record<string, string> = {}) => {
  const answer = await site.post(path, form);
  return { status: answer.status, location: answer.headers.get('location') ?? '', html: await answer.text() };
};

/** The newest mail in the practice mailbox, once there are so many. */
const mail = async (count: number) => {
  const all = async () => (await show('/mailbox')).html.match(/\/mailbox\/[\w-]+/g) ?? [];
  await expect.poll(async () => (await all()).length, { timeout: 5_000 }).toBe(count);
  return (await show((await all())[0] ?? '')).html;
};
const linkIn = (html: string, path: string) => new RegExp(`/${path}/[\\w.-]+`).exec(html)?.[0] ?? '';

/** Hands a letter over. Gives the confirmation mail and where its writer sees what became of it. */
const write = async () => {
  const { location } = await send('/letters', FORM);
  return { status: location, confirmation: await mail(1) };
};
/** …and sends it. */
const writeAndSend = async () => {
  const { status, confirmation } = await write();
  expect((await send(linkIn(confirmation, 'confirm'))).status).toBe(303);
  await mail(2);
  await expect.poll(async () => (await show(status)).html).toContain('Handed over');
  return status;
};

describe('a letter that nobody confirms', () => {
  test('is reminded of once, after a day', async () => {
    const { status } = await write();
    now = after(now, hours(24));

    const reminder = await mail(2);
    expect(reminder).toContain('still waits for you');
    expect(linkIn(reminder, 'confirm')).not.toBe('');
    now = after(now, days(3));
    expect((await show(status)).html).toContain('Now check your email.');
    await mail(2);
  });

  test('is deleted at once by whoever did not write it: looking does nothing, the button does', async () => {
    const { status, confirmation } = await write();
    const notMe = linkIn(confirmation, 'not-me');
    expect((await show(notMe)).html).toContain('You did not write this letter?');
    expect((await show(status)).status).toBe(200);

    expect(await send(notMe)).toMatchObject({ status: 303, location: '/deleted' });
    expect((await show(status)).status).toBe(404);
    expect((await show(linkIn(confirmation, 'confirm'))).status).toBe(404);
    expect((await send(linkIn(confirmation, 'confirm'))).status).toBe(404);
    now = after(now, days(2));
    await mail(1);
  });

  test('cannot be withdrawn by a link made for something else', async () => {
    const { status, confirmation } = await write();
    const token = linkIn(confirmation, 'confirm').split('/').at(-1) ?? '';
    expect((await send(`/not-me/${token}`)).status).toBe(404);
    expect((await show(status)).status).toBe(200);
  });

  test('that was sent meanwhile is not withdrawn, and the page says so', async () => {
    const { confirmation } = await write();
    await send(linkIn(confirmation, 'confirm'));
    const notMe = linkIn(confirmation, 'not-me');
    expect(await show(notMe)).toMatchObject({ status: 409 });
    expect((await send(notMe)).html).toContain('has been sent already');
  });
});

describe('a letter that was sent', () => {
  test('counts as delivered after two days, and its writer is asked twice whether anybody replied', async () => {
    const status = await writeAndSend();
    now = after(now, days(2));
    await expect.poll(async () => (await show(status)).html, { timeout: 5_000 }).toContain('Delivered');
    expect((await show(status)).html).toContain('Step by step');

    now = after(now, days(14));
    const question = await mail(3);
    expect(question).toContain('Did Robin Ashgrove reply?');
    expect(question).toContain('Two weeks ago');
    now = after(now, days(7));
    expect(await mail(4)).toContain('this is the last time');
    now = after(now, days(10));
    await mail(4);
  });

  test('whose writer has said what came back is not asked about again', async () => {
    const status = await writeAndSend();
    now = after(now, days(2));
    await expect.poll(async () => (await show(status)).html, { timeout: 5_000 }).toContain('Delivered');
    now = after(now, days(14));
    const link = /\/letters\/[\w.-]+\?reply=answered/.exec((await mail(3)).replaceAll('&#x3D;', '='))?.[0] ?? '';

    const page = (await show(link)).html;
    expect(page).toMatch(/value="answered" checked/);
    const delivery = /name="([\w-]+)" value="answered"/.exec(page)?.[1] ?? '';
    expect((await show(status)).html).not.toContain('checked');
    expect((await send(`${status}/replies`, { [delivery]: 'answered' })).location).toBe(`${status}#replied`);
    expect((await show(status)).html).toMatch(/value="answered" checked/);
    now = after(now, days(8));
    await expect.poll(async () => (await show(status)).status).toBe(200);
    await mail(3);
  });

  test('takes no answer that nobody offered, and none about somebody else’s letter', async () => {
    const status = await writeAndSend();
    const delivery = /name="([\w-]+)" value="answered"/.exec((await show(status)).html)?.[1] ?? '';
    expect((await send(`${status}/replies`, { [delivery]: 'they shouted' })).status).toBe(303);
    expect((await send('/letters/not-a-token/replies', { [delivery]: 'answered' })).status).toBe(404);
    expect((await show(status)).html).not.toContain('checked');
  });

  test('is deleted at its writer’s word; looking deletes nothing', async () => {
    const status = await writeAndSend();
    const sure = await show(`${status}/delete`);
    expect(sure.html).toContain('cannot be called back');
    expect((await show(status)).status).toBe(200);

    expect(await send(`${status}/delete`)).toMatchObject({ status: 303, location: '/deleted' });
    expect((await show('/deleted')).html).toContain('It is deleted.');
    expect((await show(status)).status).toBe(404);
    expect((await show(`${status}/delete`)).status).toBe(404);
    expect((await send('/letters', FORM)).status).toBe(303);
  });
});

describe('a letter to a mailbox that is full', () => {
  afterEach(() => closeMailServers());

  test('says so where its writer looks, and until when it is tried', async () => {
    const { url, taken } = await aMailServer({
      onRcptTo: ({ address }, _, callback) =>
        callback(address === FORM.email ? null : refusal(552, '5.2.2 Mailbox full')),
    });
    const campaign = await startSite({ settings: aRealCampaign(url), clock: () => now });
    const { headers } = await campaign.post('/letters', FORM);
    const page = async () => (await campaign.get(headers.get('location') ?? '')).text();
    await expect.poll(() => taken.length, { timeout: 5_000 }).toBe(1);
    const link = /\/confirm\/[\w.-]+/.exec(taken[0]!.raw.replaceAll('=\r\n', ''))?.[0] ?? '';
    await campaign.post(link, {});

    await expect.poll(page, { timeout: 5_000 }).toContain('Waiting for room in their mailbox');
    expect(await page()).toMatch(/Their mailbox is full\. .* try again until Wednesday 25 November at 12:00 pm\./);
    expect(await page()).toContain('tried, but their mailbox is full');
    expect(await page()).not.toContain('stayed so');
    await campaign.close();
  });
});

describe('a letter whose writer cannot be reached', () => {
  afterEach(() => closeMailServers());

  test('says so where its writer looks, who may have mistyped their address', async () => {
    const { url } = await aMailServer({
      onRcptTo: ({ address }, _, callback) => callback(address === FORM.email ? refusal(550) : null),
    });
    const campaign = await startSite({ settings: aRealCampaign(url) });
    const { headers } = await campaign.post('/letters', FORM);
    const page = async () => (await campaign.get(headers.get('location') ?? '')).text();

    await expect.poll(page, { timeout: 5_000 }).toContain('Our email did not reach you.');
    expect(await page()).toContain(FORM.email);
    expect(await page()).not.toContain('Now check your email.');
    await campaign.close();
  });
});
