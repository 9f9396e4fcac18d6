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
import { median } from './load.ts';
import { rounded, type Bench, type Measured } from './measure.ts';
import { CAMPAIGN, QUIET, residentMb, start, scriptWords, UNLIMITED } from './processes.ts';
import { deliveryIdOf, queueLetters } from './queue.ts';
import { startSink } from './start-sink.ts';

const A_SECOND = 4_000; // 20,000 in the five seconds that a bench has
const ROUNDS = 3;

/** Queued letters handed over to a mail server, against bare nodemailer handing it the same mails over as many connections. */
export const drain: Bench = (seconds) =>
  inRounds('drain', 0.8, seconds, async (count) => {
    const folder = mkdtempSync(join(tmpdir(), 'pennypost-drain-'));
    const letters = await queueIn({ databaseUrl: null, file: join(folder, 'pennypost.sqlite') }, count);
    const reference = await bareRate(folder, letters);
    const ours = await ourRate({ VAR_DIR: folder }, 1, count, 0);
    rmSync(folder, { recursive: true });
    return { ...ours, reference };
  });

/** Two processes on one PostgreSQL database, against one; with a mail server that takes so many milliseconds over each mail. */
export function drainPostgres(name: string, takesMs: number): Bench {
  return async (seconds) => {
    const postgres = await startPostgres({ fsync: 'on' }); // as where letters are to be kept
    const drainBy = async (workers: number, count: number) => {
      const databaseUrl = await postgres.create();
      await queueIn({ databaseUrl, file: '' }, count);
      return ourRate({ DATABASE_URL: databaseUrl }, workers, count, takesMs);
    };
    const measured = await inRounds(name, 1.2, seconds, async (count) => {
      const { rate: reference } = await drainBy(1, count);
      return { ...(await drainBy(2, count)), reference };
    });
    await postgres.stop();
    return measured;
  };
}

interface Drained {
  /** Letters a second. */
  readonly rate: number;
  /** Of the largest of the processes, as the last letter left. */
  readonly rssMb: number;
}

type Round = (count: number) => Promise<Drained & { readonly reference: number }>;

/** Ours and the reference in turns, so that what slows the machine slows both. */
async function inRounds(name: string, atLeast: number, seconds: number, once: Round): Promise<Measured> {
  const letters = Math.ceil(seconds * A_SECOND);
  const rounds: Awaited<ReturnType<Round>>[] = [];
  while (rounds.length < ROUNDS) rounds.push(await once(letters));
  const ratios = rounds.map(({ rate, reference }) => rate / reference);
  const ratio = median(ratios);
  return {
    name,
    ours: rounded(median(rounds.map(({ rate }) => rate))),
    reference: rounded(median(rounds.map(({ reference }) => reference))),
    ratio: rounded(ratio),
    unit: 'letters/s',
    goal: `ratio ≥ ${atLeast}`,
    met: ratio >= atLeast,
    notes: {
      letters,
      rssMb: rounded(Math.max(...rounds.map(({ rssMb }) => rssMb))),
      lowestRatio: rounded(Math.min(...ratios)),
      highestRatio: rounded(Math.max(...ratios)),
    },
  };
}

async function queueIn(where: { databaseUrl: string | null; file: string }, count: number): Promise<readonly Letter[]> {
  const db = await openDatabase({ ...where, sealer: sealer(CAMPAIGN.SECRET_KEY) });
  const letters = await queueLetters(db, count, new Date());
  await closeDatabase(db);
  return letters;
}

async function ourRate(
  where: Record<string, string>,
  workers: number,
  count: number,
  takesMs: number,
): Promise<Drained> {
  const sink = await startSink(takesMs);
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
  const sink = await startSink(0);
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
