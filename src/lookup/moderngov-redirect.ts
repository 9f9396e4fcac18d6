import { siteOf } from '../domain/site.ts';

/** So many times may a council send us on. */
export const MOST_REDIRECTS = 3;

/**
 * Where a redirect leads, if it may be followed: within the council's own sites, on the same port or the usual one, and never from a
 * connection that is private to one that is not.
 */
export function nextHop(from: URL, location: string | undefined, sites: readonly string[]): URL | null {
  const to = location === undefined ? null : URL.parse(location, from);
  if (!to || !sites.includes(siteOf(to.hostname))) return null;
  const safe = to.protocol === 'https:' || (to.protocol === 'http:' && from.protocol === 'http:');
  const samePort = to.port === '' || to.port === from.port;
  return safe && samePort && to.username === '' && to.password === '' ? to : null;
}
