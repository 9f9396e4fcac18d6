import { ledTo, MOST_LOOKUPS, spfIn, type SpfTree } from '../domain/spf.ts';
import { err } from '../domain/result.ts';
import type { MailDns } from './mail-records.ts';

/** Enough to see that a record asks too much; a record that leads to itself would never end. */
const MOST_FOLLOWED = 2 * MOST_LOOKUPS;

/** Reads a domain's SPF record and all that it leads to, in its order. */
export function spfTree(dns: MailDns, domain: string): Promise<SpfTree> {
  const left = { records: MOST_FOLLOWED };
  const follow = async (domain: string): Promise<SpfTree> => {
    const texts = await dns.texts(domain);
    const found = texts.ok ? spfIn(texts.value) : err({ kind: texts.error });
    const below: SpfTree[] = [];
    for (const next of found.ok ? ledTo(found.value) : []) if (left.records-- > 0) below.push(await follow(next));
    return { domain, found, below };
  };
  return follow(domain);
}
