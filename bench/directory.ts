import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Postcode } from '../src/domain/postcode.ts';
import { openPostcodeDirectory } from '../src/store/postcode-directory.ts';
import { madeUpPostcodes, writeMadeUpZip } from './made-up-postcodes.ts';
import { median } from './load.ts';
import { rounded, type Bench } from './measure.ts';
import { compare } from './pages.ts';
import { aVarDir, runVerb, startPennypost } from './processes.ts';

const MOST_SECONDS = 60;
const MOST_MB = 300;
const LARGEST_FILE_MB = 150;

/** What the operator's command line needs for a directory of so many postcodes, in a process of its own. */
export function importing(rows: number): Bench {
  return async () => {
    const { varDir, tookMs, peakMb } = await imported(rows);
    const fileMb = statSync(join(varDir, 'postcodes.sqlite')).size / 1_000_000;
    rmSync(varDir, { recursive: true });
    return {
      name: 'import-postcodes',
      ours: rounded(tookMs / 1_000),
      reference: null,
      ratio: null,
      unit: 's',
      goal: `≤ ${MOST_SECONDS} s, ≤ ${MOST_MB} MB of memory, ≤ ${LARGEST_FILE_MB} MB of file`,
      met: tookMs <= MOST_SECONDS * 1_000 && peakMb <= MOST_MB && fileMb <= LARGEST_FILE_MB,
      notes: { rows, peakMb: rounded(peakMb), fileMb: rounded(fileMb) },
    };
  };
}

const LOOK_UPS = 100_000;
const MOST_MICROSECONDS = 20;

/** How long one look-up takes within the process, over random postcodes, in directories of these sizes; the first is the reference. */
export function lookingUp(sizes: readonly number[]): Bench {
  return async () => {
    const medians: number[] = [];
    for (const rows of sizes) medians.push(await medianLookUp(rows));
    const slowest = Math.max(...medians);
    const [smallest = Number.NaN] = medians;
    return {
      name: 'look-up-postcode',
      ours: rounded(slowest),
      reference: rounded(smallest),
      ratio: rounded(slowest / smallest),
      unit: 'µs',
      goal: `≤ ${MOST_MICROSECONDS} µs, whatever the size`,
      met: slowest <= MOST_MICROSECONDS,
      notes: Object.fromEntries(sizes.map((rows, at) => [`rows${rows}`, rounded(medians[at] ?? Number.NaN)])),
    };
  };
}

/** Microseconds. */
async function medianLookUp(rows: number): Promise<number> {
  const { varDir } = await imported(rows);
  const directory = openPostcodeDirectory(join(varDir, 'postcodes.sqlite'));
  const asked = atRandom([...madeUpPostcodes(rows)], LOOK_UPS);
  const times = asked.map((postcode) => {
    const from = performance.now();
    if (!directory.find(postcode as Postcode)) throw new Error(`${postcode} is not in the directory`);
    return (performance.now() - from) * 1_000;
  });
  directory.close();
  rmSync(varDir, { recursive: true });
  return median(times);
}

const PER_CONNECTION = 1_000;

/** The API's answer about postcodes from the directory, each connection asking about a thousand of its own, at random. */
export function placesFrom(rows: number): Bench {
  return async (seconds) => {
    const { varDir } = await imported(rows);
    const inUse = [...madeUpPostcodes(rows)].filter((_, at) => at % 3 !== 2);
    const requests = () =>
      atRandom(inUse, PER_CONNECTION).map((postcode) => ({ method: 'GET' as const, path: pathOf(postcode) }));
    return compare({
      name: 'places-from-directory',
      goal: 0.8,
      seconds,
      ours: await startPennypost(varDir),
      path: pathOf(inUse[0] ?? ''),
      asking: { setupClient: (client) => client.setRequests(requests()) },
    });
  };
}

function pathOf(postcode: string): string {
  return `/api/v1/places/${encodeURIComponent(postcode)}`;
}

async function imported(rows: number) {
  const varDir = aVarDir();
  const zip = join(varDir, 'made-up.zip');
  await writeMadeUpZip(zip, rows);
  const cost = runVerb(varDir, 'postcodes', 'import', zip);
  rmSync(zip);
  return { varDir, ...cost };
}

function atRandom(postcodes: readonly string[], count: number): readonly string[] {
  return Array.from({ length: count }, () => postcodes[Math.floor(Math.random() * postcodes.length)] ?? '');
}
