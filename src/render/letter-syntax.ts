import Handlebars from 'handlebars';
import type { TemplateMistake } from '../domain/template-problem.ts';
import { err, ok, type Result } from '../domain/result.ts';

/** A mistake in one part of a letter: everything of a problem but which part. */
export interface Mistake {
  readonly line: number;
  readonly column: number;
  readonly mistake: TemplateMistake;
  readonly found: string;
  readonly likely: string | null;
}

/** Parses one part of a letter. What cannot be parsed gives one mistake: the first that can be named. */
export function parseLetter(source: string): Result<hbs.AST.Program, Mistake> {
  try {
    return ok(Handlebars.parse(source));
  } catch (cause) {
    return err(unbalanced(source) ?? unreadable(source, cause));
  }
}

/** A block tag, opening or closing: "{{#if position}}". */
const BLOCK_TAG = /\{\{~?\s*([#/])\s*([\w-]+)[^{}]*\}\}/g;

/** The first closing tag that closes nothing or something else, or the last opening tag that is never closed. */
function unbalanced(source: string): Mistake | undefined {
  const open: { name: string; found: string; at: number }[] = [];
  for (const match of source.matchAll(BLOCK_TAG)) {
    const [found, sign, name = ''] = match;
    if (sign === '#') open.push({ name, found, at: match.index });
    else if (open.at(-1)?.name === name) open.pop();
    else
      return { ...placeAt(source, match.index), mistake: 'wrong-closing', found, likely: closing(open.at(-1)?.name) };
  }
  const last = open.at(-1);
  return (
    last && { ...placeAt(source, last.at), mistake: 'block-not-closed', found: last.found, likely: closing(last.name) }
  );
}

function closing(name: string | undefined): string | null {
  return name === undefined ? null : `{{/${name}}}`;
}

/** The parser tells the line, in a property or in its message, but not what is wrong in words for people. */
function unreadable(source: string, cause: unknown): Mistake {
  const { lineNumber, message } = cause as { lineNumber?: number; message?: string };
  const lines = source.split('\n');
  const told = lineNumber ?? Number(/ line (\d+)/.exec(message ?? '')?.[1] ?? 1);
  const line = Math.min(Math.max(told, 1), lines.length);
  const text = lines[line - 1] ?? '';
  const at = Math.max(text.indexOf('{{'), 0);
  return { line, column: at + 1, mistake: 'unreadable', found: shortened(text.slice(at).trim()), likely: null };
}

function placeAt(source: string, index: number): { line: number; column: number } {
  const before = source.slice(0, index).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const LONGEST_QUOTE = 60;

export function shortened(text: string): string {
  return text.length <= LONGEST_QUOTE ? text : `${text.slice(0, LONGEST_QUOTE - 1)}…`;
}
