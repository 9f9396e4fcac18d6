import { z } from 'zod';
import type { Fact } from '../domain/fact.ts';
import { audience, dated, day, nation, text, webAddress } from './shapes.ts';
import { uniqueBy } from './unique.ts';
import { readYaml } from './yaml-file.ts';

const FactRecord = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/),
    text: text.regex(/\.$/, 'does not end with a full stop'),
    audiences: z.array(audience).min(1),
    nations: z.array(nation).min(1),
    source: text,
    url: webAddress.nullable(),
    dated,
    review_by: day,
  })
  .transform(({ review_by: reviewBy, ...fact }): Fact => ({ ...fact, reviewBy }));

const FILE = 'facts.yaml';

/** Reads the facts from the folder of data. */
export function readFacts(folder: URL): readonly Fact[] {
  const facts = readYaml(new URL(FILE, folder), z.array(FactRecord));
  uniqueBy(FILE, facts, ({ id }) => [id]);
  return facts;
}
