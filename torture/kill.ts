import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startParliament } from '../tests/stand-ins/parliament.ts';
import { startPostcodesIo } from '../tests/stand-ins/postcodes-io.ts';
import { chanceFrom } from './chance.ts';
import { openFleet, type Fleet } from './fleet.ts';
import { judge, lettersIn, type Judged } from './judge.ts';
import { openPostOffice, type PostOffice } from './post-office.ts';
import { settledStates } from './settled-states.ts';
import { confirms, writeLetters } from './writers.ts';

export interface KillOptions {
  readonly seed: number;
  readonly letters: number;
  readonly kills: number;
  readonly processes: number;
  /** Of an empty PostgreSQL database; null: SQLite. */
  readonly databaseUrl: string | null;
}

/** What a rehearsal of sudden deaths came to. */
export interface KillReport extends Judged {
  readonly letters: number;
  readonly kills: number;
  /** Deliveries by their state, two days later. */
  readonly states: Readonly<Record<string, number>>;
}

/** A claim of five minutes runs out in fifteen seconds, which is still long for a handover on the loopback. */
const CLOCK_SPEED = 20;
const LONGEST_PAUSE_MS = 800;
const JUST_AFTER_MS = 4;
const PATIENCE_MS = 120_000;

/** Letters through their whole life, while the processes that carry them are killed at random moments and started anew at once. */
export async function killAtRandom(options: KillOptions): Promise<KillReport> {
  const { letters, kills, processes, databaseUrl } = options;
  const varDir = mkdtempSync(join(tmpdir(), 'pennypost-torture-'));
  const postOffice = await openPostOffice();
  const [postcodes, parliament] = await Promise.all([startPostcodesIo(), startParliament()]);
  const settings = {
    VAR_DIR: varDir,
    POSTCODES_URL: postcodes.url.href,
    PARLIAMENT_URL: parliament.url.href,
    ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }),
  };
  const fleet = await openFleet({ processes, postOffice, settings, clockSpeed: CLOCK_SPEED });
  try {
    await writeWhileKilling(options, fleet, postOffice);
    await untilAllCame(postOffice, letters);
    const states = await settledStates(fleet, { databaseUrl, file: join(varDir, 'pennypost.sqlite') });
    return { letters, kills, states, ...judge(postOffice.taken, fleet.runs, letters) };
  } finally {
    await fleet.stop();
    await Promise.all([postOffice.close(), postcodes.close(), parliament.close()]);
    rmSync(varDir, { recursive: true, force: true });
  }
}

async function writeWhileKilling(
  { seed, letters, kills, processes }: KillOptions,
  fleet: Fleet,
  postOffice: PostOffice,
): Promise<void> {
  const chance = chanceFrom(seed);
  let killed = 0;
  const killAll = async () => {
    for (; killed < kills; killed++) {
      await wait(chance() * LONGEST_PAUSE_MS);
      // Every other time as a yes of the mail server is on its way, or a few milliseconds later: that is when a letter may go twice.
      if (chance() < 0.5) await postOffice.nextYes(LONGEST_PAUSE_MS).then(() => wait(chance() * JUST_AFTER_MS));
      await fleet.kill(Math.floor(chance() * processes));
    }
  };
  // Spread over all kills, so that there is work in hand whenever one comes.
  const turnOf = async (letter: number) => {
    while (killed < Math.floor((letter / letters) * kills)) await wait(10);
  };
  const anyUrl = () => {
    const urls = fleet.urls();
    return urls[Math.floor(Math.random() * urls.length)] ?? '';
  };
  await Promise.all([writeLetters({ letters, postOffice, anyUrl, turnOf }), killAll()]);
}

/** What has not come by then is judged as lost. */
async function untilAllCame({ taken }: PostOffice, letters: number): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  const confirmed = Array.from({ length: letters }, (_, at) => at).filter(confirms).length;
  while (new Set(lettersIn(taken).map(({ id }) => id)).size < confirmed && performance.now() < until) await wait(100);
}
