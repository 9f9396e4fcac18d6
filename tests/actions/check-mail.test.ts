import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { checkMail, type Sending } from '../../src/actions/check-mail.ts';
import { sayFindings } from '../../src/cli/mail-check-words.ts';
import type { Finding } from '../../src/domain/mail-finding.ts';
import { mailRecords } from '../../src/lookup/mail-records.ts';
import { bitsOf, publishedKeyOf } from '../../src/mail/dkim-key.ts';
import { startDns, type DnsStandIn, type Zone } from '../stand-ins/dns.ts';

const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength }).privateKey;
const keyOf = (key: ReturnType<typeof rsa>) => ({
  domain: 'example.org',
  selector: 'pp1',
  bits: bitsOf(key),
  ...publishedKeyOf(key),
});
const KEY = keyOf(rsa(2048));
const SENDING: Sending = { from: 'example.org', envelope: 'example.org', relay: 'mail.example.net', key: KEY };

const SOUND: Readonly<Record<string, Zone>> = {
  'example.org': { TXT: ['v=spf1 include:_spf.example.net ~all'], MX: ['10 mx.example.org'] },
  'mx.example.org': { A: ['192.0.2.1'] },
  '_spf.example.net': { TXT: ['v=spf1 ip4:192.0.2.0/24 -all'] },
  '_dmarc.example.org': { TXT: ['v=DMARC1; p=reject'] },
  'pp1._domainkey.example.org': { TXT: [KEY.record] },
};

