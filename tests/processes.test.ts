import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { closeDatabase, openDatabase, type Database } from '../src/store/database.ts';
import { aPostgresDatabase, SEALER, type Engine } from './builders.ts';
import { aMailServer, closeMailServers, type Taken } from './mail/mail-servers.ts';
import { handOver, postForm, startProgram, type Program } from './programs.ts';
import { onFreePort } from './free-port.ts';
import { startParliament } from './stand-ins/parliament.ts';
import { startPostcodesIo } from './stand-ins/postcodes-io.ts';

const PATIENCE = { timeout: 180_000 };
const TOKEN = 'only our Prometheus knows';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pennypost-processes-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const running: Program[] = [];
const removals: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((program) => program.stop()));
  for (const remove of removals.splice(0)) await remove();
  await closeMailServers();
});

/** Starts these at once. */
async function startAll(all: readonly Record<string, string>[]): Promise<Program[]> {
  const started = await Promise.allSettled(all.map((settings) => startProgram(settings)));
  running.push(...started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])));
  for (const one of started) if (one.status === 'rejected') throw one.reason;
  return [...running];
}

/** An empty database for processes to share, as their settings name it. */
async function aPlace(engine: Engine): Promise<{ settings: Record<string, string>; open: () => Promise<Database> }> {
  if (engine === 'sqlite') {
    const varDir = mkdtempSync(join(folder, 'var-'));
    const where = { databaseUrl: null, file: join(varDir, 'pennypost.sqlite') };
    return { settings: { VAR_DIR: varDir }, open: () => openDatabase({ ...where, sealer: SEALER }) };
  }
  const { databaseUrl, remove } = await aPostgresDatabase(inject('postgresUrl'));
  removals.push(remove);
  const settings = { DATABASE_URL: databaseUrl, VAR_DIR: mkdtempSync(join(folder, 'var-')) };
  return { settings, open: () => openDatabase({ databaseUrl, file: '', sealer: SEALER }) };
}

describe.each<Engine>(['sqlite', 'postgres'])('programs that start on one database (%s)', (engine) => {
  test('at once, and it is empty, make its tables once and both serve', PATIENCE, async () => {
    const { settings } = await aPlace(engine);
    const programs = await startAll([settings, settings]);

    for (const { url } of programs) expect((await fetch(url)).status).toBe(200);
    for (const { url } of programs)
      await expect.poll(async () => (await fetch(`${url}/readyz`)).status, { timeout: 20_000 }).toBe(200);
  });

  test('that a newer program has written are refused in one sentence', PATIENCE, async () => {
    const { settings, open } = await aPlace(engine);
    const db = await open();
    await sql`update schema_version set version = version + 1`.execute(db.sql);
    await closeDatabase(db);

    const refused = startAll([settings]);
    await expect(refused).rejects.toThrow(/^It ended with 1:\nThe database was written by a newer Pennypost .*\.\n$/);
  });
});

describe('the port for mail that comes back', () => {
  test('is one process’s: a second that works is refused, one that only serves leaves it alone', PATIENCE, async () => {
    const { settings } = await aPlace('sqlite');
    const returningAt = (port: number) => {
      return { ...settings, BOUNCE_DOMAIN: 'returns.example.org', BOUNCE_SMTP_PORT: `${port}` };
    };
    const port = await onFreePort(async (port) => {
      await startAll([returningAt(port)]);
      return port;
    });
    const returning = returningAt(port);

    await startAll([{ ...returning, PENNYPOST_ROLE: 'serve' }]);
    await expect(startAll([returning])).rejects.toThrow(
      `It ended with 1:\nSomething else listens on 127.0.0.1:${port} already. Stop it, or set PORT or BOUNCE_SMTP_PORT`,
    );
  });
});

describe('four processes on one PostgreSQL database', () => {
  const LETTERS = 40;

  test('deliver every letter once', PATIENCE, async () => {
    const [mail, postcodes, parliament, place] = await Promise.all([
      aMailServer(),
      startPostcodesIo(),
      startParliament(),
      aPlace('postgres'),
    ]);
    removals.push(postcodes.close, parliament.close);
    const settings = {
      ...place.settings,
      PUBLIC_URL: 'https://write.example.org',
      SMTP_URL: mail.url,
      MAIL_FROM: 'letters@write.example.org',
      SECRET_KEY: 'a secret key that only the tests know',
      ORGANISERS: 'organiser@example.org',
      POSTCODES_URL: postcodes.url.href,
      PARLIAMENT_URL: parliament.url.href,
      METRICS_TOKEN: TOKEN,
    };
    const roles = ['serve', 'work', 'work', 'both'];
    const programs = await startAll(roles.map((role) => ({ ...settings, PENNYPOST_ROLE: role })));
    const [serving, , , both] = programs.map(({ url }) => url);

    const writers = Array.from({ length: LETTERS }, (_, writer) => `writer.${writer}@example.org`);
    await inTurns(writers, (email, turn) => handOver(turn % 2 === 0 ? serving! : both!, email));
    await expect.poll(() => mail.taken.length, { timeout: 60_000 }).toBe(LETTERS);
    const links = mail.taken.map(confirmPathIn);
    await inTurns(links, async (path, turn) => {
      const confirmed = await postForm(`${turn % 2 === 0 ? both : serving}${path}`);
      expect(confirmed.status).toBe(303);
    });
    await expect.poll(() => mail.taken.length, { timeout: 60_000 }).toBe(2 * LETTERS);

    const handedOver = await Promise.all(programs.map(({ url }) => handoversOf(url)));
    expect(handedOver[0]).toBe(0);
    expect(handedOver.reduce((sum, count) => sum + count)).toBe(2 * LETTERS);
    await Promise.all(running.splice(0).map((program) => program.stop())); // whatever is in hand is finished
    expect(mail.taken).toHaveLength(2 * LETTERS);
    expect(new Set(mail.taken.map(messageIdOf)).size).toBe(2 * LETTERS);
    const letters = mail.taken.filter(({ to }) => !to[0]?.startsWith('writer.'));
    expect(new Set(letters.map(replyToOf))).toEqual(new Set(writers));
  });
});

/** Four at a time, as supporters come. */
async function inTurns<T>(all: readonly T[], act: (one: T, turn: number) => Promise<unknown>): Promise<void> {
  const waiting = [...all.entries()];
  const one = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await act(next[1], next[0]);
  };
  await Promise.all([1, 2, 3, 4].map(one));
}

async function handoversOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`, { headers: { Authorization: `Bearer ${TOKEN}` } })).text();
  return Number(/pennypost_handovers_total\{outcome="accepted"\} (\d+)/.exec(text)?.[1] ?? 0);
}

function confirmPathIn({ raw }: Taken): string {
  const text = raw.replaceAll(/=\r\n/g, '').replaceAll('=3D', '=');
  return /https:\/\/write\.example\.org(\/confirm\/[\w.~-]+)/.exec(text)?.[1] ?? '';
}

function messageIdOf(mail: Taken): string {
  return /^Message-ID: (.+)$/im.exec(headersOf(mail))?.[1] ?? '';
}

function replyToOf(mail: Taken): string {
  return /^Reply-To: .*?([\w.]+@[\w.]+)/im.exec(headersOf(mail))?.[1] ?? '';
}

/** Each on one line. */
function headersOf({ raw }: Taken): string {
  return raw.slice(0, raw.indexOf('\r\n\r\n')).replaceAll(/\r\n[ \t]+/g, ' ');
}
