import type { Addressee } from '../../domain/addressee.ts';
import type { CouncilRegister } from '../../domain/council.ts';
import type { Place } from '../../domain/place.ts';
import type { Position } from '../../domain/position.ts';
import { calledInSentence, calledName, isPredecessorsSite, websiteOf } from './addressee-view.ts';
import { queryFor } from './asked-place.ts';
import { positionView } from './fact-view.ts';
import { replacedView } from './replaced-view.ts';

/** The card of a council's office or an MP. */
export function addresseeView(addressee: Addressee, place: Place) {
  const { id, office, vacant, contact } = addressee;
  return {
    called: calledName(addressee),
    inSentence: calledInSentence(addressee),
    office,
    vacant,
    closed: addressee.closed,
    unknown: addressee.kind === 'mp' && addressee.name === null && !vacant,
    predecessorsSite: isPredecessorsSite(addressee),
    byWebOnly: contact.by === 'web',
    unreachable: contact.by === 'none',
    website: websiteOf(addressee),
    letter: `/write/letter?${queryFor(place, { to: id })}`,
  };
}

export interface CouncilViewNeeds {
  readonly councils: CouncilRegister;
  readonly positionOf: (councilCode: string) => Position | undefined;
}

export function councilView(addressee: Addressee, place: Place, { councils, positionOf }: CouncilViewNeeds) {
  const position = positionOf(addressee.areaCode);
  return {
    ...addresseeView(addressee, place),
    replaced: replacedIn(place, addressee),
    tier: councils.byCode(addressee.areaCode)?.tier,
    stance: position?.stance,
    position: position ? positionView(position) : null,
  };
}

/** From whom the council of an addressee took over, where it did. */
export function replacedIn({ councils }: Place, { areaCode }: Pick<Addressee, 'areaCode'>) {
  const council = councils.find(({ code }) => code === areaCode);
  return council ? replacedView(council.name, council.replaced) : null;
}
