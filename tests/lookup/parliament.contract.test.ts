import { afterAll, describe, expect, test } from 'vitest';
import { openHttp } from '../../src/lookup/http.ts';
import { parliament } from '../../src/lookup/parliament.ts';
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

  test('gives a member and the addresses of both offices', async () => {
    const search = recorded('constituencies');
    const contact = recorded('contact');
    expect(await seatWith(search, contact)).toEqual({
      ok: true,
      value: {
        vacant: false,
        member: {
          displayName: search.items[0].value.currentRepresentation.member.value.nameDisplayAs,
          addressAs: null,
          emails: [contact.value[0].email, contact.value[1].email],
        },
      },
    });
  });

  test('gives a member without an address when nothing is published', async () => {
    expect(await seatWith(recorded('constituencies'), recorded('empty_list'))).toMatchObject({
      value: { vacant: false, member: { emails: [] } },
    });
  });

  test.each(['search', 'biography', 'contact', 'constituency-4483', 'empty_list'])(
    'does not take %s for a search for constituencies',
    async (name) => {
      expect(await seatWith(recorded(name))).toMatchObject({ error: { kind: 'unreadable' } });
    },
  );
});
