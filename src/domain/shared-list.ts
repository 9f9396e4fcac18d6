import type { Council } from './council.ts';
import { plainName } from './name.ts';
import { siteOf } from './site.ts';

/** Councils that share their officers, and their lists, under an address each: High Peak and Staffordshire Moorlands. */
const ALLIANCES = [['E07000037', 'E07000198']];

/** What an installation says about one ward that may tell whose it is. */
export interface WardClues {
  /** Its title, and what its councillors are said to represent. */
  readonly texts: readonly string[];
  /** Where its councillors have their mail: "anyborough.gov.uk". */
  readonly hosts: readonly string[];
}

/** The other councils whose councillors may stand in this council's list, because one installation serves them all. */
export function sharersOf(council: Council, all: readonly Council[]): Council[] {
  const allies = ALLIANCES.find((codes) => codes.includes(council.code)) ?? [];
  return all.filter(
    ({ code, moderngov }) =>
      code !== council.code &&
      (allies.includes(code) || (moderngov !== null && placeOf(moderngov) === placeOf(council.moderngov))),
  );
}

/** Whose ward it is, by the name of a council's area and by the domain of its mail; null where no clue, or clues of two, say so. */
export function whoseWard({ texts, hosts }: WardClues, councils: readonly Council[]): Council | null {
  const said = texts.map((text) => ` ${plainName(text)} `);
  const sites = hosts.map(siteOf);
  const named = councils.filter(
    (council) =>
      said.some((text) => text.includes(` ${plainName(council.area)} `)) ||
      sites.some((site) => ownSitesOf(council, councils).includes(site)),
  );
  return named.length === 1 ? (named[0] ?? null) : null;
}

/** A website that two of them have in common says nothing. */
function ownSitesOf(council: Council, councils: readonly Council[]): string[] {
  const named = `${plainName(council.area).replaceAll(' ', '')}.gov.uk`;
  if (council.website === null) return [named];
  const site = siteOf(new URL(council.website).hostname);
  const shared = councils.some(
    ({ code, website }) => code !== council.code && website !== null && siteOf(new URL(website).hostname) === site,
  );
  return shared ? [named] : [named, site];
}

/** "http:" and "https:" lead to the same list. */
function placeOf(moderngov: string | null): string | undefined {
  return moderngov?.replace(/^https?:\/\//, '').toLowerCase();
}
