// npm run torture -- [--seed N] [--letters N] [--kills N] [--only sqlite|postgres]
import { parseArgs } from 'node:util';
import { startPostgres } from '../tests/postgres.ts';
import { killAtRandom } from './kill.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    letters: { type: 'string', default: '2000' },
    kills: { type: 'string', default: '100' },
    only: { type: 'string' },
  },
});
const [seed, letters, kills] = [values.seed, values.letters, values.kills].map(Number);
if (!seed || !letters || !kills) throw new Error('--seed, --letters and --kills are numbers from 1 on');

console.log(`Seed ${seed}: ${letters} letters, one in ten of them never confirmed, and ${kills} kills`);
const size = { seed, letters, kills };
const reports: Record<string, object> = {};
if (values.only !== 'postgres')
  reports['SQLite, 1 process'] = await killAtRandom({ ...size, processes: 1, databaseUrl: null });
if (values.only !== 'sqlite') {
  const postgres = await startPostgres();
  const databaseUrl = await postgres.create();
  reports['PostgreSQL, 4 processes'] = await killAtRandom({ ...size, processes: 4, databaseUrl });
  await postgres.stop();
}
for (const [name, report] of Object.entries(reports)) console.log(name, report);
