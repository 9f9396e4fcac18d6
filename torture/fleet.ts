import { CAMPAIGN, start, scriptWords, UNLIMITED, type Running } from '../bench/processes.ts';
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
  /** Where those listen that run at this moment. */
  urls(): readonly string[];
  /** Ends one by the signal that no program hears, and starts it anew. */
  kill(slot: number): Promise<void>;
  stop(): Promise<void>;
  /** Starts the first one anew with a clock that is so much further on. */
  startLater(aheadMs: number): Promise<void>;
}

/** Processes of Pennypost on one database. Each start listens at whichever port is free then: one that was let go may be somebody else's by now. */
export async function openFleet({ processes, postOffice, settings, clockSpeed }: Options): Promise<Fleet> {
  const runs: Run[] = [];
  const clockFrom = String(Date.now());
  /** Undefined: it is between two runs. */
  const slots: ({ readonly run: Run; readonly program: Running } | undefined)[] = [];

  const begin = async (slot: number, aheadMs = 0): Promise<void> => {
    const run: Run = { name: `run-${runs.length}`, killedAt: null };
    runs.push(run);
    const program = await start([...scriptWords('start').slice(0, -1), 'torture/pennypost.ts'], {
      ...UNLIMITED,
      ...CAMPAIGN,
      ...settings,
      SMTP_URL: postOffice.urlFor(run.name),
      CLOCK_FROM: clockFrom,
      CLOCK_SPEED: String(clockSpeed),
      CLOCK_AHEAD: String(aheadMs),
    });
    slots[slot] = { run, program };
  };
  await Promise.all(Array.from({ length: processes }, (_, slot) => begin(slot)));

  return {
    runs,
    urls: () => slots.flatMap((slot) => slot?.program.url ?? []),
    kill: async (slot) => {
      const killed = slots[slot];
      if (!killed) throw new Error(`there is no process ${slot}`);
      slots[slot] = undefined;
      killed.run.killedAt = performance.now();
      await killed.program.stop('SIGKILL');
      await begin(slot);
    },
    stop: async () => {
      await Promise.all(slots.map((slot) => slot?.program.stop()));
    },
    startLater: (aheadMs) => begin(0, aheadMs),
  };
}
