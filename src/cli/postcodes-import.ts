import { basename } from 'node:path';
import { importPostcodes, type ImportedPostcodes, type ImportRefusal } from '../actions/import-postcodes.ts';
import { openOnspd, type OnspdFile } from '../records/onspd/file.ts';
import { ourRegisters } from './context.ts';
import { directoryFile, openDirectory } from './directory.ts';
import { readOptions } from './options.ts';
import { inThousands, openProgress, timeOf } from './progress.ts';
import { refuse, say, type Verb } from './verb.ts';

export const postcodesImport: Verb = {
  words: 'postcodes import',
  usage: `FILE [--names FOLDER] [--smaller]
      Makes a postcode directory of our own from the ONS Postcode Directory (or NSPL), any release since 2023: the zip, or the CSV out of it.
      No supporter's postcode that is in it leaves the server. The one before serves until the new one is complete.
      --names    where the tables of names of wards and divisions are, if not in the zip or in Documents/ beside Data/
      --smaller  takes it even if it has lost a tenth of its postcodes or more
`,
  async run(rest) {
    const asked = readOptions(rest, { flags: ['smaller'], texts: ['names'] });
    const [file, ...more] = asked?.words ?? [];
    if (!asked || file === undefined || more.length > 0) return null;

    const opened = await openOnspd(file, asked.text('names'));
    if (!opened.ok) return refuse(`Nothing was changed. ${opened.error}\n`);
    const source = opened.value;
    try {
      return await take(source, file, asked.is('smaller'));
    } finally {
      source.close();
    }
  },
};

async function take(source: OnspdFile, file: string, smaller: boolean): Promise<number> {
  const from = performance.now();
  const progress = openProgress('postcodes', () => performance.now());
  const imported = await importPostcodes({
    source,
    sourceName: basename(file),
    file: directoryFile(),
    registers: ourRegisters(),
    before: smaller ? null : rowsThatServe(),
    progress: (bytes, rows) => progress.at(bytes / source.bytes, rows),
    now: new Date(),
  });
  progress.end();
  if (!imported.ok) return refuse(`Nothing was changed. ${sayRefusal(imported.error, file)}\n`);
  say(sayImported(imported.value, source, performance.now() - from));
  return 0;
}

/** Null: none, or one that cannot be read, which anything may replace. */
function rowsThatServe(): number | null {
  const serving = openDirectory();
  if (!serving.ok) return null;
  serving.value.close();
  return serving.value.about.rows;
}

function sayRefusal(refusal: ImportRefusal, file: string): string {
  switch (refusal.kind) {
    case 'no-columns':
      return `${file} is no ONS Postcode Directory, as a zip or as CSV: its first line has ${refusal.reason}.`;
    case 'wrong-line':
      return `${file} is broken or cut off. Line ${refusal.line}: ${refusal.reason}.`;
    case 'no-rows':
      return `${file} has no postcodes in it.`;
    case 'fewer':
      return `${file} has ${inThousands(refusal.rows)} postcodes, and what serves has ${inThousands(refusal.before)}: perhaps it is cut off. To take it all the same, add --smaller.`;
    case 'another-import':
      return 'Another import is under way.';
    case 'disk':
      return `The disk is full, or does not take what is written to ${directoryFile()} (${refusal.detail}).`;
  }
}

const MOST_NAMED = 10;

function sayImported(imported: ImportedPostcodes, { release, names }: OnspdFile, tookMs: number): string {
  const { rows, ended, ofTheIslands, nowhere, unknown, wards, divisions, nameless } = imported;
  const lines = [
    `${release}: ${inThousands(rows)} postcodes in ${timeOf(tookMs)}. ${inThousands(ended)} have ended, ${inThousands(ofTheIslands)} are of the islands.`,
    `${inThousands(wards)} wards, ${inThousands(divisions)} county divisions.`,
  ];
  if (names.size === 0)
    lines.push(
      'It came without tables of names, so that no councillors can be found by it: import the zip, or say --names FOLDER.',
    );
  else if (nameless.length > 0)
    lines.push(`Without a name: ${some(nameless)}. No councillors can be found there by it.`);
  if (unknown.size > 0)
    lines.push(
      `In none of our lists, and of how many postcodes: ${some([...unknown].map(([code, count]) => `${code} (${inThousands(count)})`))}. These are asked of postcodes.io.`,
    );
  if (nowhere > 0) lines.push(`${inThousands(nowhere)} postcodes have no constituency, and are asked of postcodes.io.`);
  return `${lines.join('\n')}\nA running server uses it within half a minute.\n`;
}

function some(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return `${names.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${inThousands(more)} more` : ''}`;
}
