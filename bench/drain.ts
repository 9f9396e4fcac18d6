import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startPostgres } from '../tests/postgres.ts';
import { textFor, type Letter } from '../src/domain/letter.ts';
import { CONNECTIONS } from '../src/mail/transport.ts';
import { closeDatabase, openDatabase } from '../src/store/database.ts';
import { sealer } from '../src/store/seal.ts';
import { compared, rounded, type Bench } from './measure.ts';
import { CAMPAIGN, QUIET, residentMb, start, scriptWords, UNLIMITED } from './processes.ts';
import { deliveryIdOf, queueLetters } from './queue.ts';
import { startSink } from './start-sink.ts';

const A_SECOND = 4_000; // 20,000 in the five seconds that a bench has

/**
 * Queued letters handed over to a mail server, against bare nodemailer handing it the same mails over as many connections; before and
 * after, so that what slows the machine slows both.
 */
export const drain: Bench = async (seconds) => {
  const count = Math.ceil(seconds * A_SECOND);
  const folder = mkdtempSync(join(tmpdir(), 'pennypost-drain-'));
  const letters = await queueIn({ databaseUrl: null, file: join(folder, 'pennypost.sqlite') }, count);
  const before = await bareRate(folder, letters);
  const ours = await ourRate({ VAR_DIR: folder }, 1, count);
  const after = await bareRate(folder, letters);
  rmSync(folder, { recursive: true });
  return measured('drain', ours, (before + after) / 2, 0.8, count);
};

/** Two processes on one PostgreSQL database, against one. */
export const drainPostgres: Bench = async (seconds) => {
  const count = Math.ceil(seconds * A_SECOND);
  const postgres = await startPostgres();
  const rateOf = async (workers: number) => {
    const databaseUrl = await postgres.create();
    await queueIn({ databaseUrl, file: '' }, count);
    return ourRate({ DATABASE_URL: databaseUrl }, workers, count);
  };
  const one = await rateOf(1);
  const two = await rateOf(2);
  await postgres.stop();
  return measured('drain-postgres', two, one.rate, 1.2, count);
};

interface Drained {
  readonly rate: number;
  /** Of the largest of the processes, as the last letter left. */
  readonly rssMb: number;
}

function measured(name: string, { rate, rssMb }: Drained, reference: number, atLeast: number, letters: number) {
  const notes = { letters, rssMb: rounded(rssMb) };
  return compared({ name, ours: rate, reference, unit: 'letters/s', notes }, { atLeast });
}

async function queueIn(where: { databaseUrl: string | null; file: string }, count: number): Promise<readonly Letter[]> {
  const db = await openDatabase({ ...where, sealer: sealer(CAMPAIGN.SECRET_KEY) });
  const letters = await queueLetters(db, count, new Date());
  await closeDatabase(db);
  return letters;
}

async function ourRate(where: Record<string, string>, workers: number, count: number): Promise<Drained> {
  const sink = await startSink();
  const settings = { ...UNLIMITED, ...CAMPAIGN, ...where, SMTP_URL: sink.smtpUrl };
  const running = await Promise.all(Array.from({ length: workers }, () => start(scriptWords('start'), settings)));
  const rate = await sink.rateOf(count);
  const rssMb = Math.max(...running.map(({ pid }) => residentMb(pid)));
  await Promise.all([...running, sink].map(({ stop }) => stop()));
  return { rate, rssMb };
}

async function bareRate(folder: string, letters: readonly Letter[]): Promise<number> {
  const file = join(folder, 'mails.jsonl');
  writeFileSync(file, letters.map((letter) => `${JSON.stringify(mailOf(letter))}\n`).join(''));
  const sink = await startSink();
  await promisify(execFile)(process.execPath, [QUIET, 'bench/bare-mailer.ts', sink.smtpUrl, file, String(CONNECTIONS)]);
  const rate = await sink.rateOf(letters.length);
  await sink.stop();
  return rate;
}

function mailOf(letter: Letter) {
  const { id, from, subject, to } = letter;
  const [addressee] = to;
  if (!addressee) throw new Error('a letter to nobody');
  return {
    messageId: `<${deliveryIdOf(id)}.letter@campaign.example>`,
    from: { name: from.name, address: CAMPAIGN.MAIL_FROM },
    replyTo: { name: from.name, address: from.email },
    to: { name: addressee.name, address: addressee.email },
    subject,
    text: textFor(letter, addressee),
  };
}
