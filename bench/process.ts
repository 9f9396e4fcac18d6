import autocannon from 'autocannon';
import { median } from './load.ts';
import { rounded, type Bench } from './measure.ts';
import { residentMb, startPennypost, startReference } from './processes.ts';

const MIXED = [
  '/',
  '/write?postcode=SE1+2DL',
  '/write?postcode=OX49+5NU',
  '/write?postcode=hello',
  '/write/letter?postcode=SE1+2DL&to=mp:E14001085',
  '/write/letter?postcode=OX49+5NU&to=council:E07000179',
  '/api/v1/places/SE1%202DL',
  '/api/v1/addressees?postcode=SE1+2DL',
  '/facts',
  '/nothing',
];
/** The share of them that answers 4xx: "hello" and "/nothing". */
const MEANT_TO_BE_REFUSED = 0.2;
const HALF = 25_000;
const MOST_MB = 150;
const FLAT = 1.15;

/** Resident memory after 50,000 mixed requests, and whether the second half of them still made it grow. */
export const memory: Bench = async () => {
  const { halfway, after } = await residentOver(HALF);
  return {
    name: 'memory',
    ours: rounded(after),
    reference: rounded(halfway),
    ratio: rounded(after / halfway),
    unit: 'MB',
    goal: `≤ ${MOST_MB} MB and flat`,
    met: after <= MOST_MB && after / halfway <= FLAT,
    notes: { requests: 2 * HALF },
  };
};

async function residentOver(half: number): Promise<{ halfway: number; after: number }> {
  const { url, pid, stop } = await startPennypost();
  try {
    await mixed(url, half);
    const halfway = residentMb(pid);
    await mixed(url, half);
    return { halfway, after: residentMb(pid) };
  } finally {
    await stop();
  }
}

/** Every path as often as the others, in turns over the same connections. */
async function mixed(url: string, amount: number): Promise<void> {
  const requests = MIXED.map((path) => ({ method: 'GET' as const, path }));
  const result = await autocannon({ url, connections: 50, amount, requests });
  const refused = result['4xx'] / amount;
  const broken = result.errors + result.timeouts + result['5xx'];
  if (broken > 0 || Math.abs(refused - MEANT_TO_BE_REFUSED) > 0.01)
    throw new Error(`${broken} of ${amount} requests failed, and ${rounded(refused * 100)}% were refused`);
}

const STARTS = 5;

/** From the start of the process to listening, against a bare Express app; beside it, to the first page that is answered. */
export const coldStart: Bench = async () => {
  const ours: number[] = [];
  const reference: number[] = [];
  const firstPages: number[] = [];
  for (let start = 0; start < STARTS; start++) {
    const pennypost = await startPennypost();
    ours.push(pennypost.startMs);
    const asked = performance.now();
    await (await fetch(pennypost.url)).text();
    firstPages.push(pennypost.startMs + performance.now() - asked);
    await pennypost.stop();
    const bare = await startReference('express', { body: 'ready', type: 'text/plain' });
    reference.push(bare.startMs);
    await bare.stop();
  }
  const [mine, bare] = [median(ours), median(reference)];
  return {
    name: 'cold-start',
    ours: rounded(mine),
    reference: rounded(bare),
    ratio: rounded(mine / bare),
    unit: 'ms',
    goal: '< 1000 ms',
    met: mine < 1_000,
    notes: { firstPageMs: rounded(median(firstPages)) },
  };
};
