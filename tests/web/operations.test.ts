import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openPulse, readinessReader } from '../../src/actions/readiness.ts';
import { closeDatabase } from '../../src/store/database.ts';
import type { QueueReading } from '../../src/domain/queue.ts';
import type { Upkeep } from '../../src/domain/upkeep.ts';
import { openMetrics } from '../../src/web/metrics.ts';
import { after, before, days, hours, minutes, NOON, onBothEngines } from '../builders.ts';
import { startSite, type Site } from '../site.ts';

const TOKEN = 'only our Prometheus knows';

onBothEngines('being ready', (store) => {
  const aProcess = (works: boolean) => {
    const at = { now: NOON };
    const clock = () => at.now;
    const pulse = openPulse(store.db, works, clock);
    return { at, beat: pulse.beat, readiness: readinessReader({ db: store.db, pulse, works, clock }) };
  };

  test('is having a database with our tables and a worker seen lately', async () => {
    const { at, beat, readiness } = aProcess(true);
    expect(await readiness()).toEqual({
      ready: false,
      database: 'answers',
      tables: 'current',
      worker: 'not seen',
    });
    await beat();
    at.now = after(NOON, minutes(5));
    expect(await readiness()).toMatchObject({ ready: true, worker: 'seen' });
    at.now = after(NOON, minutes(5) + 1);
    expect(await readiness()).toMatchObject({ ready: false, worker: 'not seen' });
  });

  test('is not spoilt by another’s worker for a process that only serves, which says how it is', async () => {
    const serving = aProcess(false);
    expect(await serving.readiness()).toMatchObject({ ready: true, worker: 'not seen' });
    await aProcess(true).beat();
    expect(await serving.readiness()).toMatchObject({ ready: true, worker: 'seen' });
  });

  test('does not take another’s worker for its own', async () => {
    await aProcess(true).beat();
    expect(await aProcess(true).readiness()).toMatchObject({ ready: false, worker: 'not seen' });
  });

  test('ends when a newer program has changed the tables', async () => {
    const { beat, readiness } = aProcess(true);
    await beat();
    await sql`update schema_version set version = version + 1`.execute(store.db.sql);
    expect(await readiness()).toMatchObject({ ready: false, tables: 'other version' });
    await sql`update schema_version set version = version - 1`.execute(store.db.sql);
  });

  test('ends when the database does not answer', async () => {
    const db = await store.openAgain();
    const pulse = openPulse(db, true, () => NOON);
    await closeDatabase(db);
    const readiness = readinessReader({ db, pulse, works: true, clock: () => NOON });
    expect(await readiness()).toEqual({ ready: false, database: 'silent', tables: 'unknown', worker: 'unknown' });
  });
});

describe('what machines may ask', () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite({ settings: { METRICS_TOKEN: TOKEN } });
  });
  afterAll(() => site.close());
  const metrics = (token = TOKEN) => site.get('/metrics', { Authorization: `Bearer ${token}` });

  test('is whether it is alive and ready', async () => {
    expect(await (await site.get('/healthz')).json()).toEqual({ status: 'ok' });
    await vi.waitFor(async () => expect((await site.get('/readyz')).status).toBe(200));
    expect(await (await site.get('/readyz')).json()).toEqual({
      status: 'ready',
      database: 'answers',
      tables: 'current',
      worker: 'seen',
    });
  });

  test.each(['', 'only our Prometheus know', `${TOKEN} `.repeat(2)])(
    'is no number for the token "%s"',
    async (token) => {
      const answer = await metrics(token);
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
      expect(await answer.text()).toBe('Unauthorized');
    },
  );

  test('are numbers for whoever names the token, about routes and never about anybody', async () => {
    await site.get('/write?postcode=SE1+2DL');
    await site.get('/write?postcode=nonsense');
    await site.get('/confirm/a-secret-token');
    await site.get('/nowhere/ada@example.org');
    const answer = await metrics();
    const text = await answer.text();

    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    expect(text).toContain('pennypost_request_seconds_count{method="GET",route="/write",status="200"} 1');
    expect(text).toContain('pennypost_request_seconds_count{method="GET",route="/confirm/:token",status="404"} 1');
    expect(text).toContain('pennypost_request_seconds_count{method="GET",route="none",status="404"} 1');
    expect(text).toContain('pennypost_lookups_total{of="place",outcome="found"} 1');
    expect(text).toContain('pennypost_lookups_total{of="place",outcome="not-a-postcode"} 1');
    expect(text).toContain('pennypost_database_up 1');
    expect(text).toContain('pennypost_own_postcode_directory 0');
    expect(text).not.toMatch(/SE1|2DL|nonsense|a-secret-token|ada@/);
  });

  test('is no number at all where no token is set', async () => {
    const closed = await startSite();
    expect((await closed.get('/metrics', { Authorization: 'Bearer ' })).status).toBe(404);
    await closed.close();
  });
});

