import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openHttp } from '../../src/lookup/http.ts';
import { parliament } from '../../src/lookup/parliament.ts';
import { contactOf, madeUpSeat, valueOf } from '../stand-ins/parliament-records.ts';
import { json, startAnswering, type Answering } from './answering.ts';

const http = openHttp({ pauseMs: 2, opensAfter: 1_000 });
afterAll(() => http.close());

describe("Parliament's answer", () => {
  let upstream: Answering;
  beforeAll(async () => {
    upstream = await startAnswering();
  });
  afterAll(() => upstream.close());

  const seat = madeUpSeat(0, 'Tonbridge', { vacant: false, email: 'both' });
  const value = valueOf(seat);
  const page = (...values: object[]) =>
    json({ items: values.map((value) => ({ value })), totalResults: values.length, skip: 0, take: 20 });
  const contact = (...value: object[]) => json({ value });
  const ask = () => parliament(http, upstream.url).seatFor('Tonbridge');
  const office = (typeId: number, email: unknown, isWebAddress = false) => ({ typeId, isWebAddress, email });

  test('with two seats of one name is not a guess', async () => {
    upstream.replies = [page(value, { ...value, id: 7 })];
    expect(await ask()).toEqual({ ok: false, error: { kind: 'unreadable', detail: 'two seats of one name' } });
  });

  test('about another seat may be odd without closing this one', async () => {
    const odd = { ...value, id: 7, name: 'Tonbridge Wells', currentRepresentation: { member: 'nobody' } };
    upstream.replies = [page(odd, value), contact(...contactOf(seat))];
    expect(await ask()).toMatchObject({ ok: true });
  });

  test('that names one seat twice is that seat', async () => {
    upstream.replies = [page(value, value), contact(...contactOf(seat))];
    expect(await ask()).toMatchObject({ ok: true });
  });

  test.each([
    ['representation', { representation: { membershipEndDate: '2026-09-01T00:00:00' } }],
    [
      'membership',
      {
        member: {
          value: {
            ...value.currentRepresentation!.member.value,
            latestHouseMembership: { membershipEndDate: '2026-09-01T00:00:00' },
          },
        },
      },
    ],
  ])('about a member whose %s has ended says the seat is vacant', async (_, change) => {
    upstream.replies = [page({ ...value, currentRepresentation: { ...value.currentRepresentation, ...change } })];
    expect(await ask()).toEqual({ ok: true, value: { vacant: true } });
  });

  test('with a form of address hands it on', async () => {
    const named = structuredClone(value);
    Object.assign(named.currentRepresentation!.member.value, { nameAddressAs: 'Ms Ashgrove' });
    upstream.replies = [page(named), contact()];
    expect(await ask()).toMatchObject({ value: { member: { addressAs: 'Ms Ashgrove', emails: [] } } });
  });

  test.each([
    ['without the key that says who sits', [page({ ...value, currentRepresentation: undefined })]],
    ['without an end', [page({ ...value, endDate: undefined })]],
    ['about another page', [json({ items: [], totalResults: 50, skip: 20, take: 20 })]],
    ['that is not found', [json({}, 404)]],
    ['with a contact that is not found', [page(value), json({}, 404)]],
    ['with a contact of another shape', [page(value), json({ value: {} })]],
  ])('%s is unreadable', async (_, replies) => {
    upstream.replies = replies;
    expect(await ask()).toMatchObject({ error: { kind: 'unreadable' } });
  });

  test('without a contact for now is unavailable, not a member without an address', async () => {
    upstream.replies = [page(value), json({}, 503)];
    expect(await ask()).toMatchObject({ error: { kind: 'unavailable' } });
  });

  describe('gives as email addresses', () => {
    let entries: object[];
    beforeEach(() => void (entries = []));
    const emails = async () => {
      upstream.replies = [page(value), contact(...entries)];
      const answer = await ask();
      return answer.ok && !answer.value.vacant ? answer.value.member.emails : undefined;
    };

    test('the parliamentary office before the constituency office, in whatever order they come', async () => {
      entries = [office(4, 'four@parliament.example'), office(1, 'one@parliament.example')];
      expect(await emails()).toEqual(['one@parliament.example', 'four@parliament.example']);
    });

    test('one that both offices have once', async () => {
      entries = [office(1, 'One@parliament.example'), office(4, 'one@parliament.example')];
      expect(await emails()).toEqual(['One@parliament.example']);
    });

    test('never that of another entry', async () => {
      entries = [office(6, 'six@parliament.example'), office(1009, 'ten@parliament.example')];
      expect(await emails()).toEqual([]);
    });

    test('never that of a web address', async () => {
      entries = [office(1, 'one@parliament.example', true)];
      expect(await emails()).toEqual([]);
    });

    test.each([
      ['two addresses', 'one@parliament.example, two@parliament.example'],
      ['a line break', 'one@parliament.example\r\nBcc: two@parliament.example'],
      ['a line break at its end', 'one@parliament.example\n'],
      ['a space', 'one two@parliament.example'],
      ['a name', 'Robin <one@parliament.example>'],
      ['a web page', 'https://parliament.example/contact'],
      ['nothing', ''],
      ['null', null],
      ['an endless name', `${'y'.repeat(250)}@parliament.example`],
    ])('the next office alone where the first has %s', async (_, broken) => {
      entries = [office(1, broken), office(4, 'four@parliament.example')];
      expect(await emails()).toEqual(['four@parliament.example']);
    });
  });
});
