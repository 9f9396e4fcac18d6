import './node-version.js';
import { existsSync } from 'node:fs';
import { run } from './cli/verbs.ts';
import { whyNot } from './why-not.ts';

// Whoever reads our words through a pipe may have read enough, as "head" has: what was begun goes on. A full disk is another matter.
process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
  if (cause.code !== 'EPIPE') throw cause;
});

try {
  if (existsSync('.env')) process.loadEnvFile('.env');
  process.exitCode = await run(process.argv.slice(2));
} catch (cause) {
  process.stderr.write(`${whyNot(cause)}\n`);
  process.exitCode = 1;
}
