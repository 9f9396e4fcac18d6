import type { Addressee } from '../domain/addressee.ts';
import type { Draft } from '../domain/draft.ts';
import type { Place } from '../domain/place.ts';

/** Fills the campaign's template for one addressee of a place, as of now. */
export type DraftLetter = (place: Place, addressee: Addressee) => Draft;
