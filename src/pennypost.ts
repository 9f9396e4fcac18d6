import './node-version.js';
import { existsSync } from 'node:fs';
import { run } from './cli/verbs.ts';
import { whyNot } from './why-not.ts';

try {
  if (existsSync('.env')) process.loadEnvFile('.env');
  process.exitCode = await run(process.argv.slice(2));
} catch (cause) {
  process.stderr.write(`${whyNot(cause)}\n`);
  process.exitCode = 1;
}
