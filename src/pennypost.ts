import './node-version.js';
import { existsSync } from 'node:fs';
import { run } from './cli/verbs.ts';
import { SettingsError } from './config.ts';

try {
  if (existsSync('.env')) process.loadEnvFile('.env');
  process.exitCode = await run(process.argv.slice(2));
} catch (cause) {
  if (!(cause instanceof SettingsError)) throw cause;
  process.stderr.write(`${cause.message}\n`);
  process.exitCode = 1;
}
