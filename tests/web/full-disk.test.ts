import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { aForm } from '../programs.ts';
import { startSite, type Site } from '../site.ts';

/** SQLite's number for it. */
const FULL = 13;

const FORM = {
  ...aForm('ada@example.org'),
  // Too long for any room that is left.
  body: 'I walk past these cameras with my daughter every day.'.padStart(9_000, 'Please look at them. '),
};

/** The site's own connection to its database, which alone can be told that there is no more room. */
async function siteWithItsConnection(): Promise<{ site: Site; connection: DatabaseSync }> {
  const opening = vi.spyOn(DatabaseSync.prototype, 'exec');
  const site = await startSite();
  const [connection] = opening.mock.contexts as DatabaseSync[];
  opening.mockRestore();
  if (!connection) throw new Error('The site opened no database');
  return { site, connection };
}

describe('while the disk is full', () => {
  let site: Site;
  let connection: DatabaseSync;

  beforeAll(async () => {
    ({ site, connection } = await siteWithItsConnection());
    await site.get('/write?postcode=SE1+2DL');
  });
  afterAll(() => site.close());

  /** SQLite's own way to a full disk: it may take no page more than it has, and those where pages remember what they looked up are full. */
  const fillUp = () => {
    connection.exec(`pragma max_page_count = ${Number(connection.prepare('pragma page_count').get()?.['page_count'])}`);
    const insert = connection.prepare('insert into remembered (key, answer, at) values (?, ?, 0)');
    const count = connection.prepare("insert into counts values ('hikvision', ?, 'E14001085', 'copied', 1)");
    untilFull(() => count.run(randomUUID()));
    for (const where of ['place.1:M1 1AD', 'mp-email.1:', 'seat.1:', 'worker'])
      for (const size of [3_000, 100, 1]) untilFull(() => insert.run(`${where} ${randomUUID()}`, 'x'.repeat(size)));
  };
  const untilFull = (write: () => unknown) => {
    try {
      for (let row = 0; row < 10_000; row++) write();
    } catch (cause) {
      if ((cause as { errcode?: number }).errcode === FULL) return;
      throw cause;
    }
    throw new Error('It is not full');
  };
  const makeRoom = () => connection.exec('pragma max_page_count = 4294967294');
  beforeEach(() => {
    makeRoom();
    fillUp();
  });

  test('pages show as ever', async () => {
    for (const path of ['/', '/write?postcode=M1+1AD', '/write/letter?postcode=M1+1AD&to=council:E08000003', '/facts'])
      expect([path, (await site.get(path)).status]).toEqual([path, 200]);
  });

  test('a letter is given back with every word and a way on, and none is half kept', async () => {
    const answer = await site.post('/letters', FORM);
    const page = await answer.text();
    expect(answer.status).toBe(503);
    expect(page).toContain('We could not keep your letter just now');
    expect(page).toContain('I walk past these cameras with my daughter every day.');
    for (const kept of ['ada@example.org', '1 Tooley Street', 'Cameras above our street']) expect(page).toContain(kept);
    expect(page).toMatch(/formaction="\/letters">Try again/);
    expect(connection.prepare('select count(*) as letters from letters').get()).toEqual({ letters: 0 });
  });

  test('a letter can be copied', async () => {
    for (const path of ['/write/copy', '/write/letter.txt', '/write/letter.eml']) {
      const answer = await site.post(path, FORM);
      expect([path, answer.status]).toEqual([path, 200]);
      expect(await answer.text()).toContain('with my daughter');
    }
  });

  test('the process lives, and all goes on once there is room', async () => {
    expect((await site.post('/letters', FORM)).status).toBe(503);
    expect((await site.get('/healthz')).status).toBe(200);

    makeRoom();
    const answer = await site.post('/letters', FORM);
    expect(answer.status).toBe(303);
    await expect
      .poll(async () => (await site.get('/mailbox')).text(), { timeout: 15_000 })
      .toContain('One step left: send your letter');
    expect((await site.get(answer.headers.get('location')!)).status).toBe(200);
  });
});
