import { releaseHeld } from '../actions/release-held.ts';
import { londonDayAndHour } from '../domain/london-time.ts';
import { deliveriesIn, reasonOf } from '../store/deliveries.ts';
import { withStore } from './store.ts';
import { asTable } from './table.ts';
import { refuse, say, type Verb } from './verb.ts';

const MOST = 1_000;

export const held: Verb = {
  words: 'held',
  usage: `
      Lists the letters that wait for a person, with what the mail server said. They never fail by themselves.
`,
  async run(rest) {
    if (rest.length > 0) return null;
    const lines = await withStore(async (db) => {
      const all = await deliveriesIn(db, 'held', new Date(), MOST);
      return Promise.all(
        all.map(async ({ id, to, movedAt }) => [id, to, londonDayAndHour(movedAt), (await reasonOf(db, id)) ?? '']),
      );
    });
    say(lines.length > 0 ? asTable(lines) : 'No letter is held.\n');
    return 0;
  },
};

export const heldSend = releasing('send', 'Has it tried again, from the beginning.', 'It is queued again');
export const heldReturn = releasing('return', 'Gives it back to its writer, with the text.', 'Its writer is told');

function releasing(way: 'send' | 'return', usage: string, done: string): Verb {
  return {
    words: `held ${way}`,
    usage: `ID
      ${usage}
`,
    async run([id, ...rest]) {
      if (id === undefined || rest.length > 0) return null;
      const released = await withStore((db) => releaseHeld(db, id, way, new Date()));
      if (!released) return refuse(`No letter is held under ${id}: npm run pennypost -- held lists them.\n`);
      say(`${done}.\n`);
      return 0;
    },
  };
}
