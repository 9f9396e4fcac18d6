import type { Constituency } from './constituency.ts';
import type { Council } from './council.ts';
import { plainName } from './name.ts';
import type { ChoiceProblem } from './place-problem.ts';
import { areaOf, refOf, type Place, type Registers } from './place.ts';
import { err, ok, type Result } from './result.ts';

/** Makes a place of a council and a constituency, each given by official code or by name; "" when left open. */
export function choosePlace(
  { councils, constituencies }: Registers,
  councilTyped: string,
  constituencyTyped: string,
): Result<Place, ChoiceProblem> {
  const council =
    councilTyped.trim() === '' ? null : (councils.byCode(councilTyped.trim()) ?? named(councils.all, councilTyped));
  if (council === undefined)
    return err({ kind: 'unknown-council', typed: councilTyped, near: near(councils.all, councilTyped) });

  const constituency =
    constituencyTyped.trim() === ''
      ? null
      : (constituencies.byCode(constituencyTyped.trim()) ?? named(constituencies.all, constituencyTyped));
  if (constituency === undefined) {
    return err({
      kind: 'unknown-constituency',
      typed: constituencyTyped,
      near: near(constituencies.all, constituencyTyped),
    });
  }

  if (!council && !constituency) return err({ kind: 'nothing-chosen' });
  if (!constituency) return whichConstituency(council as Council, constituencies.all, councils.all);
  const inside = councils.all.filter(({ code }) => constituency.councilCodes.includes(code));
  if (!council) return whichCouncil(constituency, inside);
  return together(council, constituency, { constituencies: constituencies.all, councils: councils.all, inside });
}

interface Named {
  readonly name: string;
  readonly area?: string;
}

function named<T extends Named>(all: readonly T[], typed: string): T | undefined {
  const wanted = plainName(typed);
  const found = all.filter(
    ({ name, area }) => plainName(name) === wanted || (area !== undefined && plainName(area) === wanted),
  );
  return found.length === 1 ? found[0] : undefined;
}

const MOST_NEAR = 8;

function near<T extends Named>(all: readonly T[], typed: string): readonly T[] {
  const words = plainName(typed)
    .split(' ')
    .filter((word) => word.length > 2 && !COMMON.has(word));
  return all.filter(({ name }) => words.some((word) => plainName(name).includes(word))).slice(0, MOST_NEAR);
}

const COMMON = new Set([
  'and',
  'the',
  'council',
  'borough',
  'district',
  'city',
  'county',
  'london',
  'north',
  'south',
  'east',
  'west',
  'upon',
]);

/** A constituency lists the district and single-tier councils that it touches; a county touches what its districts touch. */
export function touches(constituency: Constituency, council: Council, councils: readonly Council[]): boolean {
  const codes =
    council.tier === 'county'
      ? councils.filter(({ countyCode }) => countyCode === council.code).map(({ code }) => code)
      : [council.code];
  return codes.some((code) => constituency.councilCodes.includes(code));
}

function whichConstituency(
  council: Council,
  constituencies: readonly Constituency[],
  councils: readonly Council[],
): Result<Place, ChoiceProblem> {
  return err({
    kind: 'which-constituency',
    council,
    choices: constituencies.filter((one) => touches(one, council, councils)),
  });
}

function whichCouncil(constituency: Constituency, choices: readonly Council[]): Result<Place, ChoiceProblem> {
  return err({ kind: 'which-council', constituency, choices });
}

interface Surroundings {
  readonly constituencies: readonly Constituency[];
  readonly councils: readonly Council[];
  /** The councils that the constituency touches. */
  readonly inside: readonly Council[];
}

function together(
  council: Council,
  constituency: Constituency,
  { constituencies, councils, inside }: Surroundings,
): Result<Place, ChoiceProblem> {
  if (!touches(constituency, council, councils)) {
    return err({
      kind: 'apart',
      council,
      constituency,
      choices: constituencies.filter((one) => touches(one, council, councils)),
    });
  }
  if (council.tier === 'county') {
    return whichCouncil(
      constituency,
      inside.filter(({ countyCode }) => countyCode === council.code),
    );
  }
  const county = councils.find(({ code }) => code === council.countyCode);
  return ok({
    postcode: null,
    nation: council.nation,
    councils: (county ? [council, county] : [council]).map(refOf),
    ward: null,
    division: null,
    constituency: areaOf(constituency),
    source: 'chosen',
  });
}
