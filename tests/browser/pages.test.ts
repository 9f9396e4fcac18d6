import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSite, type Site } from '../site.ts';
import { misdeedsOf, noChromium, openBrowser } from './chromium.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const MOST_BYTES = 60 * 1024;

const PAGES = [
  '/',
  '/write?postcode=SE1+2DL',
  '/write?postcode=OX49+5NU',
  '/write?postcode=AB10+1AB',
  '/write?postcode=BT53+7HX',
  '/write?postcode=E1+4TT',
  '/write?postcode=',
  '/write?postcode=hello',
  '/write?postcode=SW1A',
  '/write?postcode=SWIA+IAA',
  '/write?postcode=AB1+0AA',
  '/write?postcode=BFPO+801',
  '/write?postcode=JE2+4WD',
  '/write?postcode=GX11+1AA',
  '/write?postcode=BX1+1LT',
  '/write?postcode=ZZ99+9ZZ',
  '/write/by-name',
  '/write?council=Southwark&constituency=',
  '/write?council=&constituency=Bermondsey+and+Old+Southwark',
  '/write?council=Southwark&constituency=Aberdeen+South',
  '/write?council=Nowhere&constituency=Nowhere',
  '/write?council=&constituency=',
  '/write/letter?postcode=SE1+2DL&to=mp:E14001085',
  '/write/letter?postcode=SE1+2DL&to=council:E09000028',
  '/write/letter?council=E09000028&constituency=E14001085&to=mp:E14001085',
  '/write/letter?postcode=AB10+1AB&to=mp:S14000061',
  '/write/letter?postcode=SE1+2DL&to=mp:nobody',
  '/write?postcode=M1+1AD',
  '/write?postcode=OX49+5NU&division=Chalgrove+and+Watlington',
  '/write?postcode=SE1+2DL&council=E09000007',
  '/write?postcode=SE1+2DL&ward=Nowhere',
  '/write/letter?postcode=SE1+2DL&group=ward',
  '/write/letter?postcode=SE1+2DL&to=councillor:E09000028:1&to=councillor:E09000028:2&to=councillor:E09000028:3',
  '/write/letter?postcode=M1+1AD&to=councillor:E08000003:2',
  '/write/letter?postcode=SE1+2DL&to=councillor:E09000028:1&to=mp:E14001085',
  '/write/another-place?postcode=OX49+5NU',
  '/write/another-place?postcode=E1+1BJ',
  '/contacts/reported',
  '/facts',
  '/privacy',
  '/mailbox',
  '/confirm/nothing',
  '/letters/nothing',
  '/nothing',
];

