import { describe, expect, test } from 'vitest';
import { isGovernment, siteOf } from '../../src/domain/site.ts';

describe('the site of a host', () => {
  test.each([
    ['democracy.anyborough.gov.uk', 'anyborough.gov.uk'],
    ['ANYBOROUGH.GOV.UK', 'anyborough.gov.uk'],
    ['anyborough.moderngov.co.uk', 'anyborough.moderngov.co.uk'],
    ['www.anyborough.moderngov.co.uk', 'anyborough.moderngov.co.uk'],
    ['democracy.anyborough.gov.wales', 'anyborough.gov.wales'],
    ['www.unrhywle.llyw.cymru', 'unrhywle.llyw.cymru'],
    ['www.anyborough.com', 'anyborough.com'],
    ['anyborough.gov.uk.evil.example', 'evil.example'],
    ['evilanyborough.gov.uk', 'evilanyborough.gov.uk'],
    ['127.0.0.1', '127.0.0.1'],
    ['[::1]', '[::1]'],
    ['localhost', 'localhost'],
  ])('%s is %s', (host, site) => {
    expect(siteOf(host)).toBe(site);
  });

  test.each(['anyborough.gov.uk', 'Anyborough.Gov.Wales', 'a.gov.scot'])('%s is of government', (host) => {
    expect(isGovernment(host)).toBe(true);
  });
  test.each(['gov.uk.example', 'notgov.uk', 'anyborough.com'])('%s is not', (host) => {
    expect(isGovernment(host)).toBe(false);
  });
});
