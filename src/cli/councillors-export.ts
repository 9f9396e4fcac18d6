import { writeCouncillors } from '../records/councillors-export.ts';
import { knownListOf, listStates } from '../store/councillor-lists.ts';
import { ourCouncils } from './context.ts';
import { withStore } from './store.ts';
import { readOptions } from './options.ts';
import { refuse, say, type Verb } from './verb.ts';

export const councillorsExport: Verb = {
  words: 'councillors export',
  usage: `[--council CODE] > FILE
      Writes out who sits on every council that we have a list of, or on one, as a file that "councillors import" reads.
`,
  async run(rest) {
    const asked = readOptions(rest, { texts: ['council'] });
    if (!asked || asked.words.length > 0) return null;
    const code = asked.text('council');
    const council = code === null ? null : ourCouncils().byCode(code);
    if (council === undefined) return refuse(`${code} is no council of ours.\n`);

    return withStore(async (db) => {
      const codes = council ? [council.code] : (await listStates(db)).map(({ councilCode }) => councilCode);
      const lists = await Promise.all(codes.map((code) => knownListOf(db, code)));
      const known = lists.filter((list) => list !== null);
      if (council && known.length === 0) return refuse(`There is no list of ${council.name} yet.\n`);
      say(writeCouncillors(known));
      return 0;
    });
  },
};
