import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { aPostgresDatabase } from '../builders.ts';
import { aForm } from '../programs.ts';
import { startSite, type Site } from '../site.ts';

let database: Awaited<ReturnType<typeof aPostgresDatabase>>;
let site: Site;
let server: Client;
let name: string;
beforeAll(async () => {
  database = await aPostgresDatabase(inject('postgresUrl'));
  name = new URL(database.databaseUrl).pathname.slice(1);
  site = await startSite({ settings: { DATABASE_URL: database.databaseUrl } });
  server = new Client({ connectionString: inject('postgresUrl') });
  await server.connect();
});
afterAll(async () => {
  await site.close();
  await server.end();
  await database.remove();
});

const goAway = async () => {
  await server.query(`alter database ${name} allow_connections false`);
  await server.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
};
const comeBack = () => server.query(`alter database ${name} allow_connections true`);
afterEach(comeBack);

test('while PostgreSQL is away a letter is given back with every word, and all goes on when it is back', async () => {
  expect((await site.post('/letters', aForm('ada@example.org'))).status).toBe(303);
  await goAway();

  const answer = await site.post('/letters', aForm('bob@example.org'));
  const page = await answer.text();
  expect(answer.status).toBe(503);
  expect(page).toContain('We could not keep your letter just now');
  expect(page).toContain('with my daughter, as bob@example.org does.');
  expect((await site.get('/')).status).toBe(200);
  expect((await site.get('/healthz')).status).toBe(200);
  const ready = await site.get('/readyz');
  expect([ready.status, await ready.json()]).toEqual([503, expect.objectContaining({ database: 'silent' })]);

  await comeBack();
  expect((await site.post('/letters', aForm('bob@example.org'))).status).toBe(303);
  expect((await site.get('/readyz')).status).toBe(200);
});
