import type { Template } from '../domain/template.ts';
import type { TemplateMistake } from '../domain/template-problem.ts';
import { kindOf, likelyName, type Kind } from './letter-known.ts';
import type { Mistake } from './letter-syntax.ts';

/** What the place where a name stands can use: something to print, something to ask about, something to go through. */
type Wanted = 'text' | 'any' | 'list';

/** Checks what stands where a field's name should: whether it is one, and of the kind that is wanted. */
export function checkName(
  expression: hbs.AST.Expression,
  wanted: Wanted,
  sections: Template['facts'],
): readonly Mistake[] {
  const found = nameIn(expression);
  const at = { line: expression.loc.start.line, column: expression.loc.start.column + 1, found };
  const misplaced = misplacedIn(expression);
  if (misplaced) return [{ ...at, mistake: misplaced, likely: null }];

  const { parts } = expression as hbs.AST.PathExpression;
  const name = parts.join('.');
  const likely = likelyName(name, sections);
  if (found !== name) return [{ ...at, mistake: 'unknown-field', likely }];

  const mistake = ANSWERS[wanted][kindOf(name, sections)];
  return mistake === null ? [] : [{ ...at, mistake, likely: mistake.startsWith('unknown') ? likely : null }];
}

/** What stands there, as typed; of a calculation in brackets its name. */
export function nameIn(expression: hbs.AST.Expression): string {
  if (expression.type === 'SubExpression') return `(${nameIn((expression as hbs.AST.SubExpression).path)} …)`;
  return String((expression as { original?: unknown }).original);
}

/** There is no list among the fields yet. */
const ANSWERS: Record<Wanted, Record<Kind, TemplateMistake | null>> = {
  text: {
    text: null,
    'yes or no': 'not-a-text',
    group: 'not-a-text',
    unknown: 'unknown-field',
    'unknown facts': 'unknown-facts',
  },
  any: {
    text: null,
    'yes or no': null,
    group: 'not-a-text',
    unknown: 'unknown-field',
    'unknown facts': 'unknown-facts',
  },
  list: {
    text: 'not-a-list',
    'yes or no': 'not-a-list',
    group: 'not-a-list',
    unknown: 'unknown-field',
    'unknown facts': 'unknown-facts',
  },
};

const INSIDE_EACH: readonly string[] = ['@first', '@last', '@index'];

/** Why an expression cannot be the name of a field at all. */
function misplacedIn(expression: hbs.AST.Expression): TemplateMistake | null {
  if (expression.type === 'SubExpression') return 'subexpression';
  if (expression.type !== 'PathExpression') return 'literal';
  const { data, depth, original } = expression as hbs.AST.PathExpression;
  if (data) return INSIDE_EACH.includes(original) ? 'outside-its-block' : 'outside-the-letter';
  return depth > 0 ? 'outside-the-letter' : null;
}
