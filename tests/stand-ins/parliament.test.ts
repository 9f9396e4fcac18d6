import { describe, expect, test } from 'vitest';
import { readSample, samples } from '../lookup/samples.ts';
import { startParliament } from './parliament.ts';

const recorded = (name: string) => (samples ? JSON.parse(readSample(`parliament/${name}.json`)) : null);

describe.skipIf(!samples)('the stand-in of Parliament', () => {
  const ask = async (path: string) => {
    const upstream = await startParliament({ names: ['Inverness, Skye and West Ross-shire'] });
    const body: unknown = await (await fetch(new URL(path, upstream.url))).json();
    await upstream.close();
    return body;
  };

  test.each([
    ['a search', '/api/Location/Constituency/Search?searchText=inverness', 'constituencies'],
    ['a constituency', '/api/Location/Constituency/4001', 'constituency-4483'],
  ])('answers %s with the same keys in the same order', async (_, path, name) => {
    expect(shapeOf(await ask(path))).toEqual(shapeOf(recorded(name)));
  });

  test('answers for a contact with entries of the same keys in the same order', async () => {
    const { comment: _comment, ...theirs } = recorded('contact');
    const ours = (await ask('/api/Members/5000/Contact')) as typeof theirs;
    const byType = (value: { typeId: number }[]) =>
      Object.fromEntries(value.map((entry) => [entry.typeId, shapeOf(entry)]));
    expect(Object.keys(ours)).toEqual(Object.keys(theirs));
    expect(byType(theirs.value)).toMatchObject(byType(ours.value));
    expect(shapeOf(ours.links)).toEqual(shapeOf(theirs.links));
  });
});

/** Every path of keys in a value, in order; what stands there does not count. */
function shapeOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => shapeOf(inner, `${path}.${key}`));
}
