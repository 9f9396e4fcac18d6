import { afterAll, describe, expect, test } from 'vitest';
import { openHttp } from '../../src/lookup/http.ts';
import { parliament } from '../../src/lookup/parliament.ts';
import { startParliament } from '../stand-ins/parliament.ts';
import { json, startAnswering } from './answering.ts';
import { readSample, samples } from './samples.ts';

const http = openHttp({ pauseMs: 1, opensAfter: 1_000 });
afterAll(() => http.close());

const recorded = (name: string) => (samples ? JSON.parse(readSample(`parliament/${name}.json`)) : null);

describe.skipIf(!samples)('Parliament as recorded', () => {
  const seatWith = async (search: object, ...then: object[]) => {
    const upstream = await startAnswering(...[search, ...then].map((body) => json(body)));
    const seat = await parliament(http, upstream.url).seatFor('Inverness, Skye and West Ross-shire');
    await upstream.close();
    return seat;
  };

  test('gives a member and the address of the parliamentary office', async () => {
    const search = recorded('constituencies');
    const contact = recorded('contact');
    expect(await seatWith(search, contact)).toEqual({
      ok: true,
      value: {
        vacant: false,
        member: {
          displayName: search.items[0].value.currentRepresentation.member.value.nameDisplayAs,
          addressAs: null,
          email: contact.value[0].email,
        },
      },
    });
  });

  test('gives a member without an address when nothing is published', async () => {
    expect(await seatWith(recorded('constituencies'), recorded('empty_list'))).toMatchObject({
      value: { vacant: false, member: { email: null } },
    });
  });

  test.each(['search', 'biography', 'contact', 'constituency-4483', 'empty_list'])(
    'does not take %s for a search for constituencies',
    async (name) => {
      expect(await seatWith(recorded(name))).toMatchObject({ error: { kind: 'unreadable' } });
    },
  );
});

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
