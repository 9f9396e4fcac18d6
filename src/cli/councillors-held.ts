import { acceptHeld, discardHeldList } from '../actions/take-councillors.ts';
import { ourCouncils } from './context.ts';
import { withStore } from './store.ts';
import { refuse, say, type Verb } from './verb.ts';

export const councillorsAccept: Verb = {
  words: 'councillors accept',
  usage: `CODE
      Uses the list of a council that is held because it looked wrong. "coverage --council CODE" shows what is odd about it.
`,
  run: async (rest) =>
    onOneCouncil(rest, async (code, name) => {
      const taken = await withStore((db) => acceptHeld(db, code, new Date()));
      if (taken === 'nothing-held') return refuse(`No list of ${name} is held.\n`);
      if (taken === 'newer-here') return refuse(`A newer list of ${name} has come meanwhile, and stays.\n`);
      say(`The list of ${name} is used now.\n`);
      return 0;
    }),
};

export const councillorsDiscard: Verb = {
  words: 'councillors discard',
  usage: `CODE
      Throws a held list away. The one before stays, and the same list is not held again.
`,
  run: async (rest) =>
    onOneCouncil(rest, async (code, name) => {
      const discarded = await withStore((db) => discardHeldList(db, code, new Date()));
      if (!discarded) return refuse(`No list of ${name} is held.\n`);
      say(`The held list of ${name} is thrown away; the one before stays.\n`);
      return 0;
    }),
};

async function onOneCouncil(
  [code, ...rest]: readonly string[],
  work: (code: string, name: string) => Promise<number>,
): Promise<number | null> {
  if (code === undefined || rest.length > 0) return null;
  const council = ourCouncils().byCode(code);
  return council ? work(council.code, council.name) : refuse(`${code} is no council of ours.\n`);
}
