import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startParliament } from '../tests/stand-ins/parliament.ts';
import { startPostcodesIo } from '../tests/stand-ins/postcodes-io.ts';

const ROOT = new URL('../', import.meta.url).pathname;

/** A server in a process of its own. */
export interface Running {
  readonly url: string;
  readonly pid: number;
  /** Milliseconds from the start of the process to its first word that it listens. */
  readonly startMs: number;
  stop(): Promise<void>;
}

/** Ours, with the folder of its database. */
export interface Pennypost extends Running {
  readonly varDir: string;
}

/** Starts Pennypost exactly as `npm start` does, between stand-ins of the public services, without limits per address. The folder is taken away when it stops. */
export async function startPennypost(varDir = aVarDir()): Promise<Pennypost> {
  const [postcodes, parliament] = await Promise.all([startPostcodesIo(), startParliament()]);
  const settings = {
    PORT: '0',
    VAR_DIR: varDir,
    RATE_LIMITS: 'off',
    LETTERS_AN_HOUR: '3600000',
    LETTERS_A_MINUTE: '60000',
    LOG_LEVEL: 'warn',
    POSTCODES_URL: postcodes.url.href,
    PARLIAMENT_URL: parliament.url.href,
  };
  const running = await start(scriptWords('start'), settings);
  return {
    ...running,
    varDir,
    stop: async () => {
      await running.stop();
      await Promise.all([postcodes.close(), parliament.close()]);
      rmSync(varDir, { recursive: true, force: true });
    },
  };
}

export function aVarDir(): string {
  return mkdtempSync(join(tmpdir(), 'pennypost-bench-'));
}

/** Runs the operator's command line to its end as `npm run pennypost` does, and gives how long it took, in milliseconds, and the most memory it held, in MB. */
export function runVerb(varDir: string, ...words: readonly string[]): { tookMs: number; peakMb: number } {
  const peak = join(varDir, 'peak');
  const from = performance.now();
  execFileSync(process.execPath, ['--import', './bench/peak.ts', ...scriptWords('pennypost'), ...words], {
    cwd: ROOT,
    env: { ...process.env, VAR_DIR: varDir, PEAK_FILE: peak },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return { tookMs: performance.now() - from, peakMb: Number(readFileSync(peak, 'utf8')) / 1024 };
}

/** The words of `npm run NAME` behind "node": what is measured is what people run. */
function scriptWords(name: 'start' | 'pennypost'): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  return scripts[name]?.split(' ').slice(1) ?? [];
}

const QUIET = '--disable-warning=ExperimentalWarning';

export type ReferenceKind = 'express' | 'node';

/** A bare server that answers everything with these ready-made bytes. */
export async function startReference(
  kind: ReferenceKind,
  { body, type }: { body: string; type: string },
): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'pennypost-reference-'));
  const file = join(folder, 'answer');
  writeFileSync(file, body);
  const running = await start([QUIET, 'bench/reference.ts', kind, file, type], {});
  return {
    ...running,
    stop: async () => {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function start(words: readonly string[], settings: Record<string, string>): Promise<Running> {
  const from = performance.now();
  const program = spawn(process.execPath, words, {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await addressIn(program);
  return {
    url,
    pid: program.pid ?? 0,
    startMs: performance.now() - from,
    stop: () =>
      new Promise((resolve) => {
        program.once('exit', () => resolve());
        program.kill('SIGTERM');
      }),
  };
}

function addressIn(program: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    program.once('exit', (code) => reject(new Error(`the server stopped with ${code} before it listened`)));
    program.stdout?.on('data', (text: Buffer) => {
      said += text.toString();
      const [, port] = /http:\/\/localhost:(\d+)/.exec(said) ?? [];
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
    });
  });
}
