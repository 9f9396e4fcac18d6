import { importPostcodes } from '../../src/actions/import-postcodes.ts';
import { readConstituencies } from '../../src/records/constituencies.ts';
import { readCouncils } from '../../src/records/councils.ts';
import { CHALGROVE, csvOf } from '../records/onspd/rows-of-ours.ts';

// A second process that imports into a directory, says "half way" there, and gets no further.
const [file = ''] = process.argv.slice(2);
const data = new URL('../../data/', import.meta.url);

async function* half(): AsyncGenerator<Buffer> {
  yield Buffer.from(csvOf(CHALGROVE));
  process.stdout.write('half way\n');
  await new Promise(() => setInterval(() => {}, 60_000));
}

await importPostcodes({
  source: { release: 'HALF', bytes: 1_000, names: new Map(), chunks: half(), close: () => {} },
  sourceName: 'half.csv',
  file,
  registers: { councils: readCouncils(data), constituencies: readConstituencies(data) },
  before: null,
  progress: () => {},
  now: new Date(),
});
