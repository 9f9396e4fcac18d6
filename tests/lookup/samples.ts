import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where recorded answers of the upstreams are; without it the tests that need them are skipped by name. */
export const samples = process.env.UPSTREAM_SAMPLES ?? '';

/** One recorded answer: what was asked, and what came back. */
export interface Sample {
  readonly name: string;
  readonly status: number;
  readonly contentType: string;
  readonly request: string;
  readonly body: string;
}

export function readSample(path: string): string {
  return readFileSync(join(samples, path), 'utf8');
}

/** Every recorded answer of postcodes.io that its index names. */
export function postcodeSamples(): Sample[] {
  if (!samples) return [];
  const [, ...lines] = readSample('postcodes-io/INDEX.tsv').trimEnd().split('\n');
  return lines.map((line) => {
    const [name = '', status, contentType = '', , request = ''] = line.split('\t');
    return { name, status: Number(status), contentType, request, body: readSample(`postcodes-io/${name}.json`) };
  });
}

export function postcodeSampleFiles(): string[] {
  return readdirSync(join(samples, 'postcodes-io')).filter((name) => name.endsWith('.json'));
}
