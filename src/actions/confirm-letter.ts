import type { Letter, Refusal } from '../domain/letter.ts';
import type { Result } from '../domain/result.ts';

/** `already-written`: the same person sent another letter to the same addressee within a month. */
export type ConfirmationProblem = Refusal | 'unknown-link' | 'already-written';

/** What the page behind a confirmation link shows. Looking changes nothing. */
export type ReviewLetter = (token: string) => Promise<Result<Letter, ConfirmationProblem>>;

/** The supporter pressed the button. Gives the token of the status page, also when it was pressed before. */
export type ConfirmLetter = (
  token: string,
) => Promise<Result<{ statusToken: string }, Exclude<ConfirmationProblem, 'already-confirmed'>>>;
