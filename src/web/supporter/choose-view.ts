import type { Addressee } from '../../domain/addressee.ts';
import type { CouncilRegister } from '../../domain/council.ts';
import type { Place } from '../../domain/place.ts';
import type { Position } from '../../domain/position.ts';
import { calledInSentence, calledName, websiteOf } from './addressee-view.ts';
import { queryFor } from './asked-place.ts';
import { positionView } from './fact-view.ts';

/** The card of a council's office or an MP. */
export function addresseeView(addressee: Addressee, place: Place) {
  const { id, office, vacant, contact } = addressee;
  return {
    called: calledName(addressee),
    inSentence: calledInSentence(addressee),
    office,
    vacant,
    unknown: addressee.kind === 'mp' && addressee.name === null && !vacant,
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
    tier: councils.byCode(addressee.areaCode)?.tier,
    stance: position?.stance,
    position: position ? positionView(position) : null,
  };
}
