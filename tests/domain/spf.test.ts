import { describe, expect, test } from 'vitest';
import { allowsSomebody, endOf, ledTo, lookupsOf, spfIn, type SpfTree } from '../../src/domain/spf.ts';

const treeOf = (text: string, ...below: SpfTree[]): SpfTree => ({ domain: 'example.org', found: spfIn([text]), below });
const recordIn = (text: string) => {
  const found = spfIn([text]);
  if (!found.ok) throw new Error(found.error.kind);
  return found.value;
};

describe('the SPF record of a domain', () => {
  test('is the one TXT record that begins so', () => {
    expect(spfIn(['v=spf10 -all', 'hello', 'v=spf1 -all', 'V=SPF1x'])).toMatchObject({
      ok: true,
      value: { text: 'v=spf1 -all' },
    });
    expect(spfIn(['V=spf1'])).toMatchObject({ ok: true, value: { terms: [] } });
  });

  test('is missing, or there are two and none counts', () => {
    expect(spfIn(['hello'])).toEqual({ ok: false, error: { kind: 'none' } });
    expect(spfIn([])).toEqual({ ok: false, error: { kind: 'none' } });
    expect(spfIn(['v=spf1 -all', 'v=spf1 -all'])).toEqual({ ok: false, error: { kind: 'several' } });
  });

  test.each([
    'a',
    '+a',
    'a:mail.example.org',
    'a/24',
    'a:mail.example.org/24//64',
    'mx//64',
    'ptr',
    'ip4:192.0.2.0/24',
    '-ip6:2001:db8::/32',
    'INCLUDE:_spf.example.org',
    'exists:%{ir}.sbl.example.org',
    'exp=explain.example.org',
    'unknown-modifier=%{i}',
    '~all',
  ])('may say "%s"', (word) => {
    expect(spfIn([`v=spf1  ${word} -all`])).toMatchObject({ ok: true });
  });

  test.each([
    'ip4=192.0.2.1',
    'ip4:192.0.2',
    'ipv4:192.0.2.1',
    'include',
    'include:',
    'includes:example.org',
    '192.0.2.1',
    'a:',
    'all:example.org',
    '~ all',
    '-all;',
    '“~all”',
  ])('is void with "%s" in it', (word) => {
    expect(spfIn([`v=spf1 ${word} -all`])).toMatchObject({ ok: false, error: { kind: 'unreadable' } });
  });

  test('is void with two redirects', () => {
    expect(spfIn(['v=spf1 redirect=a.example redirect=b.example'])).toMatchObject({ ok: false });
  });
});

describe('what it costs to read', () => {
  test('is one for each name that is asked for, here and below', () => {
    const inner = treeOf('v=spf1 a mx ptr exists:example.org ip4:192.0.2.1 -all');
    expect(lookupsOf(treeOf('v=spf1 include:one.example ip6:2001:db8::1 ~all', inner))).toBe(5);
    expect(lookupsOf(treeOf('v=spf1 redirect=one.example', inner))).toBe(5);
  });

  test('is nothing for a redirect beside an "all", which nobody follows', () => {
    expect(lookupsOf(treeOf('v=spf1 redirect=one.example -all'))).toBe(0);
    expect(ledTo(recordIn('v=spf1 redirect=one.example -all'))).toEqual([]);
  });

  test('leads to includes and the redirect', () => {
    expect(
      ledTo(recordIn('v=spf1 include:one.example ?include:two.example include:%{d}.example redirect=three.example')),
    ).toEqual(['one.example', 'two.example', 'three.example']);
  });
});

describe('what it says of everybody else', () => {
  test.each([
    ['v=spf1 a -all', '-'],
    ['v=spf1 a ~all', '~'],
    ['v=spf1 a all', '+'],
    ['v=spf1 a +all', '+'],
    ['v=spf1 a ?all', '?'],
    ['v=spf1 a', null],
  ])('%s', (text, end) => {
    expect(endOf(treeOf(text))).toBe(end);
  });

  test('stands in the record that it redirects to', () => {
    expect(endOf(treeOf('v=spf1 redirect=example.org', treeOf('v=spf1 a -all')))).toBe('-');
  });

  test('is nobody but them where nothing else is allowed', () => {
    for (const text of ['v=spf1 -all', 'v=spf1 ~all', 'v=spf1 -a ~all'])
      expect(allowsSomebody(treeOf(text))).toBe(false);
    for (const text of ['v=spf1 a -all', 'v=spf1 redirect=a.example']) expect(allowsSomebody(treeOf(text))).toBe(true);
  });
});