describe('a process that only works', () => {
  test('has no pages, and answers the machines', async () => {
    const settings = { PENNYPOST_ROLE: 'work', PUBLIC_URL: 'http://localhost:3000', METRICS_TOKEN: TOKEN };
    const site = await startSite({ settings });
    for (const path of ['/', '/write?postcode=SE1+2DL', '/mailbox', '/api/v1/places/SE1%202DL'])
      expect((await site.get(path)).status).toBe(404);
    expect((await site.get('/healthz')).status).toBe(200);
    expect((await site.get('/metrics')).status).toBe(401);
    await site.close();
  });
});

describe('the numbers', () => {
  const reading = {
    waiting: [
      { kind: 'letter', stands: 'due', total: 3, oldestDueAt: before(NOON, hours(1)) },
      { kind: 'letter', stands: 'in hand', total: 1, oldestDueAt: before(NOON, minutes(1)) },
      { kind: 'letter', stands: 'later', total: 2, oldestDueAt: after(NOON, hours(1)) },
    ],
    deliveries: new Map([
      ['handed over', 3],
      ['refused', 1],
    ]),
  } as const;

  const upkeep: Upkeep = {
    held: { total: 2, since: before(NOON, days(10)) },
    returned: new Map([['hard bounce', 2]]),
    lists: new Map([
      ['good', 300],
      ['held', 1],
    ]),
    seatsHeardAt: before(NOON, hours(9)),
  };
  const readUpkeep = async () => upkeep;

  test('tell what waits, how late it is, and how much comes back', async () => {
    const text = await openMetrics({ readQueue: async () => reading, readUpkeep, clock: () => NOON }).text();
    expect(text).toContain('pennypost_outbox_mails{kind="letter",stands="due"} 3');
    expect(text).toContain('pennypost_outbox_mails{kind="letter",stands="later"} 2');
    expect(text).toContain('pennypost_outbox_oldest_due_seconds{kind="letter",stands="due"} 3600');
    expect(text).toContain('pennypost_outbox_oldest_due_seconds{kind="letter",stands="in hand"} 60');
    expect(text).not.toContain('pennypost_outbox_oldest_due_seconds{kind="letter",stands="later"}');
    expect(text).toContain('pennypost_deliveries_of_7_days{state="refused"} 1');
    expect(text).toContain('pennypost_bounce_ratio_of_7_days 0.25');
  });

  test('tell how many letters wait for a person, and since when, however long that is', async () => {
    const text = await openMetrics({ readQueue: async () => reading, readUpkeep, clock: () => NOON }).text();
    expect(text).toContain('pennypost_held_deliveries 2');
    expect(text).toContain('pennypost_held_deliveries_oldest_seconds 864000');
  });

  test('tell what came back, and how others’ lists are kept up', async () => {
    const text = await openMetrics({ readQueue: async () => reading, readUpkeep, clock: () => NOON }).text();
    expect(text).toContain('pennypost_returned_mails_of_7_days{kind="hard bounce"} 2');
    expect(text).toContain('pennypost_council_lists{stands="good"} 300');
    expect(text).toContain('pennypost_council_lists{stands="held"} 1');
    expect(text).toContain('pennypost_seats_age_seconds{of="mps"} 32400');
  });

  test('forget what no longer waits, and say so when the database is away', async () => {
    let read: () => Promise<QueueReading> = async () => reading;
    const metrics = openMetrics({ readQueue: () => read(), readUpkeep, clock: () => NOON });
    await metrics.text();
    read = async () => ({ waiting: [], deliveries: new Map() });
    expect(await metrics.text()).not.toContain('kind="letter"');

    read = () => Promise.reject(new Error('away'));
    const text = await metrics.text();
    expect(text).toContain('pennypost_database_up 0');
    expect(text).toContain('process_resident_memory_bytes');
  });

  test('count what came of handovers and look-ups, and time them', async () => {
    const metrics = openMetrics({ readQueue: async () => reading, readUpkeep, clock: () => NOON });
    for (const outcome of ['accepted', 'accepted', 'try later']) metrics.startHandover()(outcome);
    metrics.startLookup('place')('unavailable');
    const text = await metrics.text();
    expect(text).toContain('pennypost_handovers_total{outcome="accepted"} 2');
    expect(text).toContain('pennypost_handovers_total{outcome="try later"} 1');
    expect(text).toContain('pennypost_handover_seconds_count{outcome="accepted"} 2');
    expect(text).toContain('pennypost_lookups_total{of="place",outcome="unavailable"} 1');
    expect(text).toContain('pennypost_lookup_seconds_count{of="place"} 1');
  });
});
