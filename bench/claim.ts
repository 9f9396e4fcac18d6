import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { closeDatabase, openDatabase, type Database } from '../src/store/database.ts';
import { claimDue, settle } from '../src/store/outbox.ts';
import { sealer } from '../src/store/seal.ts';
import { startPostgres } from '../tests/postgres.ts';
import { median } from './load.ts';
import { compared, type Bench, type Measured } from './measure.ts';
import { queueLetters } from './queue.ts';

const A_SECOND = 200_000; // a million in the five seconds that a bench has
const FEW = 1_000;
const WARM_UP = 400;
const CLAIMS = 400;

/** What claiming one mail costs when a million are queued, against a thousand. */
export const claim: Bench = async (seconds) => {
  const folder = mkdtempSync(join(tmpdir(), 'pennypost-claim-'));
  const measured = await among('claim', Math.ceil(seconds * A_SECOND), async (name) => ({
    databaseUrl: null,
    file: join(folder, name),
  }));
  rmSync(folder, { recursive: true });
  return measured;
};

/** The same on PostgreSQL. */
export const claimPostgres: Bench = async (seconds) => {
  const postgres = await startPostgres();
  const where = async () => ({ databaseUrl: await postgres.create(), file: '' });
  const measured = await among('claim-postgres', Math.ceil(seconds * A_SECOND), where);
  await postgres.stop();
  return measured;
};

type Where = (name: string) => Promise<{ readonly databaseUrl: string | null; readonly file: string }>;

async function among(name: string, queued: number, where: Where): Promise<Measured> {
  const reference = await costAmong(FEW, await where('few'));
  const ours = await costAmong(queued, await where('many'));
  return compared({ name, ours, reference, unit: 'ms', notes: { queued, reference: FEW } }, 1.5);
}

/** Milliseconds for one claim and its end, as the median of many. */
async function costAmong(queued: number, where: Awaited<ReturnType<Where>>): Promise<number> {
  const db = await openDatabase({ ...where, sealer: sealer('a secret key that only the benches know') });
  const now = new Date();
  await queueLetters(db, 1, now);
  await queueMails(db, queued, now);
  const costs: number[] = [];
  for (let count = 0; count < WARM_UP + CLAIMS; count++) {
    const from = performance.now();
    const [item] = await claimDue(db, now, 1);
    if (!item) throw new Error('nothing was left to claim');
    await settle(db, item.id, 'dropped', now);
    costs.push(performance.now() - from);
  }
  await closeDatabase(db);
  return median(costs.slice(WARM_UP));
}

/** Mails of one letter, due one after the other, and as a running database knows them. */
async function queueMails({ sql: db }: Database, count: number, now: Date): Promise<void> {
  const first = now.getTime() - count;
  await sql`with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ${count})
    insert into outbox (id, kind, letter_id, delivery_id, due_at, attempts)
    select 'mail-' || n, 'letter', 'letter-0', 'delivery-' || n, ${sql.lit(first)} + n, 0 from numbers`.execute(db);
  await sql`analyze`.execute(db);
}
