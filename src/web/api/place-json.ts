import type { Addressee } from '../../domain/addressee.ts';
import type { CouncillorAddressee } from '../../domain/councillor-group.ts';
import type { Place } from '../../domain/place.ts';
import type { Position, Stance } from '../../domain/position.ts';

/** A place as the API tells it. */
export function placeJson(place: Place, positions: readonly Position[]): object {
  return {
    postcode: place.postcode,
    nation: place.nation,
    councils: place.councils.map(({ code, name, tier, replaced }) => ({
      code,
      name,
      tier,
      position: stanceOf(code, positions),
      ...(replaced && { replaced }),
    })),
    ward: place.ward,
    division: place.division,
    constituency: place.constituency,
    source: place.source,
  };
}

/** An addressee as the API tells it: never an email address, only whether there is one. */
export function addresseeJson({ id, kind, name, office, salutation, contact, vacant, closed }: Addressee): object {
  const known = { id, kind, name, office, salutation, reachable: contact.by };
  return { ...known, ...(vacant && { vacant }), ...(closed && { closed }) };
}

/** A councillor, with the party as the council writes it. */
export function councillorJson(councillor: CouncillorAddressee): object {
  return { ...addresseeJson(councillor), party: councillor.party };
}

function stanceOf(councilCode: string, positions: readonly Position[]): Stance {
  return positions.find((position) => position.councilCode === councilCode)?.stance ?? 'not known';
}
