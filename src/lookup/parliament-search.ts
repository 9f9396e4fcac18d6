import { err, ok, type Result } from '../domain/result.ts';
import type { LookupFailure } from './failure.ts';
import type { Http } from './http.ts';
import { ConstituencyPage, type Constituency } from './parliament-record.ts';

/** The most they give on one page. */
const TAKE = 20;

/** Two hundred seats: no word that tells a name from others is in so many. */
const MOST_PAGES = 10;

/** Every constituency of today whose name holds the words. Their links to a next page lead to the same page again: only numbers count. */
export async function searchConstituencies(
  http: Http,
  origin: URL,
  words: string,
): Promise<Result<Constituency[], LookupFailure>> {
  const found: Constituency[] = [];
  let skip = 0;
  for (let page = 1; page <= MOST_PAGES; page++) {
    const answer = await pageOf(http, origin, words, skip);
    if (!answer.ok) return answer;
    found.push(...answer.value.constituencies);
    if (answer.value.next === null) return ok(found);
    skip = answer.value.next;
  }
  return err({ kind: 'unreadable', detail: 'pages without end' });
}

export interface SearchPage {
  /** Those of today's map. */
  readonly constituencies: readonly Constituency[];
  /** How many to skip for the next page; null: this is the last. */
  readonly next: number | null;
}

/** One page of the constituencies whose name holds the words; of all of them for null. One request (with its retries). */
export async function pageOf(
  http: Http,
  origin: URL,
  words: string | null,
  skip: number,
): Promise<Result<SearchPage, LookupFailure>> {
  const answer = await http.getJson(searchUrl(origin, words, skip), ConstituencyPage);
  if (!answer.ok) return answer;
  const { items, totalResults } = answer.value;
  if (answer.value.skip !== skip) return err({ kind: 'unreadable', detail: 'another page than asked for' });
  const next = skip + items.length;
  const isLast = items.length === 0 || next >= totalResults;
  return ok({ constituencies: items.filter(({ ended }) => !ended), next: isLast ? null : next });
}

function searchUrl(origin: URL, words: string | null, skip: number): URL {
  const url = new URL('/api/Location/Constituency/Search', origin);
  url.search = new URLSearchParams({
    ...(words !== null && { searchText: words }),
    skip: String(skip),
    take: String(TAKE),
  }).toString();
  return url;
}
