import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { aPostgresDatabase } from '../builders.ts';
import { askOperators, handOver, startProgram, type Program } from '../programs.ts';

const varDir = mkdtempSync(join(tmpdir(), 'pennypost-moving-'));
let target: Awaited<ReturnType<typeof aPostgresDatabase>>;
let running: Program | undefined;
beforeAll(async () => {
  target = await aPostgresDatabase(inject('postgresUrl'));
});
afterEach(() => running?.stop());
afterAll(async () => {
  await target.remove();
  rmSync(varDir, { recursive: true, force: true });
});

test('a campaign that has moved to PostgreSQL goes on there with every letter', { timeout: 120_000 }, async () => {
  const onSqlite = { VAR_DIR: varDir };
  const onPostgres = { VAR_DIR: varDir, DATABASE_URL: target.databaseUrl };
  running = await startProgram(onSqlite);
  const statusPage = await handOver(running.url, 'ada@example.org');

  const tooEarly = await askOperators(onPostgres, 'move');
  expect(tooEarly).toEqual({
    status: 1,
    said: expect.stringContaining('Stop the server first. Nothing has been copied.'),
  });
  await running.stop();
  expect((await askOperators(onSqlite, 'move')).said).toContain('Set DATABASE_URL');

  const { status, said } = await askOperators(onPostgres, 'move');
  expect(status).toBe(0);
  expect(said).toMatch(/^letters: 1 row, the same on both sides$/m);
  expect(said).toMatch(/^All \d+ rows are in PostgreSQL\./m);
  expect((await askOperators(onPostgres, 'move')).said).toContain('The PostgreSQL database is not empty.');

  running = await startProgram(onPostgres);
  const page = await fetch(new URL(statusPage, running.url));
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('ada@example.org')]);
});
