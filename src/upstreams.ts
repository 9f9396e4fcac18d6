import { join } from 'node:path';
import { placeFinder, type FindPlace } from './actions/find-place.ts';
import { seatFinder, type FindSeat } from './actions/find-seat.ts';
import { isPracticeMode, type Config } from './config.ts';
import type { PostcodeAreas } from './domain/place.ts';
import { openHttp } from './lookup/http.ts';
import { parliament } from './lookup/parliament.ts';
import { postcodesIo } from './lookup/postcodes-io.ts';
import type { Records } from './records/records.ts';
import type { Database } from './store/database.ts';
import { serveDirectory } from './store/served-directory.ts';

export interface Reachability {
  readonly upstreams: boolean;
  readonly examples: readonly string[];
}

export interface Upstreams {
  readonly findPlace: FindPlace;
  readonly findSeat: FindSeat;
  /** Whether there is a postcode directory on this machine. */
  ownDirectory(): boolean;
  /** Asks each upstream once. */
  reachability(): Promise<Reachability>;
  close(): Promise<void>;
}

interface Needs {
  readonly config: Config;
  readonly db: Database;
  readonly records: Records;
  readonly complain: (event: string, detail: string) => void;
  readonly clock: () => Date;
}

/** A newly imported directory serves within this time. */
const DIRECTORY_REFRESH_MS = 30_000;

/** The operator's own postcode directory and the public services, with their memory in front of them and, in practice mode, example answers behind. */
export function openUpstreams({ config, db, records, complain, clock }: Needs): Upstreams {
  const http = openHttp();
  const { areasFor } = postcodesIo(http, config.postcodesUrl);
  const { seatFor, emailsOf } = parliament(http, config.parliamentUrl);
  const examples = isPracticeMode(config) ? records.examples : { areas: [], seats: {} };
  const { councils, constituencies } = records;
  const directory = serveDirectory(join(config.varDir, 'postcodes.sqlite'), complain);
  const watch = setInterval(directory.refresh, DIRECTORY_REFRESH_MS).unref();

  return {
    findPlace: placeFinder({
      db,
      inDirectory: directory.find,
      areasFor,
      registers: { councils, constituencies },
      examples: examples.areas,
      complain,
      clock,
    }),
    findSeat: seatFinder({ db, seatFor, emailsOf, examples: examples.seats, complain, clock }),
    ownDirectory: () => directory.current() !== undefined,
    reachability: () => askBoth(records.examples.areas, areasFor, seatFor),
    close: async () => {
      clearInterval(watch);
      directory.close();
      await http.close();
    },
  };
}

async function askBoth(
  areas: readonly PostcodeAreas[],
  areasFor: ReturnType<typeof postcodesIo>['areasFor'],
  seatFor: ReturnType<typeof parliament>['seatFor'],
): Promise<Reachability> {
  const [first] = areas;
  if (!first) return { upstreams: true, examples: [] };
  const answers = await Promise.all([areasFor(first.postcode), seatFor(first.constituency.name)]);
  const upstreams = answers.every((answer) => answer.ok || answer.error.kind !== 'unavailable');
  return { upstreams, examples: areas.map(({ postcode }) => postcode) };
}
