import { coverageOf } from '../actions/coverage.ts';
import { councilsOn } from '../domain/council-on.ts';
import { tally, type CouncilCoverage } from '../domain/coverage.ts';
import { londonDay } from '../domain/london-time.ts';
import { ageOf } from './age.ts';
import { ourCouncils } from './context.ts';
import { withStore } from './store.ts';
import { sayCouncil } from './coverage-council.ts';
import { withDirectoryWards } from './directory-wards.ts';
import { readOptions } from './options.ts';
import { asTable } from './table.ts';
import { refuse, say, type Verb } from './verb.ts';

export const coverage: Verb = {
  words: 'coverage',
  usage: `[--council CODE]
      Shows of how many councils and wards we know who sits for them, and how to write to them; of one council, everything.
`,
  async run(rest) {
    const asked = readOptions(rest, { texts: ['council'] });
    if (!asked || asked.words.length > 0) return null;
    const code = asked.text('council');
    const councils = ourCouncils();
    const one = code === null ? null : councils.byCode(code);
    if (one === undefined) return refuse(`${code} is no council of ours.\n`);

    const now = new Date();
    return withStore((db) =>
      withDirectoryWards(async (wardsOf) => {
        if (one) {
          say(sayCouncil(await coverageOf(db, one, wardsOf), now));
          return 0;
        }
        const all: CouncilCoverage[] = [];
        for (const council of councilsOn(councils, londonDay(now))) all.push(await coverageOf(db, council, wardsOf));
        say(sayAll(all, now));
        return 0;
      }),
    );
  },
};

/** The table of all councils, and what is wrong with any. */
export function sayAll(all: readonly CouncilCoverage[], now: Date): string {
  const lines = tally(all).map((line) => [
    line.nation,
    line.source,
    String(line.councils),
    String(line.withEmails),
    String(line.withoutEmails),
    String(line.matched),
    String(line.inDoubt),
    String(line.missing),
    line.oldest ? ageOf(line.oldest, now) : '',
    String(line.failing),
    String(line.held),
  ]);
  const problems = all.filter(({ problem }) => problem !== null).map((one) => sayProblem(one, now));
  const more = problems.length > 0 ? `\nCouncils whose last list is not used:\n${problems.join('')}` : '';
  return `${asTable([HEADER, ...lines])}${more}`;
}

const HEADER = [
  'nation',
  'source',
  'councils',
  'with emails',
  'without',
  'wards matched',
  'in doubt',
  'missing',
  'oldest list',
  'failing',
  'held',
];

function sayProblem({ council, problem, failingSince, asOf }: CouncilCoverage, now: Date): string {
  const since = failingSince ? `, for ${ageOf(failingSince, now)}` : '';
  const list = asOf ? `the list of ${ageOf(asOf, now)} ago is used` : 'there is no list';
  return `  ${council.code} ${council.name}: ${problem}${since}; ${list}\n`;
}
