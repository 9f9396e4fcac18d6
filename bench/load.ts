import autocannon from 'autocannon';

export interface Load {
  /** Requests answered in a second, on average. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly answered: number;
}

const CONNECTIONS = 50;

/** Asks one address again and again over fifty connections. Anything but an answer of the expected kind is an error, and thrown. */
export async function load(url: string, seconds: number, more: Partial<autocannon.Options> = {}): Promise<Load> {
  const result = await autocannon({ url, connections: CONNECTIONS, duration: seconds, ...more });
  if (result.errors > 0 || result['4xx'] > 0 || result['5xx'] > 0) {
    throw new Error(`${url}: ${result.errors} errors, ${result['4xx']} of 4xx, ${result['5xx']} of 5xx`);
  }
  const answered = result['2xx'] + result['3xx'];
  return { rate: answered / result.duration, p50: result.latency.p50, p99: result.latency.p99, answered };
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
