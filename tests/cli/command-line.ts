import { spawnSync } from 'node:child_process';

const ROOT = new URL('../../', import.meta.url).pathname;

/** The words behind "node" with which `npm run pennypost` runs. */
export const PENNYPOST = [
  '--disable-warning=ExperimentalWarning',
  '--import',
  './src/node-version.js',
  'src/pennypost.ts',
];

/** The operator's command line as `npm run pennypost` runs it, with its data in this folder. */
export function commandLine(varDir: string) {
  const through = (program: string, words: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(program, words, {
      cwd: ROOT,
      env: { ...process.env, VAR_DIR: varDir },
    });
    return { status, said: stdout.toString(), complained: stderr.toString() };
  };
  return {
    run: (...words: readonly string[]) => through(process.execPath, [...PENNYPOST, ...words]),
    /** The same where no file may become larger than this many kilobytes. */
    runWithin: (kilobytes: number, ...words: readonly string[]) =>
      through('bash', ['-c', `ulimit -f ${kilobytes}; exec "$0" "$@"`, process.execPath, ...PENNYPOST, ...words]),
  };
}
