/** Every mistake that the check of an organiser's letter knows. The sentence for each stands in the words file. */
export const TEMPLATE_MISTAKES = [
  'empty',
  'more-than-one-line',
  'unreadable',
  'block-not-closed',
  'wrong-closing',
  'unknown-field',
  'unknown-facts',
  'not-a-text',
  'unknown-block',
  'block-wants-one-field',
  'not-a-list',
  'function',
  'literal',
  'outside-its-block',
  'outside-the-letter',
  'partial',
  'decorator',
  'subexpression',
  'block-name',
  'triple-braces',
] as const;
export type TemplateMistake = (typeof TEMPLATE_MISTAKES)[number];

/** One mistake in an organiser's letter, and where. Lines and columns count from 1. */
export interface TemplateProblem {
  readonly part: 'subject' | 'body';
  readonly line: number;
  readonly column: number;
  readonly mistake: TemplateMistake;
  /** What stands there, as typed. */
  readonly found: string;
  /** What was probably meant; null when there is no telling. */
  readonly likely: string | null;
}
