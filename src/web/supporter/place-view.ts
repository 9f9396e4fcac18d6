import type { Place } from '../../domain/place.ts';

/** Where a place is, in the words of its areas. */
export function placeWords({ ward, division, councils, constituency }: Place) {
  const [council] = councils;
  return {
    /** "London Bridge & West Bermondsey, London Borough of Southwark". */
    where: [ward?.name, council?.name].filter((name) => name !== undefined).join(', '),
    countyDivision: division?.name ?? null,
    constituency: constituency.name,
  };
}
