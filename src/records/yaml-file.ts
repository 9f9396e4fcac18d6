import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

/** Reads a YAML file of a known shape. Anything else stops the start, with the file, the record and the reason. */
export function readYaml<Shape extends z.ZodType>(file: URL, shape: Shape): z.output<Shape> {
  return shaped(fileURLToPath(file), parseYaml(fileURLToPath(file), readFileSync(file, 'utf8')), shape);
}

/** Reads YAML that stands inside another file. */
export function parseYaml(name: string, text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw new Error(`${name} is not YAML: ${String(cause)}`, { cause });
  }
}

/** Holds what was read to its shape; `name` says in the error where it stands. */
export function shaped<Shape extends z.ZodType>(name: string, value: unknown, shape: Shape): z.output<Shape> {
  const parsed = shape.safeParse(value);
  if (!parsed.success) throw new Error(`${name} is wrong:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
