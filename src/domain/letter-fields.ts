import type { Nation } from './nation.ts';
import type { Tier } from './council.ts';

/** Everything an organiser's letter may name. Nothing a supporter types is among it. */
export interface LetterFields {
  /** "23 November 2026". */
  readonly date: string;
  readonly nation: Nation;
  readonly addressee: {
    /** Empty when it is not known who holds the seat. */
    readonly name: string;
    readonly office: string;
    /** "Dear Neil Coyle". */
    readonly salutation: string;
    /** True for a councillor, who can ask the council's officers but not order them. */
    readonly councillor: boolean;
  };
  /** The council written to; in an MP's letter the one that usually runs the cameras. */
  readonly council: {
    /** "London Borough of Southwark". */
    readonly name: string;
    /** "the London Borough of Southwark". */
    readonly nameInSentence: string;
    /** "Southwark". */
    readonly area: string;
    readonly tier: Tier;
    /** True for the two tiers of a county, which are being replaced by single councils. */
    readonly merging: boolean;
  };
  readonly constituency: { readonly name: string };
  /** The council's own position in one sentence, or empty when it is not known. */
  readonly position: string;
  /** By section of the template: the sentences of the facts that hold here, joined by a space, or empty. */
  readonly facts: Readonly<Record<string, string>>;
}

/** A checked and compiled template: fills it. */
export type FillLetter = (fields: LetterFields) => { readonly subject: string; readonly body: string };
