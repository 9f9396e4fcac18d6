import type { Template } from '../domain/template.ts';
import type { TemplateMistake, TemplateProblem } from '../domain/template-problem.ts';
import { checkName, nameIn } from './letter-names.ts';
import { nearest } from './letter-nearest.ts';
import { parseLetter, shortened, type Mistake } from './letter-syntax.ts';

/** Everything that is wrong in an organiser's letter, in reading order; none means that it can be filled. Runs before anything is compiled. */
export function checkTemplate({
  subject,
  body,
  facts,
}: Pick<Template, 'subject' | 'body' | 'facts'>): readonly TemplateProblem[] {
  return [
    ...checkOneLine(subject).map((mistake) => ({ part: 'subject' as const, ...mistake })),
    ...checkPart(subject, facts).map((mistake) => ({ part: 'subject' as const, ...mistake })),
    ...checkPart(body, facts).map((mistake) => ({ part: 'body' as const, ...mistake })),
  ];
}

function checkOneLine(subject: string): readonly Mistake[] {
  const [first = '', ...more] = subject.trim().split(/[\r\n]+/);
  return more.length === 0
    ? []
    : [{ line: 2, column: 1, mistake: 'more-than-one-line', found: shortened(first), likely: null }];
}

function checkPart(source: string, sections: Template['facts']): readonly Mistake[] {
  if (source.trim() === '') return [{ line: 1, column: 1, mistake: 'empty', found: '', likely: null }];
  const parsed = parseLetter(source);
  return parsed.ok ? checkStatements(parsed.value.body, { source, sections }) : [parsed.error];
}

interface Letter {
  readonly source: string;
  readonly sections: Template['facts'];
}

function checkStatements(statements: readonly hbs.AST.Statement[], letter: Letter): readonly Mistake[] {
  return statements.flatMap((statement) => checkStatement(statement, letter));
}

/** What Handlebars can do and letters cannot. */
const REFUSED: Readonly<Record<string, TemplateMistake>> = {
  PartialStatement: 'partial',
  PartialBlockStatement: 'partial',
  Decorator: 'decorator',
  DecoratorBlock: 'decorator',
};

const PLAIN: readonly string[] = ['ContentStatement', 'CommentStatement'];

function checkStatement(statement: hbs.AST.Statement, letter: Letter): readonly Mistake[] {
  if (PLAIN.includes(statement.type)) return [];
  if (statement.type === 'MustacheStatement') return checkField(statement as hbs.AST.MustacheStatement, letter);
  if (statement.type === 'BlockStatement') return checkBlock(statement as hbs.AST.BlockStatement, letter);
  return [mistakeAt(statement, letter, REFUSED[statement.type] ?? 'unreadable')];
}

/** "{{council.area}}": a field that is a text, and nothing else between the braces. */
function checkField(statement: hbs.AST.MustacheStatement, letter: Letter): readonly Mistake[] {
  if (!statement.escaped) return [mistakeAt(statement, letter, 'triple-braces', tagFor(statement))];
  if (statement.params.length > 0 || hasHash(statement.hash)) return [mistakeAt(statement, letter, 'function')];
  return checkName(statement.path, 'text', letter.sections);
}

const BLOCKS = ['if', 'unless', 'each'];

/** "{{#if position}} … {{else}} … {{/if}}". */
function checkBlock(statement: hbs.AST.BlockStatement, letter: Letter): readonly Mistake[] {
  const inside = [statement.program, statement.inverse].flatMap((part) => checkStatements(part?.body ?? [], letter));
  return [...checkOpening(statement, letter), ...inside];
}

function checkOpening(statement: hbs.AST.BlockStatement, letter: Letter): readonly Mistake[] {
  const { path, params, hash, program } = statement;
  const name = nameIn(path);
  const opening = (mistake: TemplateMistake, likely: string | null = null) => [
    { ...mistakeAt(statement, letter, mistake, likely), found: openingTag(statement, letter) },
  ];
  if (openingTag(statement, letter).startsWith('{{{{')) return opening('unknown-block');
  if (!BLOCKS.includes(name)) return opening('unknown-block', prefixed(nearest(name, BLOCKS)));
  const [param, ...more] = params;
  if (!param || more.length > 0 || hasHash(hash)) return opening('block-wants-one-field');
  if (blockNames(program) || blockNames(statement.inverse)) return opening('block-name');
  return checkName(param, name === 'each' ? 'list' : 'any', letter.sections);
}

function blockNames(program: hbs.AST.Program | undefined): boolean {
  return (program?.blockParams?.length ?? 0) > 0;
}

function hasHash(hash: hbs.AST.Hash | undefined): boolean {
  return (hash?.pairs.length ?? 0) > 0;
}

function prefixed(name: string | null): string | null {
  return name === null ? null : `#${name}`;
}

function tagFor({ path }: hbs.AST.MustacheStatement): string {
  return `{{${nameIn(path)}}}`;
}

function mistakeAt(
  node: hbs.AST.Node,
  { source }: Letter,
  mistake: TemplateMistake,
  likely: string | null = null,
): Mistake {
  const { line, column } = node.loc.start;
  return { line, column: column + 1, mistake, found: shortened(textOf(node, source)), likely };
}

/** The source of a node. Columns count from 0 here, lines from 1. */
function textOf({ loc }: hbs.AST.Node, source: string): string {
  const lines = source.split('\n').slice(loc.start.line - 1, loc.end.line);
  const last = lines.length - 1;
  return lines
    .map((line, at) => line.slice(at === 0 ? loc.start.column : 0, at === last ? loc.end.column : undefined))
    .join('\n');
}

function openingTag(statement: hbs.AST.BlockStatement, { source }: Letter): string {
  return shortened(/^\{+[^}]*\}+/.exec(textOf(statement, source))?.[0] ?? '');
}
