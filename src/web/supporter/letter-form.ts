import { z } from 'zod';
import { readPostcode, type Postcode } from '../../domain/postcode.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { asciiAddress } from '../../mail/address.ts';
import { PLACE_FIELDS, text, texts } from './asked-place.ts';

const lines = text.transform((typed) => typed.replace(/\r\n?/g, '\n'));
const ticked = z
  .string()
  .catch('')
  .transform((value) => value !== '');

const Form = z.object({
  ...PLACE_FIELDS,
  // Beside areas chosen by name, a letter's form asks for the postcode too.
  by: text.transform((by) => (by === 'postcode' ? by : 'name')),
  to: texts,
  name: text,
  address: lines,
  email: text,
  subject: text,
  body: lines,
  consent: ticked,
  news: ticked,
});

/** Exactly what a supporter typed and ticked, right or wrong. */
export type TypedLetter = Readonly<z.infer<typeof Form>>;

export function typedLetterIn(body: unknown): TypedLetter {
  return Form.parse(typeof body === 'object' && body !== null ? body : {});
}

export interface FieldProblem {
  readonly field: string;
  readonly code: string;
}

/** What is left once every field is as it must be. */
export interface CheckedLetter {
  readonly name: string;
  readonly email: string;
  readonly address: readonly string[];
  readonly postcode: Postcode;
  readonly subject: string;
  readonly body: string;
}

/** In characters. */
export const LONGEST = { name: 100, email: 254, address: 300, subject: 150, body: 10_000 };
const SHORTEST_BODY = 50;

// Characters that a reader cannot see, or that turn the text around them: control, unassigned, and direction overrides.
const UNSEEN = /[\p{Cc}\p{Cn}\p{Co}\p{Cs}\u202A-\u202E\u2066-\u2069]/u;
const UNSEEN_IN_LINES = /[^\P{Cc}\n\t]|[\p{Cn}\p{Co}\p{Cs}\u202A-\u202E\u2066-\u2069]/u;
const NOT_IN_A_NAME = /[<>\u200E\u200F\u061C\p{Extended_Pictographic}]/u;

const line = (longest: number) =>
  z
    .string()
    .trim()
    .min(1, 'empty')
    .max(longest, 'too-long')
    .refine((typed) => !UNSEEN.test(typed), 'odd-characters');

const Complete = z.object({
  name: line(LONGEST.name).refine((typed) => !NOT_IN_A_NAME.test(typed), 'odd-characters'),
  address: z
    .string()
    .trim()
    .min(1, 'empty')
    .max(LONGEST.address, 'too-long')
    .refine((typed) => !UNSEEN_IN_LINES.test(typed) && !/[<>]/.test(typed), 'odd-characters')
    .transform(addressLines)
    .refine((found) => found.length > 1, 'too-short'),
  postcode: z.string().trim().min(1, 'empty').transform(asPostcode),
  email: z
    .string()
    .trim()
    .min(1, 'empty')
    .max(LONGEST.email, 'too-long')
    .regex(z.regexes.email, 'not-an-email')
    .refine((email) => asciiAddress(email) !== null, 'not-an-email'), // or we could write to nobody there
  subject: line(LONGEST.subject),
  body: z
    .string()
    .trim()
    .min(1, 'empty')
    .min(SHORTEST_BODY, 'too-short')
    .max(LONGEST.body, 'too-long')
    .refine((typed) => !UNSEEN_IN_LINES.test(typed), 'odd-characters'),
  consent: z.literal(true, 'missing'),
});

/** Checks everything that sending needs. The problems come in the order of the page, one for each field. */
export function checkLetter(typed: TypedLetter): Result<CheckedLetter, readonly FieldProblem[]> {
  const checked = Complete.safeParse(typed);
  if (!checked.success) return err(firstOfEach(checked.error.issues));
  const { address, postcode } = checked.data;
  const withoutPostcode = address.filter((line) => compact(line) !== compact(postcode));
  return ok({ ...checked.data, address: withoutPostcode });
}

/** Lines as typed; one line with commas counts as several. */
export function addressLines(typed: string): string[] {
  const tidy = (parts: string[]) => parts.map((part) => part.trim()).filter((part) => part !== '');
  const found = tidy(typed.split(/[\r\n]+/));
  return found.length > 1 ? found : tidy(typed.split(','));
}

function asPostcode(typed: string, context: z.RefinementCtx): Postcode {
  const read = readPostcode(typed);
  if (read.ok) return read.value;
  context.addIssue({ code: 'custom', message: 'not-a-postcode' });
  return z.NEVER;
}

function compact(line: string): string {
  return line.replace(/[^a-z0-9]/gi, '').toUpperCase();
}

const ORDER = ['subject', 'body', 'name', 'address', 'postcode', 'email', 'consent'];

function firstOfEach(issues: readonly z.core.$ZodIssue[]): FieldProblem[] {
  return ORDER.flatMap((field) => {
    const issue = issues.find(({ path }) => path[0] === field);
    return issue ? [{ field, code: issue.message }] : [];
  });
}
