import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

/** Lower floors first. A file may import from its own floor's folder or from any floor below. */
const FLOORS = [['domain'], ['lookup', 'records', 'render', 'mail', 'store'], ['actions'], ['web'], ['.']];

/** Outside libraries that belong to one folder. */
const OWNERS: Record<string, string> = {
  undici: 'lookup',
  nodemailer: 'mail',
  mailparser: 'mail',
  'smtp-server': 'mail',
  kysely: 'store',
  pg: 'store',
  'node:sqlite': 'store',
  express: 'web',
  helmet: 'web',
  compression: 'web',
  'express-rate-limit': 'web',
  handlebars: 'render',
  yaml: 'records',
  'csv-parse/sync': 'records',
  yauzl: 'records',
  saxes: 'lookup',
  'node:dns/promises': 'lookup',
};

/** Pure, dependency-free packages that the domain may use. */
const PURE = ['postcode'];

/** Rooms of the root floor: what stands in them may lean on everything, and nothing below leans on them. */
const ROOT_ROOMS = ['cli'];

const MOST_LINES = 200;

const SOURCE = new URL('../src/', import.meta.url).pathname;
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) => /\.[jt]s$/.test(name));
const folderOf = (file: string) => {
  const [first, ...inner] = file.split('/');
  return inner.length === 0 || ROOT_ROOMS.includes(first!) ? '.' : first!;
};
const floorOf = (folder: string) => FLOORS.findIndex((floor) => floor.includes(folder));
const textOf = (file: string) => readFileSync(join(SOURCE, file), 'utf8');

/** Every module named by a static, re-exporting, side-effect or dynamic import. */
export function importsIn(text: string): string[] {
  return [...text.matchAll(/\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map(([, name]) => name!);
}

const inside = (file: string, text = textOf(file)) =>
  importsIn(text)
    .filter((name) => name.startsWith('.'))
    .map((name) => normalize(join(dirname(file), name)));

/** What a file of this name and text does against the rules; empty when nothing. */
function offences(file: string, text: string): string[] {
  const folder = folderOf(file);
  const found: string[] = [];
  if (floorOf(folder) === -1) found.push(`${file} stands on no floor`);
  for (const target of inside(file, text)) {
    const other = folderOf(target);
    if (other !== folder && floorOf(other) >= floorOf(folder)) found.push(`${file} -> ${target}`);
  }
  for (const name of importsIn(text)) {
    if ((OWNERS[name] ?? folder) !== folder) found.push(`${file} -> ${name}`);
    if (folder === 'domain' && !name.startsWith('./') && !PURE.includes(name))
      found.push(`${file} -> ${name} (not pure)`);
  }
  if (folder !== '.' && /new Date\(\)|Date\.now\(\)/.test(text)) found.push(`${file} asks for the time`);
  if (text.split('\n').length > MOST_LINES) found.push(`${file} is over ${MOST_LINES} lines`);
  return found;
}

/** The first way round that leads a file back to itself. */
function cycleIn(graph: Map<string, string[]>): string | undefined {
  const done = new Set<string>();
  const visit = (file: string, trail: string[]): string | undefined => {
    if (trail.includes(file)) return [...trail, file].join(' -> ');
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next, [...trail, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return undefined;
}

describe('the floors', () => {
  test.each(files)('%s keeps the rules', (file) => {
    expect(offences(file, textOf(file))).toEqual([]);
  });

  test('no file reaches itself', () => {
    expect(cycleIn(new Map(files.map((file) => [file, inside(file)])))).toBeUndefined();
  });
});

describe('a planted offence is named', () => {
  test.each([
    ['a library in the wrong folder', 'domain/place.ts', "import { request } from 'undici';"],
    ['an upward re-export', 'domain/place.ts', "export * from '../actions/find-place.ts';"],
    ['a room next door', 'mail/transport.ts', "import { letterById } from '../store/letters.ts';"],
    ['a dynamic import upwards', 'store/letters.ts', "const app = await import('../web/app.ts');"],
    ['a command line from below', 'actions/find-place.ts', "import { run } from '../cli/verbs.ts';"],
    ['an unknown folder', 'utils/strings.ts', ''],
    ['a clock below the root', 'actions/confirm-letter.ts', 'const now = new Date();'],
    ['a file too long', 'web/app.ts', '\n'.repeat(MOST_LINES + 1)],
  ])('%s', (_, file, text) => {
    expect(offences(file, text)).not.toEqual([]);
  });

  test('a cycle of two', () => {
    const graph = new Map([
      ['a.ts', ['b.ts']],
      ['b.ts', ['a.ts']],
    ]);
    expect(cycleIn(graph)).toBe('a.ts -> b.ts -> a.ts');
  });
});
