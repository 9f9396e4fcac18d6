import type { Constituency } from './constituency.ts';
import { refOn, standingOn, successorsOf } from './council-on.ts';
import { refOf, type Council } from './council.ts';
import { mapOf, touches, touching, type DaysMap } from './days-map.ts';
import { plainName } from './name.ts';
import type { ChoiceProblem } from './place-problem.ts';
import { areaOf } from './nation.ts';
import type { Place, Registers } from './place.ts';
import { err, ok, type Result } from './result.ts';

/**
 * Makes a place of a council and a constituency, each given by official code or by name; "" when left open. A council that has ended
 * by today ("YYYY-MM-DD", London) stands for the one that took over.
 */
export function choosePlace(
  registers: Registers,
  councilTyped: string,
  constituencyTyped: string,
  today: string,
): Result<Place, ChoiceProblem> {
  const { constituencies } = registers;
  const map = mapOf(registers, today);
  const council = councilTyped.trim() === '' ? null : councilMeant(map, councilTyped);
  if (council === 'unknown')
    return err({ kind: 'unknown-council', typed: councilTyped, near: nearCouncils(map, councilTyped) });

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
  if (!constituency) return whichConstituency(council as Council, map);
  if (!council) return whichCouncil(constituency, map.inside(constituency));
  return together(council, constituency, map);
}

/** By code, by a name of today, or by the name of one that has ended. */
function councilMeant({ councils, standing, today }: DaysMap, typed: string): Council | 'unknown' {
  const meant = councils.byCode(typed.trim()) ?? named(standing, typed) ?? named(councils.all, typed);
  return (meant && standingOn(meant, today, councils)) ?? 'unknown';
}

/** For a county that has ended, whoever took over from its districts. */
function nearCouncils({ councils, standing, today }: DaysMap, typed: string): readonly Council[] {
  const ended = councils.byCode(typed.trim()) ?? named(councils.all, typed);
  const successors = ended ? successorsOf(ended, today, councils) : [];
  return successors.length > 0 ? successors : near(standing, typed);
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

function whichConstituency(council: Council, map: DaysMap): Result<Place, ChoiceProblem> {
  return err({ kind: 'which-constituency', council, choices: touching(council, map) });
}

function whichCouncil(constituency: Constituency, choices: readonly Council[]): Result<Place, ChoiceProblem> {
  return err({ kind: 'which-council', constituency, choices });
}

function together(council: Council, constituency: Constituency, map: DaysMap): Result<Place, ChoiceProblem> {
  if (!touches(constituency, council, map))
    return err({ kind: 'apart', council, constituency, choices: touching(council, map) });
  if (council.tier === 'county') {
    const districts = map.inside(constituency).filter(({ countyCode }) => countyCode === council.code);
    return whichCouncil(constituency, districts);
  }
  const county = map.councils.byCode(council.countyCode ?? '');
  return ok({
    postcode: null,
    nation: council.nation,
    councils: county ? [refOf(council), refOf(county)] : [refOn(council, null, map.councils)],
    ward: null,
    division: null,
    constituency: areaOf(constituency),
    source: 'chosen',
  });
}
