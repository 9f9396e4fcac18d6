import { execFile, spawn } from 'node:child_process';

const ROOT = new URL('../', import.meta.url).pathname;
const BEFORE = ['--disable-warning=ExperimentalWarning', '--import', './src/node-version.js'];

/** The public services are out of reach unless a test names stand-ins. */
const NOWHERE = 'http://127.0.0.1:9';

type Settings = Readonly<Record<string, string>>;

function environment(settings: Settings): NodeJS.ProcessEnv {
  const upstreams = { POSTCODES_URL: NOWHERE, PARLIAMENT_URL: NOWHERE, MODERNGOV_URL: NOWHERE };
  const fast = { RATE_LIMITS: 'off', LETTERS_AN_HOUR: '3600000', LETTERS_A_MINUTE: '60000' };
  return { PATH: process.env['PATH'], PORT: '0', HOST: '127.0.0.1', ...fast, ...upstreams, ...settings };
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
export async function startProgram(settings: Settings, cwd = ROOT): Promise<Program> {
  const program = spawn(process.execPath, [...BEFORE, 'src/main.ts'], { cwd, env: environment(settings) });
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
export async function askOperators(settings: Settings, ...words: string[]): Promise<{ status: number; said: string }> {
  return await new Promise((resolve) => {
    const options = { cwd: ROOT, env: environment(settings) };
    execFile(process.execPath, [...BEFORE, 'src/pennypost.ts', ...words], options, (error, stdout, stderr) =>
      resolve({ status: error ? Number(error.code) : 0, said: stdout + stderr }),
    );
  });
}

/** A letter to an MP, as the form of its page sends it. */
export function aForm(email: string): Record<string, string> {
  return {
    postcode: 'SE1 2DL',
    to: 'mp:E14001085',
    name: 'Ada Example',
    email,
    address: '1 Tooley Street\nLondon',
    subject: 'Cameras above our street',
    body: `Dear Member of Parliament,\n\nI walk past these cameras with my daughter, as ${email} does.\n\nYours sincerely,`,
    consent: 'yes',
  };
}

/** Hands a letter over as a supporter's browser does. Gives the path of its status page. */
export async function handOver(url: string, email: string): Promise<string> {
  const answer = await postForm(`${url}/letters`, aForm(email));
  const status = answer.headers.get('location');
  if (answer.status !== 303 || status === null) throw new Error(`A letter was answered with ${answer.status}`);
  return status;
}

export function postForm(url: string, form: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: { 'Sec-Fetch-Site': 'same-origin' },
    redirect: 'manual',
  });
}
