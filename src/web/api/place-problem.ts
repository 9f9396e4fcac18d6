import type { PlaceProblem } from '../../domain/place-problem.ts';
import { fillWords, type Words } from '../../domain/words.ts';
import type { Problem } from './problem.ts';

/** Asking again sooner than this will not help: the circuit to the upstream is open about as long. */
export const RETRY_AFTER_SECONDS = 30;

type Kind = keyof Words['problems'] & string;

const ANSWERS = {
  empty: ['not-a-postcode', 400],
  'not-a-postcode': ['not-a-postcode', 400],
  'half-a-postcode': ['not-a-postcode', 400],
  'did-you-mean': ['not-a-postcode', 400],
  elsewhere: ['outside-the-uk', 404],
  terminated: ['terminated-postcode', 410],
  'unknown-postcode': ['unknown-postcode', 404],
  'lookup-unavailable': ['lookup-unavailable', 503],
} as const satisfies Record<PlaceProblem['kind'], readonly [Kind, number]>;

/** What the API says when a postcode gives no place. */
export function placeProblem(problem: PlaceProblem, words: Words): Problem {
  const [type, status] = isNonGeographic(problem) ? (['unknown-postcode', 404] as const) : ANSWERS[problem.kind];
  const { title, detail } = words.problems[type];
  return { type, status, title, detail: fillWords(detail, sayings(problem)), ...extras(problem) };
}

/** A postcode of a bank or of Father Christmas is in the UK, but nobody lives there. */
function isNonGeographic(problem: PlaceProblem): boolean {
  return problem.kind === 'elsewhere' && problem.where === 'non-geographic';
}

function sayings(problem: PlaceProblem): Record<string, string> {
  return problem.kind === 'terminated' ? { ended: endOf(problem) } : {};
}

function extras(problem: PlaceProblem): Record<string, unknown> {
  if (problem.kind === 'terminated') return { terminated: endOf(problem) };
  if (problem.kind === 'did-you-mean') return { suggestion: problem.suggestion };
  return {};
}

/** "1996-06". */
function endOf({ year, month }: { year: number; month: number }): string {
  return `${year}-${String(month).padStart(2, '0')}`;
}
