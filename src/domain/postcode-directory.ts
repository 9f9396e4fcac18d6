import type { Areas, ElsewhereInTheIsles } from './place.ts';
import type { Postcode } from './postcode.ts';

/** What an operator's own directory says about one postcode. */
export type DirectoryAnswer =
  /** One object for all postcodes in the same areas, so that what is made of it can be kept beside it. */
  | { readonly kind: 'live'; readonly areas: Areas }
  /** No longer in use since this month (1 to 12). */
  | { readonly kind: 'terminated'; readonly year: number; readonly month: number }
  | { readonly kind: 'outside-the-uk'; readonly where: ElsewhereInTheIsles };

/** Looks a postcode up without leaving the machine; undefined: not in the directory, or there is no directory. */
export type AskDirectory = (postcode: Postcode) => DirectoryAnswer | undefined;
