import type { AddresseeId } from '../../domain/addressee.ts';
import { councilCodeIn } from '../../domain/addressee.ts';
import { hasEnded, successorsOf } from '../../domain/council-on.ts';
import { nameInSentence, type Council, type CouncilRegister, type Replaced } from '../../domain/council.ts';
import { dayInWords } from '../../domain/london-time.ts';

const AND = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** What a page says of a council that took over from others; null where it did not. */
export function replacedView(by: string, replaced: Replaced | undefined) {
  if (!replaced) return null;
  const { since, councils } = replaced;
  return {
    since: dayInWords(since),
    names: AND.format(councils.map(nameInSentence)),
    several: councils.length > 1,
    by: nameInSentence({ name: by }),
  };
}

/** What a page says of a council that has ended, to somebody who wrote to it; null while it stands. */
export function endedView(to: AddresseeId, councils: CouncilRegister, today: string) {
  const council = endedCouncil(to, councils, today);
  if (!council) return null;
  const by = successorsOf(council, today, councils);
  const [first] = by;
  if (!first?.validFrom) return null;
  return {
    since: dayInWords(first.validFrom),
    names: nameInSentence(council),
    several: false,
    by: AND.format(by.map(nameInSentence)),
  };
}

/** The council that somebody is written to at, where it has ended by this day. */
export function endedCouncil(to: string, councils: CouncilRegister, today: string): Council | undefined {
  const council = councils.byCode(councilCodeIn(to as AddresseeId) ?? '');
  return council && hasEnded(council, today) ? council : undefined;
}
