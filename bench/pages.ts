import { load, median, type Load } from './load.ts';
import { rounded, type Bench } from './measure.ts';
import { startPennypost, startReference, type Running } from './processes.ts';

const ROUNDS = 3;

/** The page with the letter to an MP, its place remembered. */
export const letterPage = against('letter-page', '/write/letter?postcode=SE1+2DL&to=mp:E14001085', 0.7);

/** The API's answer about a postcode, remembered. */
export const places = against('places', '/api/v1/places/SE1%202DL', 0.85);

/** Ours, a bare Express 5 with helmet, and a bare node:http, all sending the same bytes; in turns, so that what slows the machine slows all. */
function against(name: string, path: string, goal: number): Bench {
  return async (seconds) => {
    const ours = await startPennypost();
    const answer = await fetch(ours.url + path);
    const same = { body: await answer.text(), type: answer.headers.get('content-type') ?? '' };
    const references = await Promise.all([startReference('express', same), startReference('node', same)]);
    const [mine, express, node] = await inTurns([ours, ...references], path, seconds);
    await Promise.all([ours, ...references].map((server) => server.stop()));
    if (!mine || !express || !node) throw new Error('a server was not measured');

    const ratio = median(mine.map(({ rate }, round) => rate / (express[round]?.rate ?? Number.NaN)));
    return {
      name,
      ours: rounded(median(mine.map(({ rate }) => rate))),
      reference: rounded(median(express.map(({ rate }) => rate))),
      ratio: rounded(ratio),
      unit: 'requests/s',
      goal: `ratio ≥ ${goal}`,
      met: ratio >= goal,
      notes: {
        bareNode: rounded(median(node.map(({ rate }) => rate))),
        p50Ms: median(mine.map(({ p50 }) => p50)),
        p99Ms: median(mine.map(({ p99 }) => p99)),
        referenceP50Ms: median(express.map(({ p50 }) => p50)),
        referenceP99Ms: median(express.map(({ p99 }) => p99)),
        bytes: same.body.length,
      },
    };
  };
}

async function inTurns(servers: readonly Running[], path: string, seconds: number): Promise<Load[][]> {
  for (const { url } of servers) await load(url + path, Math.min(2, seconds));
  const rounds: Load[][] = servers.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [at, { url }] of servers.entries()) rounds[at]?.push(await load(url + path, seconds));
  }
  return rounds;
}
