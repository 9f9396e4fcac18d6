import type { LookupFunction } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CouncillorList } from '../../src/domain/councillor.ts';
import { openModernGov, type ModernGov } from '../../src/lookup/moderngov.ts';
import { madeUpWards, PRIVATE } from '../stand-ins/moderngov-records.ts';
import { startModernGov, type ModernGovFault, type ModernGovStandIn } from '../stand-ins/moderngov.ts';
import { aCouncil } from './a-council.ts';

const COUNCIL = aCouncil();
const MEBIBYTE = 1024 * 1024;

let upstream: ModernGovStandIn;
let moderngov: ModernGov;
const opened: ModernGov[] = [];
const open = (settings: Partial<Parameters<typeof openModernGov>[0]> = {}) => {
  const client = openModernGov({ base: upstream.url, councils: [COUNCIL], pauseMs: 0, ...settings });
  opened.push(client);
  return client;
};
beforeEach(async () => {
  upstream = await startModernGov();
  moderngov = open();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((client) => client.close()));
  await upstream.close();
});

async function listOf(council = COUNCIL, client = moderngov): Promise<CouncillorList> {
  const answer = await client.councillorsOf(council, null);
  if (!answer.ok || answer.value.kind !== 'list') throw new Error(JSON.stringify(answer));
  return answer.value.list;
}

