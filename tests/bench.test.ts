import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { load } from '../bench/load.ts';

const ROOT = new URL('../', import.meta.url).pathname;

/** What `npm run bench` keeps of one measurement, made small. */
async function measured(name: string): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'pennypost-bench-test-'));
  const file = join(folder, 'results.json');
  const words = ['bench/run.ts', '--only', name, '--seconds', '1', '--postcodes', '2700', '--json', file];
  await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', ...words], { cwd: ROOT });
  const results = JSON.parse(readFileSync(file, 'utf8')) as unknown;
  rmSync(folder, { recursive: true });
  return results;
}

describe('what is measured', () => {
  test('is kept as JSON, each with its reference and ratio', { timeout: 120_000 }, async () => {
    expect(await measured('places-from-directory')).toEqual([
      {
        name: 'places-from-directory',
        ours: expect.any(Number),
        reference: expect.any(Number),
        ratio: expect.any(Number),
        unit: 'requests/s',
        goal: 'ratio ≥ 0.8',
        met: expect.any(Boolean),
        notes: expect.objectContaining({ bareNode: expect.any(Number), p50Ms: expect.any(Number) }),
      },
    ]);
  });

  test('is also the making of a postcode directory, and looking into it', { timeout: 60_000 }, async () => {
    expect(await measured('import-postcodes')).toMatchObject([
      {
        ours: expect.any(Number),
        unit: 's',
        notes: { rows: 2700, peakMb: expect.any(Number), fileMb: expect.any(Number) },
      },
    ]);
    expect(await measured('look-up-postcode')).toMatchObject([
      { unit: 'µs', notes: { rows10: expect.any(Number), rows270: expect.any(Number), rows2700: expect.any(Number) } },
    ]);
  });

  test('is never an error page', async () => {
    const server = createServer((_req, res) => res.writeHead(500).end()).listen(0, '127.0.0.1');
    await new Promise((listening) => server.once('listening', listening));
    const { port } = server.address() as AddressInfo;

    await expect(load(`http://127.0.0.1:${port}/`, 1)).rejects.toThrow(/of 5xx/);
    await new Promise((closed) => server.close(closed));
  });
});
