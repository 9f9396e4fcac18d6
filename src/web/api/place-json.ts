import type { Addressee } from '../../domain/addressee.ts';
import type { Whereabouts } from '../../domain/place.ts';
import type { Position, Stance } from '../../domain/position.ts';

/** A place as the API tells it, but for its postcode, which stands before the rest. */
export function whereaboutsJson(where: Whereabouts, positions: readonly Position[]): object {
  return {
    nation: where.nation,
    councils: where.councils.map(({ code, name, tier }) => ({ code, name, tier, position: stanceOf(code, positions) })),
    ward: where.ward,
    division: where.division,
    constituency: where.constituency,
    source: where.source,
  };
}

/** An addressee as the API tells it: never an email address, only whether there is one. */
export function addresseeJson({ id, kind, name, office, salutation, contact, vacant }: Addressee): object {
  const known = { id, kind, name, office, salutation, reachable: contact.by };
  return vacant ? { ...known, vacant } : known;
}

function stanceOf(councilCode: string, positions: readonly Position[]): Stance {
  return positions.find((position) => position.councilCode === councilCode)?.stance ?? 'not known';
}
