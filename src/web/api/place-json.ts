import type { Addressee } from '../../domain/addressee.ts';
import type { CouncillorAddressee } from '../../domain/councillor-group.ts';
import type { Whereabouts } from '../../domain/place.ts';
import type { Position, Stance } from '../../domain/position.ts';

/** A place as the API tells it, but for its postcode, which stands before the rest. */
export function whereaboutsJson(where: Whereabouts, positions: readonly Position[]): object {
  return {
    nation: where.nation,
    councils: where.councils.map(({ code, name, tier, replaced }) => ({
      code,
      name,
      tier,
      position: stanceOf(code, positions),
      ...(replaced && { replaced }),
    })),
    ward: where.ward,
    division: where.division,
    constituency: where.constituency,
    source: where.source,
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
