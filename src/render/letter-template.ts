import Handlebars from 'handlebars';
import type { FillLetter } from '../domain/letter-fields.ts';
import type { Template } from '../domain/template.ts';
import type { TemplateProblem } from '../domain/template-problem.ts';
import { checkTemplate } from './letter-check.ts';
import { tidyLetter, tidySubject } from './letter-tidy.ts';

/** A letter that was to be filled although its check finds mistakes. */
export class TemplateError extends Error {
  readonly problems: readonly TemplateProblem[];
  constructor(templateId: string, problems: readonly TemplateProblem[]) {
    super(`the letter ${templateId} cannot be used:\n${problems.map(inOneLine).join('\n')}`);
    this.problems = problems;
  }
}

/** Checks and compiles an organiser's letter. Throws a TemplateError when the check finds anything. */
export function compileLetter(template: Template): FillLetter {
  const problems = checkTemplate(template);
  if (problems.length > 0) throw new TemplateError(template.id, problems);
  const subject = handlebars.compile(template.subject, OPTIONS);
  const body = handlebars.compile(template.body, OPTIONS);
  return (fields) => ({ subject: tidySubject(subject(fields)), body: tidyLetter(body(fields)) });
}

/** Ours alone, so that nothing registered elsewhere reaches letters. */
const handlebars = Handlebars.create();
for (const helper of ['with', 'lookup', 'log', 'helperMissing', 'blockHelperMissing'])
  handlebars.unregisterHelper(helper);

/** Letters are plain text, so nothing is escaped here; pages escape what they show. */
const OPTIONS: CompileOptions = {
  noEscape: true,
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: {
    if: true,
    unless: true,
    each: true,
    with: false,
    lookup: false,
    log: false,
    helperMissing: false,
    blockHelperMissing: false,
  },
};

function inOneLine({ part, line, column, mistake, found, likely }: TemplateProblem): string {
  return `  ${part} ${line}:${column} ${mistake} ${found}${likely === null ? '' : ` (${likely}?)`}`;
}
