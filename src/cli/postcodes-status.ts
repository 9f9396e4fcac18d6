import { statSync } from 'node:fs';
import { ageOf } from './age.ts';
import { directoryFile, openDirectory } from './directory.ts';
import { inThousands } from './progress.ts';
import { refuse, say, type Verb } from './verb.ts';

export const postcodesStatus: Verb = {
  words: 'postcodes',
  usage: `[status]
      Says which postcode directory of our own serves, how large and how old it is.
`,
  run(rest) {
    if (rest.length > 1 || (rest[0] ?? 'status') !== 'status') return Promise.resolve(null);
    return Promise.resolve(sayStatus(new Date()));
  },
};

function sayStatus(now: Date): number {
  const opened = openDirectory();
  if (!opened.ok) return refuse(`${opened.error}\n`);
  const { release, source, rows, importedAt } = opened.value.about;
  opened.value.close();
  const file = directoryFile();
  const megabytes = (statSync(file).size / 1_000_000).toFixed(1);
  say(
    `${release} serves: ${inThousands(rows)} postcodes, taken in ${ageOf(importedAt, now)} ago from ${source}; ${megabytes} MB in ${file}.\n`,
  );
  return 0;
}
