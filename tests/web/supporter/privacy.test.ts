import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as retention from '../../../src/domain/retention.ts';
import { days } from '../../builders.ts';
import { startSite, type Site } from '../../site.ts';

let site: Site;
beforeAll(async () => void (site = await startSite()));
afterAll(() => site.close());

describe('the privacy page', () => {
  test('says how long things are kept, in days, by the very constants that delete them', async () => {
    const said = await (await site.get('/privacy')).text();
    for (const sentence of [
      `not within 7 days, we delete the letter`,
      `About ${16} days after it went out`,
      `${retention.TEXT_KEPT / days(1)} days after your letter has been delivered`,
      `${retention.PERSON_KEPT / days(1)} days after it, your name and email`,
      `deleted after ${retention.REPORT_KEPT / days(1)} days`,
      `the answers for ${retention.ANSWER_KEPT / days(1)} days`,
      `kept for ${retention.PRACTICE_MAIL_KEPT / days(1)} days in the practice mailbox`,
      'For 30 days we remember',
    ])
      expect(said).toContain(sentence);
    expect(said).not.toMatch(/NaN|undefined|\s days/);
  });

  test('has no number of days of its own but what the browser keeps', () => {
    const view = readFileSync(new URL('../../../views/supporter/privacy.hbs', import.meta.url), 'utf8');
    expect(view.replaceAll(/<[^>]*>/g, '').match(/[\w-]+ days/g)).toEqual(['seven days']);
  });

  test('promises no less on the letter page', async () => {
    const said = await (await site.get('/write/letter?postcode=SE1+2DL&to=mp:E14001085')).text();
    expect(said).toContain(`until ${retention.TEXT_KEPT / days(1)} days after it is delivered`);
    expect(said).toContain(`your name and email address until ${retention.PERSON_KEPT / days(1)} days after it`);
  });

  test('promises 28 days from the question to the end of the text, and 28 more to the end of the name', () => {
    expect(retention.TEXT_KEPT).toBe(days(14) + days(28));
    expect(retention.PERSON_KEPT).toBe(retention.TEXT_KEPT + days(28));
  });
});
