import type { CouncilRegister } from '../domain/council.ts';
import { readCouncils } from '../records/councils.ts';

/** The register of councils beside the program. */
export function ourCouncils(): CouncilRegister {
  return readCouncils(new URL('../../data/', import.meta.url));
}
