import type autocannon from 'autocannon';
import { load, median, type Load } from './load.ts';
import { rounded, type Bench, type Measured } from './measure.ts';
import { startPennypost, startReference, type Running } from './processes.ts';

const ROUNDS = 3;

/** The page with the letter to an MP, its place remembered. */
export const letterPage = against('letter-page', '/write/letter?postcode=SE1+2DL&to=mp:E14001085', 0.7);

/** The API's answer about a postcode, remembered. */
export const places = against('places', '/api/v1/places/SE1%202DL', 0.85);

/** Ours, a bare Express 5 with helmet, and a bare node:http, all sending the same bytes. */
function against(name: string, path: string, goal: number): Bench {
  return async (seconds) => compare({ name, goal, seconds, ours: await startPennypost(), path });
}

interface Comparison {
  readonly name: string;
  /** From which ratio on it is good. */
  readonly goal: number;
  readonly seconds: number;
  readonly ours: Running;
  /** What the references answer with, whatever they are asked. */
  readonly path: string;
  /** How to ask; the path again and again when not said. */
  readonly asking?: Partial<autocannon.Options>;
}

/** Measures ours and the references in turns, so that what slows the machine slows all, and stops them. */
export async function compare({ name, goal, seconds, ours, path, asking }: Comparison): Promise<Measured> {
  const answer = await fetch(ours.url + path);
  const same = { body: await answer.text(), type: answer.headers.get('content-type') ?? '' };
  const references = await Promise.all([startReference('express', same), startReference('node', same)]);
  const ask = ({ url }: Running, seconds: number) => load(url + path, seconds, asking);
  const [mine, express, node] = await inTurns([ours, ...references], ask, seconds);
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
}

async function inTurns(
  servers: readonly Running[],
  ask: (server: Running, seconds: number) => Promise<Load>,
  seconds: number,
): Promise<Load[][]> {
  for (const server of servers) await ask(server, Math.min(2, seconds));
  const rounds: Load[][] = servers.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [at, server] of servers.entries()) rounds[at]?.push(await ask(server, seconds));
  }
  return rounds;
}
