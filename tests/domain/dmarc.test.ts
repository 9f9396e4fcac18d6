import { describe, expect, test } from 'vitest';
import { decidingStep, dmarcDomains, dmarcIn, dmarcStep, organisationOf } from '../../src/domain/dmarc.ts';
import { err, ok } from '../../src/domain/result.ts';

describe('a DMARC record', () => {
  test('says what to do, below it too, and how narrowly', () => {
    expect(dmarcIn(['hello', 'v=DMARC1; p=reject; rua=mailto:a@example.org'])).toEqual(
      ok({ p: 'reject', sp: 'reject', adkim: 'relaxed', aspf: 'relaxed', testing: false, psd: null }),
    );
    expect(dmarcIn(['v=DMARC1 ; p=Quarantine; sp=none; adkim=s; aspf=S; pct=50; psd=n;'])).toEqual(
      ok({ p: 'quarantine', sp: 'none', adkim: 'strict', aspf: 'strict', testing: true, psd: 'n' }),
    );
    expect(dmarcIn(['v=DMARC1; p=none; t=y'])).toMatchObject({ value: { testing: true } });
  });

  test.each([
    [[], 'none'],
    [['v=DMARC10; p=none'], 'none'],
    [['p=none; v=DMARC1'], 'none'],
    [['v=DMARC1; p=none', 'v=DMARC1; p=reject'], 'several'],
    [['v=DMARC1'], 'unreadable'],
    [['v=DMARC1; p=block'], 'unreadable'],
    [['v=DMARC1; p=none; sp=all'], 'unreadable'],
    [['v=DMARC1; p=none; adkim=x'], 'unreadable'],
    [['v=DMARC1; p=none; p=reject'], 'unreadable'],
    [['v=DMARC1; p=none, rua'], 'unreadable'],
    [['v=dmarc1; p=none'], 'unreadable'],
  ])('%j is "%s"', (texts, error) => {
    expect(dmarcIn(texts)).toEqual(err(error));
  });
});

describe('the way up from a domain', () => {
  const walk = (records: Readonly<Record<string, string>>, domain = 'post.campaign.example.org') =>
    dmarcDomains(domain).map((one) =>
      dmarcStep(one, records[one] === undefined ? err('no-such-name') : ok([records[one]])),
    );

  test('is itself and each domain above, eight at most', () => {
    expect(dmarcDomains('post.example.org')).toEqual(['post.example.org', 'example.org', 'org']);
    expect(dmarcDomains('a.b.c.d.e.f.g.h.i.org')).toEqual([
      'a.b.c.d.e.f.g.h.i.org',
      'd.e.f.g.h.i.org',
      'e.f.g.h.i.org',
      'f.g.h.i.org',
      'g.h.i.org',
      'h.i.org',
      'i.org',
      'org',
    ]);
  });

  test('ends at the organisation: the highest record, or what the records say', () => {
    const [none, high] = ['v=DMARC1; p=none', 'v=DMARC1; p=reject'];
    expect(organisationOf(walk({}))).toBe('post.campaign.example.org');
    expect(organisationOf(walk({ 'example.org': high, 'campaign.example.org': none }))).toBe('example.org');
    expect(organisationOf(walk({ 'example.org': high, 'campaign.example.org': `${none}; psd=n` }))).toBe(
      'campaign.example.org',
    );
    expect(organisationOf(walk({ 'example.org': `${high}; psd=y` }))).toBe('campaign.example.org');
  });

  test('gives the word to the domain itself, then to its organisation', () => {
    const [none, high] = ['v=DMARC1; p=none', 'v=DMARC1; p=reject'];
    const domain = (records: Readonly<Record<string, string>>) => decidingStep(walk(records))?.domain;
    expect(domain({})).toBeUndefined();
    expect(domain({ 'example.org': high, 'post.campaign.example.org': none })).toBe('post.campaign.example.org');
    expect(domain({ 'example.org': high, 'campaign.example.org': none })).toBe('example.org');
    expect(domain({ 'post.campaign.example.org': 'v=DMARC1; p=x', 'example.org': high })).toBe(
      'post.campaign.example.org',
    );
  });

  test('says nothing for sure while an answer on it is missing', () => {
    const steps = ['a.example.org', 'example.org', 'org'].map((domain) =>
      dmarcStep(domain, err(domain === 'example.org' ? 'timed-out' : 'no-such-name')),
    );
    expect(decidingStep(steps)).toMatchObject({ domain: 'example.org', found: { error: 'timed-out' } });
  });
});
