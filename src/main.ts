import './node-version.js';
import { existsSync } from 'node:fs';
import { readConfig } from './config.ts';
import { whyNot } from './why-not.ts';
import { openLog } from './log.ts';
import { announce } from './announce.ts';
import { wire } from './wiring.ts';

/** Requests and the mail in hand get this long to finish after a stop signal. */
const GRACE_MS = 10_000;

try {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = readConfig(process.env);
  const log = openLog(config.logLevel);
  const pennypost = await wire(config, log);

  const stop = async (signal: NodeJS.Signals) => {
    log.info({ event: 'stopping', signal });
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    await pennypost.close();
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);

  announce(config, pennypost);
  log.info({ event: 'started', port: pennypost.port, role: config.role });
} catch (cause) {
  process.stderr.write(`${whyNot(cause)}\n`);
  process.exit(1); // what was opened before it failed would go on: a program that is half there helps nobody
}