const servers: DnsStandIn[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** Everything that is found when these names are as they are here, and all others sound. */
async function check(zones: Readonly<Record<string, Zone>> = {}, sending: Partial<Sending> = {}) {
  const server = await startDns({ ...SOUND, ...zones });
  servers.push(server);
  return checkMail(mailRecords({ server: server.address, timeout: 100 }), { ...SENDING, ...sending });
}

const codes = (findings: readonly Finding[]) => findings.map(({ code }) => code);
const TXT = (...texts: string[]): Zone => ({ ...SOUND['example.org'], TXT: texts });
const key = (text: string) => ({ 'pp1._domainkey.example.org': { TXT: [text] } });
const dmarc = (text: string) => ({ '_dmarc.example.org': { TXT: [text] } });

describe('a sending domain', () => {
  test('that is sound needs nothing', async () => {
    const findings = await check();

    expect(codes(findings)).toEqual(['spf-good', 'spf-relay', 'dkim-good', 'dmarc-good', 'dmarc-both', 'mx-good']);
    expect(findings.every(({ level }) => level === 'good' || level === 'note')).toBe(true);
  });

  test.each<[string, string, Record<string, Zone>]>([
    ['has no SPF record', 'spf-missing', { 'example.org': TXT('hello') }],
    ['has two', 'spf-several', { 'example.org': TXT('v=spf1 a -all', 'v=spf1 mx -all') }],
    ['has a wrong word in it', 'spf-unreadable', { 'example.org': TXT('v=spf1 ipv4:192.0.2.1 -all') }],
    ['asks too much', 'spf-too-many', { 'example.org': TXT(`v=spf1 ${'a:mx.example.org '.repeat(11)}-all`) }],
    ['leads to itself', 'spf-too-many', { 'example.org': TXT('v=spf1 include:example.org a -all') }],
    ['leads nowhere', 'spf-leads-nowhere', { 'example.org': TXT('v=spf1 include:gone.example.org -all') }],
    ['leads to a wrong record', 'spf-leads-to-wrong', { '_spf.example.net': { TXT: ['v=spf1 -all', 'v=spf1 ~all'] } }],
    ['leads to silence', 'spf-unknown', { '_spf.example.net': { fault: 'silence' } }],
    ['allows everybody', 'spf-everybody', { 'example.org': TXT('v=spf1 a +all') }],
    ['allows nobody', 'spf-nobody', { 'example.org': TXT('v=spf1 -all') }],
    ['says nothing of others', 'spf-no-end', { 'example.org': TXT('v=spf1 a') }],
    ['has broken name servers', 'spf-unknown', { 'example.org': { fault: 'SERVFAIL' } }],
    ['has no key', 'dkim-missing', { 'pp1._domainkey.example.org': {} }],
    ['has two keys', 'dkim-several', { 'pp1._domainkey.example.org': { TXT: [KEY.record, KEY.record] } }],
    ['has no key but something else', 'dkim-unreadable', key('hello')],
    ['has taken its key back', 'dkim-revoked', key('v=DKIM1; p=')],
    ['has a key for other uses', 'dkim-not-for-this', key(`${KEY.record}; s=tlsrpt`)],
    ['has another key', 'dkim-other-key', key(keyOf(rsa(2048)).record)],
    ['has a key of another kind', 'dkim-other-key', key(KEY.record.replace('k=rsa', 'k=ed25519'))],
    ['is trying its key out', 'dkim-testing', key(`${KEY.record}; t=y`)],
    ['gives no answer about its key', 'dkim-unknown', { 'pp1._domainkey.example.org': { fault: 'silence' } }],
    ['has no DMARC record', 'dmarc-missing', dmarc('hello')],
    ['has two', 'dmarc-several', { '_dmarc.example.org': { TXT: ['v=DMARC1; p=none', 'v=DMARC1; p=none'] } }],
    ['has a wrong one', 'dmarc-unreadable', dmarc('v=DMARC1; p=block')],
    ['only watches', 'dmarc-watching', dmarc('v=DMARC1; p=none')],
    ['is trying its policy out', 'dmarc-testing', dmarc('v=DMARC1; p=reject; pct=10')],
    ['gives no answer about its policy', 'dmarc-unknown', { '_dmarc.example.org': { fault: 'REFUSED' } }],
    ['has no mail server', 'mx-missing', { 'example.org': { TXT: ['v=spf1 a -all'] } }],
    ['has an address in place of one', 'mx-implied', { 'example.org': { TXT: ['v=spf1 a -all'], A: ['192.0.2.1'] } }],
    ['takes no mail', 'mx-refuses', { 'example.org': { ...TXT('v=spf1 a -all'), MX: ['0 .'] } }],
    ['names a mail server that is nowhere', 'mx-leads-nowhere', { 'mx.example.org': {} }],
    ['gives no answer about its mail server', 'mx-unknown', { 'example.org': { fault: 'silence' } }],
  ])('that %s is told so: %s', async (_, code, zones) => {
    const findings = await check(zones);

    expect(codes(findings)).toContain(code);
    expect(sayFindings(findings)).not.toMatch(/[{}]|undefined/);
  });

  test('whose key is written in the older way has the right one', async () => {
    expect(codes(await check(key(`v=DKIM1; p=${KEY.p[1]}`)))).toContain('dkim-good');
  });

  test('whose key is short, or for few, is advised', async () => {
    for (const [own, code] of [
      [keyOf(rsa(1024)), 'dkim-short'],
      [keyOf(generateKeyPairSync('ed25519').privateKey), 'dkim-ed25519'],
    ] as const)
      expect(codes(await check(key(own.record), { key: own }))).toEqual(expect.arrayContaining(['dkim-good', code]));
  });

  test('that signs nothing here is told how, and that its envelope alone speaks for it', async () => {
    expect(codes(await check({}, { key: null }))).toEqual(expect.arrayContaining(['dkim-not-here', 'dmarc-only-spf']));
  });
});

describe('an envelope of another domain', () => {
  const BOUNCES = { 'bounces.example.org': SOUND['example.org']!, 'other.example': SOUND['example.org']! };

  test('leaves the other domain to be asked as well: our own mails to supporters have it in theirs', async () => {
    const findings = await check({ ...BOUNCES, 'example.org': TXT('hello') }, { envelope: 'bounces.example.org' });
    const spf = findings.filter(({ code }) => code.startsWith('spf-'));
    expect(spf.map(({ code, names }) => [code, names['domain']])).toEqual([
      ['spf-good', 'bounces.example.org'],
      ['spf-missing', 'example.org'],
      ['spf-relay', undefined],
    ]);
  });

  test('is the one that SPF is asked of, and bounces go to', async () => {
    const findings = await check({}, { envelope: 'bounces.example.org' });

    expect(findings.find(({ code }) => code === 'spf-missing')).toMatchObject({
      level: 'wrong',
      publish: { name: 'bounces.example.org', type: 'TXT', value: 'v=spf1 a:mail.example.net ~all' },
    });
    expect(findings.find(({ code }) => code === 'mx-missing')?.names).toEqual({ domain: 'bounces.example.org' });
  });

  test.each([
    ['of the same organisation speaks for it', 'bounces.example.org', 'v=DMARC1; p=reject', 'dmarc-both'],
    [
      'speaks for it only where that is not strict',
      'bounces.example.org',
      'v=DMARC1; p=reject; aspf=s',
      'dmarc-only-dkim',
    ],
    ['of another organisation does not', 'other.example', 'v=DMARC1; p=reject', 'dmarc-only-dkim'],
  ])('%s', async (_, envelope, record, code) => {
    expect(codes(await check({ ...BOUNCES, ...dmarc(record) }, { envelope }))).toContain(code);
  });

  test('and no signature leave nothing that speaks for the domain', async () => {
    const findings = await check(BOUNCES, { envelope: 'other.example', key: null });
    expect(findings.find(({ code }) => code === 'dmarc-neither')?.level).toBe('wrong');
  });

  test('a policy for what is below counts below', async () => {
    const findings = await check(
      { ...dmarc('v=DMARC1; p=reject; sp=none'), 'post.example.org': SOUND['example.org']! },
      { from: 'post.example.org', envelope: 'post.example.org' },
    );
    expect(codes(findings)).toEqual(expect.arrayContaining(['dmarc-watching', 'dmarc-both']));
  });
});

describe('the record to publish', () => {
  test('is cut into strings that a name server takes', async () => {
    const said = sayFindings(await check({ 'pp1._domainkey.example.org': {} }));
    const [, strings = ''] = /pp1\._domainkey\.example\.org\. {2}TXT {2}(.*)/.exec(said) ?? [];

    expect(strings.split('" "').every((piece) => piece.replaceAll('"', '').length <= 255)).toBe(true);
    expect(strings.split('" "').join('').replaceAll('"', '')).toBe(KEY.record);
  });

  test.each([
    [null, 'v=spf1 ip4:ADDRESS-OF-THIS-MACHINE ~all'],
    ['192.0.2.7', 'v=spf1 ip4:192.0.2.7 ~all'],
    ['[2001:db8::7]', 'v=spf1 ip6:2001:db8::7 ~all'],
  ])('names the mail server %s', async (relay, value) => {
    const findings = await check({ 'example.org': TXT() }, { relay });
    expect(findings.find(({ code }) => code === 'spf-missing')?.publish?.value).toBe(value);
  });

  test.each([
    ['v=spf1 a:mail.example.net +all', 'v=spf1 a:mail.example.net ~all'],
    ['v=spf1 mx all exp=why.example.org', 'v=spf1 mx exp=why.example.org ~all'],
    ['v=spf1 mx ?all', 'v=spf1 mx ~all'],
    ['v=spf1 mx', 'v=spf1 mx ~all'],
    ['v=spf1 -all', 'v=spf1 a:mail.example.net ~all'],
  ])('is the one that is there, mended: %s', async (text, value) => {
    const findings = await check({ 'example.org': TXT(text) });
    expect(findings.find(({ publish }) => publish)?.publish).toEqual({ name: 'example.org', type: 'TXT', value });
  });

  test('is not made up where another domain says how it ends', async () => {
    const findings = await check({
      'example.org': TXT('v=spf1 redirect=_spf.example.net'),
      '_spf.example.net': { TXT: ['v=spf1 a +all'] },
    });
    expect(findings.find(({ code }) => code === 'spf-everybody')).toMatchObject({ publish: null });
  });

  test.each(['-all', '+all', ''])('never writes to the terminal what somebody put into the DNS (%s)', async (end) => {
    const said = sayFindings(await check({ 'example.org': TXT(`v=spf1 a exp=\x1b[2Jhello ${end}`) }));
    expect(said).toContain('exp=?[2Jhello');
    // oxlint-disable-next-line no-control-regex -- the control characters are the point
    expect(said).not.toMatch(/[^\n -~…]/);
  });
});
