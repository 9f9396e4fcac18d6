import { existsSync, readFileSync } from 'node:fs';
import { importContacts, type NewerHere } from '../actions/import-contacts.ts';
import type { CouncilRegister } from '../domain/council.ts';
import { londonDay } from '../domain/london-time.ts';
import { readContacts } from '../records/contacts-file.ts';
import { ourCouncils } from './context.ts';
import { withStore } from './store.ts';
import { refuse, say, type Verb } from './verb.ts';

export const contactsImport: Verb = {
  words: 'contacts import',
  usage: `FILE
      Takes in where councils want their mail, from a CSV file in UTF-8 with the columns
      code        the council's official code: E09000028
      email       the council's own address for letters; another row for a second choice
      source      where you found it: a web address, a phone call
      checked_on  the day you found it: 2026-11-23
      A council's rows take the place of what is known of it, unless that is newer.
`,
  async run([file, ...rest]) {
    if (file === undefined || rest.length > 0) return null;
    if (!existsSync(file)) return refuse(`There is no file ${file}.\n`);

    const now = new Date();
    const councils = ourCouncils();
    const contacts = readContacts(readFileSync(file), councils, now);
    if (!contacts.ok)
      return refuse(
        `Nothing was taken in. Mend these lines of ${file} and try again:\n${contacts.error.map((line) => `  ${line}\n`).join('')}`,
      );

    const newer = await withStore((db) => importContacts(db, contacts.value, now));
    const left = new Set(newer.map(({ code }) => code));
    const taken = contacts.value.filter(({ code }) => !left.has(code)).length;
    process.stderr.write(newer.map((one) => sayNewer(one, councils)).join(''));
    say(`${taken} addresses taken in.${taken > 0 ? ' A running server uses them within a minute.' : ''}\n`);
    return newer.length === 0 ? 0 : 1;
  },
};

function sayNewer({ code, asOf }: NewerHere, councils: CouncilRegister): string {
  const who = `${code} ${councils.byCode(code)?.name ?? ''}`;
  return `${who}: not used, because what is known is newer, of ${londonDay(asOf)}.\n`;
}
