// npm run bench -- [--json FILE] [--only NAME] [--seconds N] [--postcodes ROWS]
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { claim, claimPostgres } from './claim.ts';
import { drain, drainPostgres } from './drain.ts';
import { importing, lookingUp, placesFrom } from './directory.ts';
import { postLetters } from './letters.ts';
import type { Bench, Measured } from './measure.ts';
import { letterPage, places } from './pages.ts';
import { coldStart, memory } from './process.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    only: { type: 'string' },
    seconds: { type: 'string', default: '5' },
    postcodes: { type: 'string', default: '2700000' }, // about as many as the whole directory has
  },
});
const rows = Number(values.postcodes);

const BENCHES: Readonly<Record<string, Bench>> = {
  'letter-page': letterPage,
  places,
  'post-letters': postLetters,
  drain,
  'drain-postgres': drainPostgres('drain-postgres', 0),
  'drain-postgres-10ms': drainPostgres('drain-postgres-10ms', 10),
  claim,
  'claim-postgres': claimPostgres,
  memory,
  'cold-start': coldStart,
  'import-postcodes': importing(rows),
  'look-up-postcode': lookingUp([rows / 270, rows / 10, rows]),
  'places-from-directory': placesFrom(rows),
};

const results: Measured[] = [];
for (const [name, bench] of Object.entries(BENCHES)) {
  if (values.only === undefined || values.only === name) results.push(await bench(Number(values.seconds)));
}
console.table(results, ['name', 'ours', 'reference', 'ratio', 'unit', 'goal', 'met']);
for (const { name, notes } of results) console.log(name, notes);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