describe("a council's list", () => {
  test('is asked for by its official code', async () => {
    const { councillors } = await listOf();
    expect(upstream.requests[0]?.path).toBe('/E07000999/mgWebService.asmx/GetCouncillorsByWard');
    expect(councillors).toHaveLength(12);
    expect(councillors[0]).toEqual({
      councilCode: 'E07000999',
      theirId: '100',
      name: 'Ada Example',
      party: 'Red',
      seat: 'Abbey',
      seatCode: null,
      emails: [{ address: 'ada.example.100@anyborough.gov.uk', kind: 'official' }],
    });
  });

  test('leaves vacant seats to nobody', async () => {
    const [abbey, ...others] = madeUpWards(['Abbey', 'Park', 'Lane', 'Hill', 'Mill']);
    const vacant = ['Vacant seat', 'VACANCY', ' '].map((name, at) => ({ id: 900 + at, name }));
    upstream.councils.set(COUNCIL.code, [
      { title: 'Abbey', councillors: [...vacant, abbey!.councillors[0]!] },
      ...others,
    ]);
    const { councillors, vacantSeats } = await listOf();
    expect(vacantSeats).toEqual(['Abbey', 'Abbey', 'Abbey']);
    expect(councillors.filter(({ seat }) => seat === 'Abbey')).toHaveLength(1);
  });

  test('has nothing of an address but the email', async () => {
    const wards = madeUpWards(['Abbey', 'Park', 'Lane', 'Hill']).map(({ title, councillors }) => ({
      title,
      councillors: councillors.map((it) => ({ ...it, homeEmail: `home${it.id}@mail.example; ${it.workEmail}` })),
    }));
    upstream.councils.set(COUNCIL.code, wards);
    const list = await listOf();
    for (const secret of Object.values(PRIVATE)) expect(JSON.stringify(list)).not.toContain(secret);
    expect(list.councillors[0]?.emails).toEqual([
      { address: 'ada.example.100@anyborough.gov.uk', kind: 'official' },
      { address: 'home100@mail.example', kind: 'personal' },
    ]);
  });

  test('is read where entities were encoded twice and line ends came in', async () => {
    const wards = madeUpWards(['Castle &amp; Park', 'Park', 'Lane', 'Hill']);
    wards[1] = { title: ' St Mary&#39;s\r\n', councillors: wards[1]!.councillors };
    upstream.councils.set(COUNCIL.code, wards);
    const { councillors } = await listOf();
    expect(new Set(councillors.map(({ seat }) => seat))).toEqual(
      new Set(['Castle & Park', "St Mary's", 'Lane', 'Hill']),
    );
  });

  test('is not sent again while it has not changed', async () => {
    const first = await moderngov.councillorsOf(COUNCIL, null);
    const validators = first.ok && first.value.kind === 'list' ? first.value.validators : null;
    expect(validators?.etag).toMatch(/^"/);
    expect(await moderngov.councillorsOf(COUNCIL, validators)).toEqual({ ok: true, value: { kind: 'unchanged' } });
    expect(upstream.requests[1]?.headers['if-modified-since']).toBe(validators?.lastModified);
    upstream.councils.set(COUNCIL.code, madeUpWards(['A', 'B', 'C', 'D']));
    expect(await moderngov.councillorsOf(COUNCIL, validators)).toMatchObject({ value: { kind: 'list' } });
  });

  test('without addresses is a list all the same', async () => {
    upstream.faults.mode = 'no-emails';
    expect((await listOf()).councillors.every(({ emails }) => emails.length === 0)).toBe(true);
  });

  test('is found where the council has moved it within its own site', async () => {
    upstream.faults.mode = 'moved';
    expect((await listOf()).councillors).toHaveLength(12);
  });

  test('cannot be asked of a council with another system', async () => {
    const client = open({ base: null });
    const answer = await client.councillorsOf(aCouncil({ moderngov: null }), null);
    expect(answer).toEqual({ ok: false, error: 'no-moderngov' });
  });

  test.each([
    ['two councillors with one id', [1, 1]],
    ['an id that is none', [1, Number.NaN].map((id) => (Number.isNaN(id) ? -0.5 : id))],
  ])('is not believed with %s', async (_, ids) => {
    const odd = { title: 'Odd', councillors: ids.map((id) => ({ id, name: 'Ada Example' })) };
    upstream.councils.set(COUNCIL.code, [...madeUpWards(['A', 'B', 'C', 'D']), odd]);
    expect(await moderngov.councillorsOf(COUNCIL, null)).toEqual({ ok: false, error: 'unreadable' });
  });
});

describe('on a bad day', () => {
  const refusal = async (mode: ModernGovFault, client = moderngov) => {
    upstream.faults.mode = mode;
    const answer = await client.councillorsOf(COUNCIL, null);
    await upstream.leftAlone();
    return answer.ok ? answer : answer.error;
  };

  test.each<[ModernGovFault, string]>([
    ['down', 'unavailable'],
    ['cut', 'unavailable'],
    ['429', 'unavailable'],
    ['500', 'unavailable'],
    ['403', 'refused'],
    ['404', 'not-moderngov'],
    ['html', 'not-moderngov'],
    ['wrong-root', 'not-moderngov'],
    ['broken-xml', 'unreadable'],
    ['laughs', 'unreadable'],
    ['empty', 'too-few'],
    ['three', 'too-few'],
  ])('%s is said to be %s, after one request', async (mode, word) => {
    expect(await refusal(mode)).toBe(word);
    expect(upstream.asked).toBe(1);
  });

  test('nobody there is unavailable', async () => {
    await upstream.close();
    expect(await moderngov.councillorsOf(COUNCIL, null)).toEqual({ ok: false, error: 'unavailable' });
  });

  test.each<ModernGovFault>(['slow', 'drip'])('%s is too slow, and hung up on', async (mode) => {
    expect(await refusal(mode, open({ timeoutMs: 200 }))).toBe('too-slow');
    expect(upstream.asked).toBe(1);
  });

  test('a redirect is followed after a pause, not at once', async () => {
    expect(await refusal('moved', open({ pauseMs: 60_000, timeoutMs: 200 }))).toBe('too-slow');
    expect(upstream.asked).toBe(1);
  });

  test('a hundred megabytes are cut off', async () => {
    expect(await refusal('huge')).toBe('too-large');
    expect(upstream.bytesSent).toBeLessThan(20 * MEBIBYTE); // five that are read, and what lay on the way
  });

  test('a hundred megabytes in a small parcel are not unpacked', async () => {
    const before = process.memoryUsage().arrayBuffers;
    upstream.faults.mode = 'bomb';
    expect(await moderngov.councillorsOf(COUNCIL, null)).toEqual({ ok: false, error: 'too-large' });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(150 * MEBIBYTE); // the stand-in packs a hundred of them itself
    await upstream.leftAlone();
  });

  test('round and round is given up', async () => {
    expect(await refusal('loop')).toBe('redirected-away');
    expect(upstream.asked).toBe(4);
  });

  test.each([
    'http://169.254.169.254/latest/meta-data',
    'http://127.0.0.1:1/',
    'https://www.anyborough.gov.uk/',
    'ftp://x',
    '',
  ])('a redirect to "%s" is not followed', async (location) => {
    upstream.faults.location = location;
    expect(await refusal('redirect')).toBe('redirected-away');
    expect(upstream.asked).toBe(location === '' ? 4 : 1);
  });

  test('a redirect to another port of the same machine is not followed', async () => {
    const other = await startModernGov();
    upstream.faults.location = other.url.href;
    expect(await refusal('redirect')).toBe('redirected-away');
    expect(other.connections).toBe(0);
    await other.close();
  });
});

describe('a network that is not public', () => {
  const resolving = (addresses: Readonly<Record<string, string>>): LookupFunction =>
    ((host, options, done) => {
      const address = addresses[host] ?? '';
      if (options.all) done(null, [{ address, family: 4 }]);
      else done(null, address, 4);
    }) satisfies LookupFunction;

  test.each([
    'https://127.0.0.1',
    'http://127.0.0.1',
    'https://[::1]',
    'https://localhost',
    'https://10.0.0.1',
    'https://[::ffff:7f00:1]',
    'https://2130706433',
  ])('is not entered at %s', async (host) => {
    const moderngov = `${host}:${upstream.url.port}`;
    const answer = await open({ base: null }).councillorsOf(aCouncil({ moderngov }), null);
    expect(answer).toEqual({ ok: false, error: 'private-address' });
    expect(upstream.connections).toBe(0);
  });

  test('is not entered through a name that resolves into it', async () => {
    const lookup = resolving({ 'democracy.anyborough.gov.uk': '169.254.169.254' });
    const answer = await open({ base: null, lookup }).councillorsOf(COUNCIL, null);
    expect(answer).toEqual({ ok: false, error: 'private-address' });
  });

  test('is not entered by a redirect within the site', async () => {
    const lookup = resolving({ 'democracy.anyborough.gov.uk': '127.0.0.1', 'inside.anyborough.gov.uk': '127.0.0.2' });
    const base = new URL(`http://democracy.anyborough.gov.uk:${upstream.url.port}`);
    const client = open({ base, lookup, mayConnect: (address) => address === '127.0.0.1' });
    upstream.faults.mode = 'redirect';
    upstream.faults.location = `http://inside.anyborough.gov.uk:${upstream.url.port}/`;
    expect(await client.councillorsOf(COUNCIL, null)).toEqual({ ok: false, error: 'private-address' });
    expect(upstream.asked).toBe(1);
  });

  test('is not entered by way of a MODERNGOV_URL that is no loopback', async () => {
    const lookup = resolving({ 'rehearsal.example': '127.0.0.1' });
    const base = new URL(`http://rehearsal.example:${upstream.url.port}`);
    expect(await open({ base, lookup }).councillorsOf(COUNCIL, null)).toEqual({ ok: false, error: 'private-address' });
  });
});
