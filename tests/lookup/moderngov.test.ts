import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ListFailure } from '../../src/domain/councillor-list.ts';
import { openModernGov, type ModernGov } from '../../src/lookup/moderngov.ts';
import { isPublicAddress } from '../../src/lookup/public-address.ts';
import { readCouncils } from '../../src/records/councils.ts';
import { startModernGov, type ModernGovFault, type ModernGovStandIn } from '../stand-ins/moderngov.ts';

const councils = readCouncils(new URL('../../data/', import.meta.url)).all;
const SOUTHWARK = councils.find(({ code }) => code === 'E09000028')!;
const LARGEST = 1024 * 1024;

let upstream: ModernGovStandIn;
let moderngov: ModernGov;
beforeEach(async () => {
  upstream = await startModernGov();
  moderngov = openModernGov({ base: upstream.url, councils, timeoutMs: 2_000, largestBytes: LARGEST });
});
afterEach(async () => {
  await moderngov.close();
  await upstream.close();
});

describe('asking a council who sits on it', () => {
  test('gives its councillors with their seats and addresses', async () => {
    const answer = await moderngov.councillorsOf(SOUTHWARK, null);
    if (!answer.ok || answer.value.kind !== 'list') throw new Error('no list');
    expect(answer.value.list.councilCode).toBe('E09000028');
    expect(answer.value.list.councillors.length).toBeGreaterThanOrEqual(10);
    expect(new Set(answer.value.list.councillors.map(({ seat }) => seat))).toContain('Castle & Park');
  });

  test('is told when nothing has changed', async () => {
    const first = await moderngov.councillorsOf(SOUTHWARK, null);
    if (!first.ok || first.value.kind !== 'list') throw new Error('no list');
    expect(await moderngov.councillorsOf(SOUTHWARK, first.value.validators)).toEqual({
      ok: true,
      value: { kind: 'unchanged' },
    });
  });

  test.each<[ModernGovFault, ListFailure]>([
    ['cut', 'unavailable'],
    ['500', 'unavailable'],
    ['429', 'unavailable'],
    ['403', 'refused'],
    ['404', 'not-moderngov'],
    ['html', 'not-moderngov'],
    ['wrong-root', 'not-moderngov'],
    ['broken-xml', 'unreadable'],
    ['laughs', 'unreadable'],
    ['empty', 'too-few'],
    ['three', 'too-few'],
    ['loop', 'redirected-away'],
    ['huge', 'too-large'],
    ['bomb', 'too-large'],
  ])('that answers with "%s" gives no list: %s', async (mode, word) => {
    upstream.faults.mode = mode;
    expect(await moderngov.councillorsOf(SOUTHWARK, null)).toEqual({ ok: false, error: word });
  });

  test.each<ModernGovFault>(['slow', 'drip'])('that is %s is not waited for', async (mode) => {
    const hurried = openModernGov({ base: upstream.url, councils, timeoutMs: 200, largestBytes: LARGEST });
    upstream.faults.mode = mode;
    expect(await hurried.councillorsOf(SOUTHWARK, null)).toEqual({ ok: false, error: 'too-slow' });
    await hurried.close();
  });

  test('reads no more of a huge answer than it may', async () => {
    upstream.faults.mode = 'huge';
    await moderngov.councillorsOf(SOUTHWARK, null);
    await upstream.leftAlone();
    expect(upstream.bytesSent).toBeLessThan(20 * LARGEST);
  });

  test.each(['http://169.254.169.254/latest/meta-data/', 'http://10.0.0.1/', 'https://elsewhere.example/'])(
    'does not follow it to %s',
    async (location) => {
      Object.assign(upstream.faults, { mode: 'redirect', location });
      expect(await moderngov.councillorsOf(SOUTHWARK, null)).toMatchObject({ ok: false });
      expect(upstream.asked).toBe(1);
    },
  );

  test('never connects to a private address, whatever the name of the council’s server leads to', async () => {
    const real = openModernGov({
      base: null,
      councils,
      timeoutMs: 2_000,
      lookup: (_host, options, done) =>
        options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4),
    });
    expect(await real.councillorsOf(SOUTHWARK, null)).toEqual({ ok: false, error: 'private-address' });
    await real.close();
  });

  test('that runs another system is not asked', async () => {
    const real = openModernGov({ base: null, councils });
    expect(await real.councillorsOf({ ...SOUTHWARK, moderngov: null }, null)).toEqual({
      ok: false,
      error: 'no-moderngov',
    });
    await real.close();
  });
});

describe('an address of the public network', () => {
  test.each(['8.8.8.8', '193.61.0.1', '2a00:1450:4009::1'])('%s is one', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  test.each(
    '127.0.0.1 0.0.0.0 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 224.0.0.1 ::1 :: fe80::1 fc00::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1'.split(
      ' ',
    ),
  )('%s is none', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
