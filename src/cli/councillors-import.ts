import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { importCouncillors, type Imported } from '../actions/import-councillors.ts';
import type { CouncilRegister } from '../domain/council.ts';
import { londonDay } from '../domain/london-time.ts';
import { readCouncillorsFile, type WrongLine } from '../records/councillors-file.ts';
import { ourCouncils } from './context.ts';
import { withStore } from './store.ts';
import { readOptions } from './options.ts';
import { refuse, say, type Verb } from './verb.ts';

export const councillorsImport: Verb = {
  words: 'councillors import',
  usage: `FILE [--strict] [--dry-run] [--checked-on DAY] [--source TEXT]
      Takes in who sits on councils, from a CSV file in UTF-8. Each council's rows take the place of its list.
      council        the council's official code or its name
      councillor_id  the council's own id of the councillor; may be left out
      name           without "Councillor"; "Vacant" for a seat that nobody holds
      party          may be empty
      ward           the ward, or the county division, as the council writes it
      ward_code      its official code; may be left out
      email          several with ";" between them; may be empty
      source         where you found it: a web address, a phone call
      checked_on     the day you found it: 2026-11-23
      Files of Open Council Data are read as well; say when they were checked.
      --strict takes in nothing if any row is wrong, --dry-run changes nothing and says what would happen.
`,
  async run(rest) {
    const asked = readOptions(rest, { flags: ['strict', 'dry-run'], texts: ['checked-on', 'source'] });
    const [file, ...more] = asked?.words ?? [];
    if (!asked || file === undefined || more.length > 0) return null;
    if (!existsSync(file)) return refuse(`There is no file ${file}.\n`);

    const now = new Date();
    const councils = ourCouncils();
    const options = { now, checkedOn: asked.text('checked-on'), source: asked.text('source') ?? basename(file) };
    const read = readCouncillorsFile(readFileSync(file), councils, options);
    if (!read.ok) return refuse(`Nothing was taken in. ${read.error}\n`);

    const { lists, wrong } = read.value;
    for (const line of wrong) process.stderr.write(sayWrong(line));
    if (wrong.length > 0 && asked.is('strict'))
      return refuse('Nothing was taken in. Mend these lines and try again.\n');

    const dryRun = asked.is('dry-run');
    const imported = await withStore((db) => importCouncillors(db, lists, { dryRun }, now));
    for (const one of imported) say(sayImported(one, councils, dryRun));
    const whole = wrong.length === 0 && imported.every(({ taken }) => taken === 'taken');
    if (dryRun) say('Nothing was changed.\n');
    else if (imported.some(({ taken }) => taken === 'taken')) say('A running server uses this within a minute.\n');
    return whole ? 0 : 1;
  },
};

function sayWrong({ line, reason }: WrongLine): string {
  return `line ${line}: ${reason}\n`;
}

function sayImported(
  { councilCode, taken, before, told, asOf, lines }: Imported,
  councils: CouncilRegister,
  dryRun: boolean,
): string {
  const who = `${councilCode} ${councils.byCode(councilCode)?.name ?? ''}`;
  const numbers = before === null ? `${told} councillors, the first list` : `${told} councillors, ${before} before`;
  const newer = `not used, because what is known is newer, of ${asOf ? londonDay(asOf) : ''}`;
  const will = dryRun ? 'would be ' : '';
  const words = {
    taken: `${will}taken in: ${numbers}`,
    'newer-here': lines.map((line) => `\n  line ${line}: ${newer}`).join(''),
    shrunk: `${will}held, because half of the councillors or more would be gone: ${numbers}. To use it: npm run pennypost -- councillors accept ${councilCode}`,
    'lost-emails': `${will}held, because most email addresses would be gone: ${numbers}. To use it: npm run pennypost -- councillors accept ${councilCode}`,
    discarded: 'not used: this very list has been discarded before',
  } as const satisfies Record<Imported['taken'], string>;
  return `${who}:${words[taken].startsWith('\n') ? '' : ' '}${words[taken]}\n`;
}
