import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '../store/database.ts';
import { tablesAreCurrent } from '../store/migrate.ts';
import { recall, remember } from '../store/remembered.ts';

/** Whether a process can do its work at this moment. */
export interface Readiness {
  readonly ready: boolean;
  readonly database: 'answers' | 'silent';
  /** `other version`: a newer program has changed the tables meanwhile. */
  readonly tables: 'current' | 'other version' | 'unknown';
  /** Whether mail is being sent: by this process if that is its work, else by any. */
  readonly worker: 'seen' | 'not seen' | 'unknown';
}

export type ReadReadiness = () => Promise<Readiness>;

/** The worker's sign of life. */
export interface Pulse {
  /** To be called whenever the worker looks for mail. */
  beat(): Promise<void>;
  /** When this process's own worker, or, where it has none, any other last gave one. */
  lastBeat(): Promise<Date | undefined>;
}

const KEY = 'worker seen';

/** Written down for the processes that only serve. */
const WRITTEN_EVERY_MS = 60_000;

/** Must outlast the one mail that a worker may have in hand, with all that a slow mail server may take for it. */
const SEEN_WITHIN_MS = 5 * 60_000;

/** A database that takes longer is of no use to anybody who waits for a page. */
const ANSWERS_WITHIN_MS = 3_000;

export function openPulse(db: Database, works: boolean, clock: () => Date): Pulse {
  let last: Date | undefined;
  let written = 0;
  return {
    beat: async () => {
      last = clock();
      if (last.getTime() - written < WRITTEN_EVERY_MS) return;
      await remember(db, KEY, null, last);
      written = last.getTime();
    },
    lastBeat: async () => (works ? last : (await recall(db, KEY))?.at),
  };
}

interface Needs {
  readonly db: Database;
  readonly pulse: Pulse;
  /** Whether sending mail is this process's work: one that only serves is ready without, for what it takes in waits safely. */
  readonly works: boolean;
  readonly clock: () => Date;
}

export function readinessReader({ db, pulse, works, clock }: Needs): ReadReadiness {
  const look = async (): Promise<Readiness> => {
    const tables = (await tablesAreCurrent(db)) ? 'current' : 'other version';
    const last = await pulse.lastBeat();
    const worker = last && clock().getTime() - last.getTime() <= SEEN_WITHIN_MS ? 'seen' : 'not seen';
    return { ready: tables === 'current' && (worker === 'seen' || !works), database: 'answers', tables, worker };
  };
  return () => Promise.race([look(), wait(ANSWERS_WITHIN_MS, SILENT, { ref: false })]).catch(() => SILENT);
}

/** Whatever is wrong with the database, whoever asks for a page next is told of, and the log with them. */
const SILENT: Readiness = { ready: false, database: 'silent', tables: 'unknown', worker: 'unknown' };
