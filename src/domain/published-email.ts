import type { Council } from './council.ts';
import type { PublishedEmail } from './councillor.ts';
import { isGovernment, siteOf } from './site.ts';

/** The longest address that mail can be sent to: RFC 5321, 4.5.3.1.3, less its brackets. */
const LONGEST = 254;

/** One plain address; narrower than RFC 5322, so that nothing in it can end a header or begin another address. */
const ADDRESS = /^[a-z0-9_'+&=~-]+(\.[a-z0-9_'+&=~-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}$/i;

/** No councillor's mail is in the domain of the United States: it is what is left of a "gov.uk" that was cut off. */
const CUT_OFF = /\.gov$/i;

/**
 * The addresses in what a council typed into its fields for one councillor, official ones first, each once. Remarks in brackets do not
 * count; a telephone number, half an address or an odd one is left out.
 */
export function readEmails(
  fields: readonly string[],
  council: Pick<Council, 'website' | 'moderngov'>,
): PublishedEmail[] {
  const found = new Map<string, PublishedEmail>();
  for (const address of fields.flatMap(addressesIn)) {
    const key = address.toLowerCase();
    if (!found.has(key)) found.set(key, { address, kind: isOfficial(address, council) ? 'official' : 'personal' });
  }
  const emails = [...found.values()];
  return [...emails.filter(({ kind }) => kind === 'official'), ...emails.filter(({ kind }) => kind === 'personal')];
}

function addressesIn(field: string): string[] {
  return field
    .replace(/[([{][^)\]}]*[)\]}]?/g, ' ')
    .split(/[;,\s<>"]+/)
    .map((piece) => piece.replace(/^mailto:/i, ''))
    .filter(
      (piece) => piece.length <= LONGEST && piece.indexOf('@') <= 64 && ADDRESS.test(piece) && !CUT_OFF.test(piece),
    );
}

/** Whether an address is in a domain of the council's own or of government. */
export function isOfficial(address: string, { website, moderngov }: Pick<Council, 'website' | 'moderngov'>): boolean {
  const host = address.slice(address.lastIndexOf('@') + 1);
  if (isGovernment(host)) return true;
  const own = [website, moderngov].flatMap((url) => (url === null ? [] : [siteOf(new URL(url).hostname)]));
  return own.includes(siteOf(host));
}
