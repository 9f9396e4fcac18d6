import { lastRound, type Round } from '../actions/refresh-mps.ts';
import { readConfig } from '../config.ts';
import type { RoundProblem } from '../domain/mp-round.ts';
import { londonDayAndHour } from '../domain/london-time.ts';
import type { KnownSeat } from '../domain/gone.ts';
import { openMpRounds } from '../mp-rounds.ts';
import { readConstituencies } from '../records/constituencies.ts';
import { allSeats } from '../store/seats.ts';
import { withStore } from './store.ts';
import { refuse, say, type Verb } from './verb.ts';

const DATA = new URL('../../data/', import.meta.url);

export const mpsRefresh: Verb = {
  words: 'mps refresh',
  usage: `[--accept]
      Asks Parliament now who sits for each constituency; takes about a minute. When very many seats change at once it
      believes none of the changes; after a general election say --accept.
`,
  async run(rest) {
    const accept = rest[0] === '--accept';
    if (rest.length > (accept ? 1 : 0)) return null;
    const round = await withStore(async (db) => {
      const clock = () => new Date();
      const rounds = openMpRounds({
        config: readConfig(process.env),
        db,
        constituencies: readConstituencies(DATA).all,
        clock,
      });
      try {
        return await rounds.refresh({ accept, stop: new AbortController().signal });
      } finally {
        await rounds.close();
      }
    });
    return round ? report(round) : 1;
  },
};

function report({ heard, changed, held, problems, broken }: Round): number {
  say(
    `${heard} seats heard. ${changed} changed hands. ${problems.length} problems: npm run pennypost -- mps list --problems\n`,
  );
  if (broken !== null) return refuse(`It broke off: ${broken}. What was not heard stays as it was.\n`);
  return held ? refuse(HELD) : 0;
}

const HELD = `So many changes are held, and not believed. If there has been a general election, say
  npm run pennypost -- mps refresh --accept
  npm run pennypost -- switch dissolution off
`;

export const mpsList: Verb = {
  words: 'mps list',
  usage: `[--problems]
      Lists who sits for each constituency as last heard; with --problems what the last round could not match or read.
`,
  async run(rest) {
    const problems = rest[0] === '--problems';
    if (rest.length > (problems ? 1 : 0)) return null;
    say(await withStore(async (db) => (problems ? problemsOf(await lastRound(db)) : listOf(await allSeats(db)))));
    return 0;
  },
};

function listOf(seats: ReadonlyMap<string, KnownSeat>): string {
  if (seats.size === 0) return 'No round has heard of any seat yet: npm run pennypost -- mps refresh\n';
  const { byCode } = readConstituencies(DATA);
  const lines = [...seats].map(([code, { holder, fetchedAt }]) => {
    const who = holder.vacant ? 'vacant' : holder.member.displayName;
    return `${code}  ${byCode(code)?.name ?? ''}: ${who} (heard ${londonDayAndHour(fetchedAt)})\n`;
  });
  return lines.join('');
}

function problemsOf(last: Awaited<ReturnType<typeof lastRound>>): string {
  if (!last) return 'There has been no round yet: npm run pennypost -- mps refresh\n';
  const { round, at } = last;
  const of = [...round.problems].map(({ kind, name }) => `${WHAT_TO_SAY[kind]}: ${name}\n`);
  const whole = round.broken === null ? '' : `It broke off: ${round.broken}.\n`;
  const held = round.held ? `${round.changed} changes are held.\n` : '';
  return `The last round was on ${londonDayAndHour(at)} and heard ${round.heard} seats.\n${whole}${held}${of.join('') || 'No problems.\n'}`;
}

const WHAT_TO_SAY: Readonly<Record<RoundProblem['kind'], string>> = {
  'unknown seat': 'Parliament has a seat that is none of ours',
  'two of one name': 'Two seats have one name',
  unreadable: 'Who sits there cannot be read',
  'not listed': 'Parliament did not list it',
};
