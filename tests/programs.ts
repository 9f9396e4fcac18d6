import { spawn, spawnSync } from 'node:child_process';

const ROOT = new URL('../', import.meta.url).pathname;
const BEFORE = ['--disable-warning=ExperimentalWarning', '--import', './src/node-version.js'];

/** The public services are out of reach unless a test names stand-ins. */
const NOWHERE = 'http://127.0.0.1:9';

type Settings = Readonly<Record<string, string>>;

function environment(settings: Settings): NodeJS.ProcessEnv {
  const upstreams = { POSTCODES_URL: NOWHERE, PARLIAMENT_URL: NOWHERE, MODERNGOV_URL: NOWHERE };
  return { PATH: process.env['PATH'], PORT: '0', HOST: '127.0.0.1', RATE_LIMITS: 'off', ...upstreams, ...settings };
}

/** Pennypost in a process of its own. */
export interface Program {
  readonly pid: number;
  readonly url: string;
  /** All that it has printed. */
  said(): string;
  /** As an operator stops it. Gives the exit code. */
  stop(): Promise<number | null>;
}

/** Starts the real program, as `npm start` does, and waits until it listens. Throws with its words when it ends before. */
export async function startProgram(settings: Settings): Promise<Program> {
  const program = spawn(process.execPath, [...BEFORE, 'src/main.ts'], { cwd: ROOT, env: environment(settings) });
  let said = '';
  const ended = new Promise<number | null>((resolve) => void program.once('exit', resolve));
  const port = await new Promise<string>((resolve, reject) => {
    const hear = (text: Buffer) => {
      said += text.toString();
      const [, heard] = /"event":"started","port":(\d+)/.exec(said) ?? [];
      if (heard !== undefined) resolve(heard);
    };
    program.stdout.on('data', hear);
    program.stderr.on('data', hear);
    void ended.then((code) => reject(new Error(`It ended with ${code}:\n${said}`)));
  });
  return {
    pid: program.pid!,
    url: `http://127.0.0.1:${port}`,
    said: () => said,
    stop: () => {
      program.kill('SIGTERM');
      return ended;
    },
  };
}

/** What the operator's command line answers, and with which exit code. */
export function askOperators(settings: Settings, ...words: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...BEFORE, 'src/pennypost.ts', ...words], {
    cwd: ROOT,
    env: environment(settings),
  });
  return { status, said: stdout.toString() + stderr.toString() };
}
