import { CAMPAIGN, start, scriptWords, UNLIMITED, type Running } from '../bench/processes.ts';
import { freePort } from '../tests/postgres.ts';
import type { PostOffice } from './post-office.ts';

/** One run of one process, from its start to its end. */
export interface Run {
  readonly name: string;
  /** When it was killed (milliseconds of `performance.now`); null: it was not. */
  killedAt: number | null;
}

interface Options {
  readonly processes: number;
  readonly postOffice: PostOffice;
  /** Of the database, and of the stand-ins. */
  readonly settings: Readonly<Record<string, string>>;
  /** How many times faster than the time. */
  readonly clockSpeed: number;
}

export interface Fleet {
  /** Every start there was. */
  readonly runs: readonly Run[];
  readonly urls: readonly string[];
  /** Ends one by the signal that no program hears, and starts it anew. */
  kill(slot: number): Promise<void>;
  stop(): Promise<void>;
  /** Starts the first one anew with a clock that is so much further on. */
  startLater(aheadMs: number): Promise<void>;
}

/** Processes of Pennypost on one database, each at an address of its own, however often it is started anew. */
export async function openFleet({ processes, postOffice, settings, clockSpeed }: Options): Promise<Fleet> {
  const runs: Run[] = [];
  const clockFrom = String(Date.now());
  const ports = await Promise.all(Array.from({ length: processes }, freePort));
  const slots: { run: Run; program: Running }[] = [];

  const begin = async (slot: number, aheadMs = 0): Promise<void> => {
    const run: Run = { name: `run-${runs.length}`, killedAt: null };
    runs.push(run);
    const program = await start([...scriptWords('start').slice(0, -1), 'torture/pennypost.ts'], {
      ...UNLIMITED,
      ...CAMPAIGN,
      ...settings,
      PORT: String(ports[slot]),
      SMTP_URL: postOffice.urlFor(run.name),
      CLOCK_FROM: clockFrom,
      CLOCK_SPEED: String(clockSpeed),
      CLOCK_AHEAD: String(aheadMs),
    });
    slots[slot] = { run, program };
  };
  await Promise.all(ports.map((_, slot) => begin(slot)));

  return {
    runs,
    urls: ports.map((port) => `http://127.0.0.1:${port}`),
    kill: async (slot) => {
      const killed = slots[slot];
      if (!killed) throw new Error(`there is no process ${slot}`);
      killed.run.killedAt = performance.now();
      await killed.program.stop('SIGKILL');
      await begin(slot);
    },
    stop: async () => {
      await Promise.all(slots.map(({ program }) => program.stop()));
    },
    startLater: (aheadMs) => begin(0, aheadMs),
  };
}
