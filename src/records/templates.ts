import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { STANCES } from '../domain/position.ts';
import type { Template } from '../domain/template.ts';
import { audience, nation, text } from './shapes.ts';
import { parseYaml, shaped } from './yaml-file.ts';

const FrontMatter = z
  .strictObject({
    campaign: text,
    audience,
    nations: z.array(nation).min(1),
    stances: z.array(z.enum(STANCES)).default([]),
    language: z.enum(['en', 'cy']),
    subject: text,
    facts: z.record(
      z.string().regex(/^[a-z][a-zA-Z]*$/),
      z.strictObject({ choose: z.int().min(1), from: z.array(text).min(1) }),
    ),
  })
  .refine(({ audience, stances }) => audience === 'mp' || stances.length > 0, 'a council letter needs its stances')
  .transform(({ campaign, ...rest }) => ({ campaignId: campaign, ...rest }));

const ENDING = '.hbs';

/** Reads the starter letters: YAML between two lines of ---, then the body. Whether they can be filled is the renderer's to say. */
export function readTemplates(folder: URL): readonly Template[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(ENDING));
  return files.sort().map((file) => readTemplate(new URL(file, folder), file.slice(0, -ENDING.length)));
}

function readTemplate(file: URL, id: string): Template {
  const name = fileURLToPath(file);
  const [, front, body] = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(readFileSync(file, 'utf8')) ?? [];
  if (front === undefined || body === undefined)
    throw new Error(`${name} does not begin with front matter between lines of ---`);
  return { id, ...shaped(name, parseYaml(name, front), FrontMatter), body };
}
