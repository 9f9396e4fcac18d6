import type { CouncilRegister } from '../domain/council.ts';
import type { Registers } from '../domain/place.ts';
import { readConstituencies } from '../records/constituencies.ts';
import { readCouncils } from '../records/councils.ts';

const DATA = new URL('../../data/', import.meta.url);

/** The register of councils beside the program. */
export function ourCouncils(): CouncilRegister {
  return readCouncils(DATA);
}

/** The registers of councils and constituencies beside the program. */
export function ourRegisters(): Registers {
  return { councils: readCouncils(DATA), constituencies: readConstituencies(DATA) };
}
