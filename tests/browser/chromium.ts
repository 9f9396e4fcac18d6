import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

/** Where Chromium is usually installed; CHROMIUM names another place. */
const PLACES = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const found = PLACES.find((place) => place !== undefined && existsSync(place));

/** Said in the name of every test that Chromium is missing for. */
export const noChromium = found === undefined;
if (noChromium) console.log('No Chromium found (CHROMIUM names it): the tests of the pages in a browser are skipped.');

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: found ?? '',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

/** What a page did that none of ours may do: reported errors, broke its own policy, or asked anybody else for something. */
export function misdeedsOf(page: Page, origin: string): string[] {
  const misdeeds: string[] = [];
  page.on('pageerror', (error) => misdeeds.push(error.message));
  page.on('console', (line) => {
    const expected = /status of 4\d\d|status of 503/.test(line.text()); // the page itself answered so
    if (line.type() === 'error' && !expected) misdeeds.push(line.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) misdeeds.push(request.url());
  });
  return misdeeds;
}
