import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lookupsOf } from '../../src/domain/spf.ts';
import { mailRecords, type MailDns } from '../../src/lookup/mail-records.ts';
import { spfTree } from '../../src/lookup/spf-tree.ts';
import { startDns, type DnsStandIn } from '../stand-ins/dns.ts';

let server: DnsStandIn;
let dns: MailDns;
beforeAll(async () => {
  server = await startDns({
    'example.org': {
      TXT: ['v=spf1 include:_spf.example.net ~all', 'something else'],
      MX: ['20 b.example.org', '10 a.example.org'],
    },
    'a.example.org': { A: ['192.0.2.1'] },
    'six.example.org': { AAAA: ['2001:db8::1'] },
    'split.example.org': { TXT: [['v=DKIM1; ', 'p=AAAA', 'BBBB']] },
    'long.example.org': { TXT: [Array<string>(10).fill('x'.repeat(250))] },
    'empty.example.org': {},
    'broken.example.org': { fault: 'SERVFAIL' },
    'closed.example.org': { fault: 'REFUSED' },
    'silent.example.org': { fault: 'silence' },
    'rubbish.example.org': { fault: 'rubbish' },
    '_spf.example.net': { TXT: ['v=spf1 a mx ip4:192.0.2.0/24 include:more.example.net -all'] },
    'more.example.net': { TXT: ['v=spf1 exists:%{i}.example.net -all'] },
    'round.example.org': { TXT: ['v=spf1 include:round.example.org -all'] },
    'wide.example.org': { TXT: [`v=spf1 ${'include:wide.example.org '.repeat(6)}-all`] },
  });
  dns = mailRecords({ server: server.address, timeout: 100 });
});
afterAll(() => server.close());

describe('what a name server says', () => {
  test('comes as it is, mail servers by preference', async () => {
    expect(await dns.texts('example.org')).toEqual({
      ok: true,
      value: ['v=spf1 include:_spf.example.net ~all', 'something else'],
    });
    expect(await dns.mailServers('example.org')).toMatchObject({
      value: [{ host: 'a.example.org' }, { host: 'b.example.org' }],
    });
    for (const name of ['a.example.org', 'six.example.org'])
      expect(await dns.hasAddress(name)).toEqual({ ok: true, value: true });
  });

  test('is joined from its strings, also when it is too long for one datagram', async () => {
    expect(await dns.texts('split.example.org')).toEqual({ ok: true, value: ['v=DKIM1; p=AAAABBBB'] });
    expect(await dns.texts('long.example.org')).toEqual({ ok: true, value: ['x'.repeat(2_500)] });
  });

  test.each([
    ['nowhere.example.org', 'no-such-name'],
    ['empty.example.org', 'no-record'],
    ['broken.example.org', 'server-failed'],
    ['closed.example.org', 'server-failed'],
    ['silent.example.org', 'timed-out'],
    ['..', 'no-such-name'],
  ])('of %s is "%s", whatever is asked', async (name, error) => {
    for (const answer of [await dns.texts(name), await dns.mailServers(name), await dns.hasAddress(name)])
      expect(answer).toEqual({ ok: false, error });
  });

  test('that cannot be read is no proof of anything', async () => {
    const answer = await dns.texts('rubbish.example.org');
    expect(answer).toEqual({ ok: false, error: expect.stringMatching(/^(server-failed|timed-out)$/) });
  });

  test('is nothing where nobody listens', async () => {
    const gone = await startDns({});
    await gone.close();
    expect(await mailRecords({ server: gone.address, timeout: 100 }).texts('example.org')).toEqual({
      ok: false,
      error: 'timed-out',
    });
  });

  test('is asked of the server that was named, which has to be one', () => {
    for (const server of ['example.org', 'nonsense', '300.1.1.1', ''])
      expect(() => mailRecords({ server })).toThrow(/IP address/);
  });
});

describe('an SPF record', () => {
  test('is followed to all that it leads to, but not where a name is made up for each mail', async () => {
    const tree = await spfTree(dns, 'example.org');

    expect(tree.below[0]).toMatchObject({
      domain: '_spf.example.net',
      below: [{ domain: 'more.example.net', below: [] }],
    });
    expect(lookupsOf(tree)).toBe(5);
  });

  test.each(['round.example.org', 'wide.example.org'])('that leads to itself has an end: %s', async (domain) => {
    const before = server.asked.length;
    const tree = await spfTree(dns, domain);

    expect(lookupsOf(tree)).toBeGreaterThan(10);
    expect(server.asked.length - before).toBeLessThanOrEqual(21);
  });
});
