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
    const answer = await http.getJson(searchUrl(origin, words, skip), ConstituencyPage);
    if (!answer.ok) return answer;
    const { items, totalResults } = answer.value;
    if (answer.value.skip !== skip) return err({ kind: 'unreadable', detail: 'another page than asked for' });
    found.push(...items.filter(({ ended }) => !ended));
    skip += items.length;
    if (items.length === 0 || skip >= totalResults) return ok(found);
  }
  return err({ kind: 'unreadable', detail: 'pages without end' });
}

function searchUrl(origin: URL, words: string, skip: number): URL {
  const url = new URL('/api/Location/Constituency/Search', origin);
  url.search = new URLSearchParams({ searchText: words, skip: String(skip), take: String(TAKE) }).toString();
  return url;
}
