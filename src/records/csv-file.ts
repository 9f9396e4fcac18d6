import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import type { z } from 'zod';
import { shaped } from './yaml-file.ts';

/** Reads a CSV file with a first line of names. A row of another shape stops the start, with the file, the line and the reason. */
export function readCsv<Shape extends z.ZodType>(file: URL, shape: Shape): readonly z.output<Shape>[] {
  const rows: unknown[] = parse(readFileSync(file), { columns: true, bom: true, trim: true, skip_empty_lines: true });
  return rows.map((row, at) => shaped(`${fileURLToPath(file)} line ${at + 2}`, row, shape));
}
