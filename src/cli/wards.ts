import { coverageOf, decideWard, type WardsOf } from '../actions/coverage.ts';
import type { CouncilRegister } from '../domain/council.ts';
import type { Database } from '../store/database.ts';
import { seenWards, type SeenWard } from '../store/wards.ts';
import { ourCouncils } from './context.ts';
import { withStore } from './store.ts';
import { withDirectoryWards } from './directory-wards.ts';
import { asTable } from './table.ts';
import { refuse, say, type Verb } from './verb.ts';

export const wardsDoubts: Verb = {
  words: 'wards doubts',
  usage: `
      Lists the wards whose councillors we cannot name though there is a list: their council writes them in another way.
`,
  async run(rest) {
    if (rest.length > 0) return null;
    const lines: string[][] = [];
    await withStore((db) =>
      withDirectoryWards(async (wardsOf) => {
        for (const council of ourCouncils().all) {
          const { source, wards } = await coverageOf(db, council, wardsOf);
          for (const { code, name, match, seats } of source === null ? [] : wards)
            if (match !== 'matched')
              lines.push([
                code,
                name,
                council.name,
                seats.map((seat) => `"${seat}"`).join(' or ') || 'nothing like it',
              ]);
        }
      }),
    );
    say(lines.length > 0 ? asTable(lines) : 'There is no doubt about any ward that we know of.\n');
    return 0;
  },
};

export const wardsDecide: Verb = {
  words: 'wards decide',
  usage: `WARD_CODE SEAT
      Says which seat a ward is, as its council writes it: wards decide E05011104 "London Bridge"
`,
  async run([code, seat, ...rest]) {
    if (code === undefined || seat === undefined || rest.length > 0) return null;
    const decision = await withStore((db) =>
      withDirectoryWards(async (wardsOf) =>
        decideWard(db, await wardCalled(db, code, ourCouncils(), wardsOf), seat, new Date()),
      ),
    );
    if (decision.kind === 'unknown-ward')
      return refuse(`Nobody has asked for a ward ${code} yet, and no directory names it.\n`);
    if (decision.kind === 'no-list') return refuse(`There is no list of the council of ${code} yet.\n`);
    if (decision.kind === 'unknown-seat')
      return refuse(
        `The council has no seat "${seat}". It has:\n${decision.seats.map((one) => `  "${one}"\n`).join('')}`,
      );
    say(`${code} is "${seat}" from now on, within a minute.\n`);
    return 0;
  },
};

async function wardCalled(
  db: Database,
  code: string,
  councils: CouncilRegister,
  wardsOf: WardsOf,
): Promise<SeenWard | undefined> {
  const isIt = (ward: SeenWard) => ward.code === code;
  const seen = (await seenWards(db)).find(isIt);
  return seen ?? councils.all.flatMap((council) => wardsOf(council.code)).find(isIt);
}
