import type { Constituency } from './constituency.ts';
import type { Council } from './council.ts';
import type { Elsewhere, Postcode, PostcodeProblem } from './postcode.ts';

/** Why a typed postcode gives no place. Each has its own page with its own way on. */
export type PlaceProblem =
  | Exclude<PostcodeProblem, { kind: 'elsewhere' }>
  | { readonly kind: 'elsewhere'; readonly where: Elsewhere | 'channel-islands' }
  | { readonly kind: 'terminated'; readonly postcode: Postcode; readonly year: number; readonly month: number }
  | { readonly kind: 'unknown-postcode'; readonly postcode: Postcode }
  | { readonly kind: 'lookup-unavailable'; readonly postcode: Postcode };

/** Why choosing by name gives no place yet, with what to choose from next. */
export type ChoiceProblem =
  | { readonly kind: 'nothing-chosen' }
  | { readonly kind: 'unknown-council'; readonly typed: string; readonly near: readonly Council[] }
  | { readonly kind: 'unknown-constituency'; readonly typed: string; readonly near: readonly Constituency[] }
  | { readonly kind: 'which-constituency'; readonly council: Council; readonly choices: readonly Constituency[] }
  | { readonly kind: 'which-council'; readonly constituency: Constituency; readonly choices: readonly Council[] }
  | {
      readonly kind: 'apart';
      readonly council: Council;
      readonly constituency: Constituency;
      readonly choices: readonly Constituency[];
    };
