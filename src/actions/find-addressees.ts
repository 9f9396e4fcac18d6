import type { Addressee } from '../domain/addressee.ts';
import type { Place } from '../domain/place.ts';

export interface FoundAddressees {
  /** One, or two with the district first: as `place.councils`. */
  readonly councils: readonly Addressee[];
  /** `vacant`, or without a name when Parliament could not be asked. */
  readonly mp: Addressee;
}

/** Finds everybody whom a supporter in this place may write to. */
export type FindAddressees = (place: Place) => Promise<FoundAddressees>;