describe.skipIf(noChromium)('every page', () => {
  let site: Site;
  let browser: Browser;
  const contexts: Record<string, BrowserContext> = {};

  beforeAll(async () => {
    [site, browser] = await Promise.all([
      startSite({ parliament: { vacant: ['Aberdeen South'], withoutEmail: ['North Antrim'] } }),
      openBrowser(),
    ]);
    for (const colorScheme of ['light', 'dark'] as const) {
      // Our own policy forbids the checker's script too, so it is let past it here and nowhere else.
      contexts[colorScheme] = await browser.newContext({
        viewport: { width: 360, height: 740 },
        colorScheme,
        bypassCSP: true,
        reducedMotion: 'reduce',
      });
    }
  });
  afterAll(() => Promise.all([browser.close(), site.close()]));

  const faultsIn = async (page: Page): Promise<string[]> => {
    await page.evaluate(AXE);
    const { violations } = (await page.evaluate(`axe.run({ runOnly: ${JSON.stringify(RULES)} })`)) as {
      violations: { id: string; nodes: { target: string[] }[] }[];
    };
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  };

  const examined = async (visit: (page: Page) => Promise<unknown>) => {
    const found: string[] = [];
    for (const [scheme, context] of Object.entries(contexts)) {
      const page = await context.newPage();
      const misdeeds = misdeedsOf(page, site.url.origin);
      await visit(page);
      found.push(...(await faultsIn(page)).map((fault) => `${scheme}: ${fault}`), ...misdeeds);
      if (await page.evaluate('document.documentElement.scrollWidth > innerWidth'))
        found.push(`${scheme}: scrolls sideways`);
      await page.close();
    }
    return found;
  };

  test.each(PAGES)('%s has nothing that shuts anybody out, in light and dark, at 360 px', async (path) => {
    expect(await examined((page) => page.goto(new URL(path, site.url).href))).toEqual([]);
  });

  // Twenty pages read by axe: long on a machine that is busy.
  test('so has every state on the way of a letter', { timeout: 90_000 }, async () => {
    const found: string[] = [];
    let people = 0;
    const look = async (name: string, page: Page) => {
      found.push(...(await faultsIn(page)).map((fault) => `${name}: ${fault}`));
      if (await page.evaluate('document.documentElement.scrollWidth > innerWidth'))
        found.push(`${name}: scrolls sideways`);
    };
    for (const [scheme, context] of Object.entries(contexts)) {
      const page = await context.newPage();
      await page.goto(new URL('/write/letter?postcode=SE1+2DL&to=mp:E14001085', site.url).href);
      await page.getByRole('button', { name: 'Send it for me' }).click();
      await look(`${scheme} errors`, page);
      await page.getByLabel('Full name').fill(`Ada Example ${scheme}`);
      await page.getByLabel('Address: street and town').fill('1 Tooley Street\nLondon');
      await page.getByLabel('Your email address').fill(`ada${++people}@example.org`);
      await page.getByLabel(/Send exactly this letter/).check();
      await page.getByRole('button', { name: 'Copy the letter' }).click();
      await look(`${scheme} copy`, page);
      await page.goBack();
      await page.getByLabel('Full name').fill(`Ada Example ${scheme}`);
      await page.getByLabel('Address: street and town').fill('1 Tooley Street\nLondon');
      await page.getByLabel('Your email address').fill(`ada${people}@example.org`);
      await page.getByLabel(/Send exactly this letter/).check();
      await page.getByRole('button', { name: 'Send it for me' }).click();
      await look(`${scheme} awaiting`, page);
      await page.waitForTimeout(500);
      await page.goto(new URL('/mailbox', site.url).href);
      await look(`${scheme} mailbox`, page);
      await page
        .getByRole('link', { name: /One step left/ })
        .first()
        .click();
      await look(`${scheme} mail`, page);
      await page.goto((await page.locator('a[href*="/confirm/"]').first().getAttribute('href')) ?? '');
      await look(`${scheme} review`, page);
      await page.getByRole('button', { name: /Send my letter/ }).click();
      await look(`${scheme} on its way`, page);
      await page.close();
    }
    expect(found).toEqual([]);
  });

  test('so has saying that a contact is wrong', async () => {
    const letter = '/write/letter?postcode=SE1+2DL&to=councillor:E09000028:1&to=councillor:E09000028:2';
    const faults = await examined(async (page) => {
      await page.goto(new URL(letter, site.url).href);
      await page.getByText('This contact is wrong').click();
    });
    expect(faults).toEqual([]);
  });

  test.each(PAGES)('%s loads in 60 kB all told', async (path) => {
    const fresh = await browser.newContext();
    const page = await fresh.newPage();
    const sizes: Promise<number>[] = [];
    page.on('requestfinished', (request) => {
      sizes.push(
        request.sizes().then(({ responseBodySize, responseHeadersSize }) => responseBodySize + responseHeadersSize),
      );
    });
    await page.goto(new URL(path, site.url).href, { waitUntil: 'networkidle' });
    const bytes = (await Promise.all(sizes)).reduce((all, size) => all + size, 0);
    expect(bytes).toBeGreaterThan(1_000);
    expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
    await fresh.close();
  });
});
