import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startSite, type Site } from '../site.ts';
import { misdeedsOf, noChromium, openBrowser } from './chromium.ts';

const PHONE = { width: 360, height: 740 };

describe.skipIf(noChromium)('a supporter in a browser', () => {
  let site: Site;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let misdeeds: string[];
  let people = 0;

  beforeAll(async () => {
    [site, browser] = await Promise.all([startSite(), openBrowser()]);
  });
  afterAll(() => Promise.all([browser.close(), site.close()]));

  const open = async (javaScriptEnabled: boolean) => {
    context = await browser.newContext({ viewport: PHONE, javaScriptEnabled });
    page = await context.newPage();
    misdeeds = misdeedsOf(page, site.url.origin);
    people++;
  };
  afterEach(async () => {
    await context.close();
    if (misdeeds.length > 0) throw new Error(misdeeds.join('\n'));
  });

  const go = (path: string) => page.goto(new URL(path, site.url).href);
  const heading = () => page.locator('h1').innerText();
  const sign = async () => {
    await page.getByLabel('Full name').fill('Ada Example');
    await page.getByLabel('Address: street and town').fill('1 Tooley Street\nLondon');
  };

  const tabTo = async (selector: string) => {
    for (let presses = 0; presses < 60; presses++) {
      if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`${selector} cannot be reached with Tab`);
  };

  /** Finds the newest mail with this subject in the practice mailbox; the worker needs a moment. */
  const openMail = async (subject: RegExp) => {
    for (let tries = 0; tries < 40; tries++) {
      await go('/mailbox');
      const mail = page.getByRole('link', { name: subject }).first();
      if (await mail.count()) return mail.click();
      await page.waitForTimeout(100);
    }
    throw new Error('the mail did not come');
  };

  describe.each([
    ['with JavaScript', true],
    ['without JavaScript', false],
  ])('%s', (_, javaScript) => {
    beforeEach(() => open(javaScript));

    test('has a letter to the MP sent, from the postcode to the inbox', async () => {
      await go('/');
      await page.getByLabel('Your postcode').fill('se1 2dl');
      await page.getByRole('button', { name: 'Find my council and MP' }).click();
      await page.getByRole('link', { name: /^Write to (?!.*Southwark)/ }).click();
      await page
        .locator('#body')
        .fill(`${await page.locator('#body').inputValue()}\n\nPerson ${people} walks past them every day.`);
      await sign();
      await page.getByLabel('Your email address').fill(`ada${people}@example.org`);
      await page.getByLabel(/Send exactly this letter/).check();
      await page.getByRole('button', { name: 'Send it for me' }).click();
      expect(await page.locator('main').innerText()).toContain(`ada${people}@example.org`);

      await openMail(/One step left/);
      const link = page.locator('a[href*="/confirm/"]').first();
      await go(new URL((await link.getAttribute('href')) ?? '').pathname);
      await page.getByRole('button', { name: /Send my letter/ }).click();
      expect(page.url()).toContain('/letters/');
      expect(await page.getByRole('link', { name: /council|Southwark/i }).count()).toBeGreaterThan(0);

      await openMail(/national ban/);
      expect(await page.locator('main').innerText()).toContain(`Person ${people} walks past them every day.`);
    });

    test('has one letter to two of three councillors sent, each by name', async () => {
      await go('/write?postcode=SE1+2DL');
      await page.getByRole('checkbox', { name: 'Bo van der Sample, Example Party' }).uncheck();
      await page.getByRole('button', { name: 'Write to your councillors' }).click();
      expect(await heading()).toBe('Your letter to Ada Example and Cy Specimen');
      expect(await page.locator('.openings').innerText()).toContain('Dear Councillor Specimen,');
      await page.locator('#body').fill(`Person ${people} walks past the cameras every day, and minds them.`);
      await sign();
      await page.getByLabel('Your email address').fill(`ada${people}@example.org`);
      await page.getByLabel(/Send exactly this letter to Ada Example and Cy Specimen/).check();
      await page.getByRole('button', { name: 'Send it for me' }).click();

      await openMail(/One step left: send your letter to Ada Example and Cy Specimen/);
      const link = page.locator('a[href*="/confirm/"]').first();
      await go(new URL((await link.getAttribute('href')) ?? '').pathname);
      await page.getByRole('button', { name: /Send my letter/ }).click();
      expect(await page.locator('.delivery').count()).toBe(2);
      expect(await page.getByRole('link', { name: 'Write to my MP too' }).count()).toBe(1);
      // What was sent need not stay on the device.
      await go('/write/letter?postcode=SE1+2DL&to=councillor:E09000028:1&to=councillor:E09000028:3');
      expect(await page.locator('#body').inputValue()).not.toContain('and minds them');
    });

    test('who ticks nobody is asked once more, and who lives next door says so', async () => {
      await go('/write?postcode=OX49+5NU');
      await page.getByRole('checkbox', { name: /Hal Specimen/ }).uncheck();
      await page.getByRole('button', { name: 'Write to your councillor' }).click();
      expect(await page.title()).toMatch(/^Error: /);
      expect(await page.getByRole('alert').innerText()).toContain('Tick at least one of them');
      await page.getByRole('link', { name: /Not my council, ward or constituency/ }).click();
      await page.getByLabel('Your ward').selectOption({ label: 'Watlington' });
      await page.getByRole('button', { name: 'Use this ward' }).click();
      expect(await page.getByRole('checkbox', { name: 'Ivy Sample, Example Party' }).isChecked()).toBe(true);
    });

    test('says that a contact is wrong, and comes back to the letter', async () => {
      await go('/write/letter?postcode=SE1+2DL&to=councillor:E09000028:1');
      await page.getByText('This contact is wrong').click();
      await page.getByLabel('They no longer hold this office').check();
      await page.getByLabel(/What do you know/).fill('She moved away in spring.');
      await page.getByRole('button', { name: 'Tell the organisers' }).click();
      expect(await heading()).toBe('Thank you for telling us.');
    });

    test('copies a letter to the council', async () => {
      await go('/write/letter?postcode=SE1+2DL&to=council:E09000028');
      await sign();
      await page.getByRole('button', { name: 'Copy the letter' }).click();
      await page.waitForURL(/\/write\/copy/);
      const letter = await page.locator('textarea').first().inputValue();
      expect(letter).toMatch(/Yours sincerely,\s+Ada Example\n1 Tooley Street\nLondon\nSE1 2DL$/);
      const mailApp = (await page.locator('a[href^="mailto:"]').first().getAttribute('href')) ?? '';
      expect(mailApp.length).toBeLessThanOrEqual(1_900);
    });

    test('gets back all they typed when something is missing', async () => {
      await go('/write/letter?postcode=SE1+2DL&to=mp:E14001085');
      await page.locator('#body').fill('My own letter, every word of it typed by me and by nobody else.');
      await page.getByLabel('Your email address').fill('ada@@example.org');
      await page.getByRole('button', { name: 'Send it for me' }).click();
      expect(await page.title()).toMatch(/^Error: /);
      expect(await page.locator('#body').inputValue()).toBe(
        'My own letter, every word of it typed by me and by nobody else.',
      );
      await page.getByRole('link', { name: /full name/i }).click();
      expect(await page.evaluate('document.activeElement.id').catch(() => 'name')).toBe('name');
    });

    test('who has a new-build postcode chooses by name', async () => {
      await go('/write?postcode=ZZ99+9ZZ');
      if (javaScript) {
        await page.locator('input[name="council"]').fill('London Borough of Southwark');
        await page.locator('input[name="constituency"]').fill('Bermondsey and Old Southwark');
      } else {
        await page.locator('select[name="council"]').selectOption({ label: 'London Borough of Southwark' });
        await page.locator('select[name="constituency"]').selectOption({ label: 'Bermondsey and Old Southwark' });
      }
      await page.locator('form:has([name="council"]) button').click();
      expect(await page.locator('main').innerText()).toContain('MP for Bermondsey and Old Southwark');
    });
  });

  test('comes from the postcode to the copied letter by keyboard alone', async () => {
    await open(true);
    await go('/');
    await tabTo('#postcode');
    await page.keyboard.type('SE1 2DL');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/write\?/);
    await tabTo('a[href*="to=mp"]');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/write\/letter/);
    await tabTo('#name');
    await page.keyboard.type('Ada Example');
    await page.keyboard.press('Tab');
    await page.keyboard.type('1 Tooley Street');
    await tabTo('[formaction="/write/copy"]');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/write\/copy/);
    expect(await heading()).not.toBe('');
  });

  test('comes from the postcode to a letter to two councillors by keyboard alone', async () => {
    await open(true);
    await go('/write?postcode=SE1+2DL');
    await tabTo('input[value="councillor:E09000028:1"]');
    await page.keyboard.press('Space');
    await tabTo('form[action="/write/letter"] button');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/write\/letter/);
    expect(await heading()).toBe('Your letter to Bo van der Sample and Cy Specimen');
    await tabTo('#starters button');
    await page.keyboard.press('Enter');
    await page.keyboard.type('my children walk there.');
    expect(await page.locator('#body').inputValue()).toMatch(
      /^I live near one of these cameras, and my children walk there\.\n\nI live in the area/,
    );
    await tabTo('details.report summary');
    await page.keyboard.press('Enter');
    await tabTo('input[name="what"]');
  });

  test('finds the letter to the same councillors again, however they were chosen', async () => {
    await open(true);
    const to = (...ids: number[]) => ids.map((id) => `&to=councillor:E09000028:${id}`).join('');
    await go(`/write/letter?postcode=SE1+2DL${to(1, 3)}`);
    await page.locator('#body').fill('My grandmother fled Lhasa, and I will not have those eyes above my street.');
    await page.waitForTimeout(600);
    await go(`/write/letter?postcode=SE1+2DL${to(1)}`);
    expect(await page.locator('#body').inputValue()).not.toContain('Lhasa');
    await go(`/write/letter?postcode=SE1+2DL${to(3, 1)}`);
    expect(await page.locator('#body').inputValue()).toContain('My grandmother fled Lhasa');
  });

  test('sees how much of the letter is in their own words, and finds it again after going away', async () => {
    await open(true);
    await go('/write/letter?postcode=SE1+2DL&to=mp:E14001085');
    expect(await page.locator('#meter-text').innerText()).toMatch(/^0%/);
    await page.locator('#body').fill('My grandmother fled Lhasa, and I will not have those eyes above my street.');
    await expect.poll(() => page.locator('#meter-text').innerText()).toMatch(/^100%/);
    await page.waitForTimeout(600);
    await go('/');
    await go('/write/letter?postcode=SE1+2DL&to=mp:E14001085');
    expect(await page.locator('#body').inputValue()).toContain('My grandmother fled Lhasa');
    await page.getByRole('button', { name: 'Start again' }).click();
    await expect.poll(() => page.locator('#body').inputValue()).toContain('national ban');
  });
});
