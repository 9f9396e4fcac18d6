import type { MailReason } from './mail-reason.ts';
import type { TemplateMistake, TemplateProblem } from './template-problem.ts';

/** What can be wrong in each field of the form that hands over a letter. */
export const FORM_ERRORS = {
  name: ['empty', 'too-long', 'odd-characters'],
  email: ['empty', 'not-an-email', 'too-long'],
  address: ['empty', 'too-short', 'too-long', 'odd-characters'],
  postcode: ['empty', 'not-a-postcode', 'another-place'],
  subject: ['empty', 'too-long', 'odd-characters'],
  body: ['empty', 'too-short', 'too-long', 'odd-characters'],
  consent: ['missing'],
  to: ['empty', 'unknown', 'not-yours', 'not-reachable', 'vacant'],
} as const satisfies Record<string, readonly string[]>;
export type FormField = keyof typeof FORM_ERRORS;
export type FormError<Field extends FormField> = (typeof FORM_ERRORS)[Field][number];

/** The kinds of problem that the API answers with. */
export const PROBLEMS = [
  'not-a-postcode',
  'unknown-postcode',
  'terminated-postcode',
  'outside-the-uk',
  'lookup-unavailable',
  'bad-request',
  'invalid-letter',
  'not-your-representative',
  'not-reachable',
  'vacant-seat',
  'dissolution',
  'already-handed-over',
  'already-written',
  'too-many-for-this-mailbox',
  'cross-site',
  'not-found',
  'too-large',
  'unsupported-media-type',
  'too-many-requests',
  'unexpected',
] as const;
export type ProblemWord = (typeof PROBLEMS)[number];

/** Every sentence that code, and not a view, says to a person. Read from one file per language. */
export interface Words {
  /** `mp` takes {constituency}, `council` takes {council}, `councillor` takes {seat} and {council}. */
  readonly offices: { readonly mp: string; readonly council: string; readonly councillor: string };
  /** Without the comma; `mp` takes {name}, `councillor` and `amongSeveral` take {surname}, `several` takes the {names} made of these. */
  readonly salutations: {
    readonly mp: string;
    readonly unknownMp: string;
    readonly council: string;
    readonly councillor: string;
    readonly several: string;
    readonly amongSeveral: string;
  };
  /** `too-long` takes {most}, in letters. */
  readonly form: { readonly [Field in FormField]: Readonly<Record<FormError<Field>, string>> };
  /** `terminated-postcode` takes {ended}, such as "1996-06". */
  readonly problems: Readonly<Record<ProblemWord, { readonly title: string; readonly detail: string }>>;
  /** Why a letter did not arrive, as its writer is told. */
  readonly mailReasons: Readonly<Record<MailReason, string>>;
  /** Each takes {found} and {line}. `likely` is said after one that has a likely fix, and takes {likely}. */
  readonly template: { readonly mistakes: Readonly<Record<TemplateMistake, string>>; readonly likely: string };
}

/** Puts values into a sentence with {names}. A name without a value is a mistake of ours, and thrown. */
export function fillWords(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new Error(`"${sentence}" wants a ${name}`);
    return value;
  });
}

/** Says what is wrong in an organiser's letter, and what was probably meant. */
export function sayTemplateProblem({ template }: Words, { mistake, found, line, likely }: TemplateProblem): string {
  const sentence = fillWords(template.mistakes[mistake], { found, line: String(line) });
  return likely === null ? sentence : `${sentence} ${fillWords(template.likely, { likely })}`;
}
