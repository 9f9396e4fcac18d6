// The whole of Pennypost as `npm start` builds it, but for its clock, which goes faster from a moment on that all processes share:
// CLOCK_FROM (epoch milliseconds), CLOCK_SPEED, and CLOCK_AHEAD (milliseconds). Only this program knows of them.
import { readConfig } from '../src/config.ts';
import { openLog } from '../src/log.ts';
import { wire } from '../src/wiring.ts';

const [from, speed, ahead] = ['CLOCK_FROM', 'CLOCK_SPEED', 'CLOCK_AHEAD'].map((name) => Number(process.env[name]));
if (!from || !speed || ahead === undefined) throw new Error('CLOCK_FROM, CLOCK_SPEED or CLOCK_AHEAD is missing');

const clock = () => new Date(from + (Date.now() - from) * speed + ahead);
const config = readConfig(process.env);
const pennypost = await wire(config, openLog(config.logLevel), clock);
process.stdout.write(`http://localhost:${pennypost.port}\n`);
process.once('SIGTERM', async () => {
  await pennypost.close();
  process.exit(0);
});
