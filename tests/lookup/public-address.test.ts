import { describe, expect, test } from 'vitest';
import { nextHop } from '../../src/lookup/moderngov-redirect.ts';
import { isPublicAddress } from '../../src/lookup/public-address.ts';

describe('an address', () => {
  test.each(['8.8.8.8', '151.101.0.144', '172.32.0.1', '100.128.0.1', '2a04:4e42::144', '2606:4700::1'])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  test.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.9.9.9',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '239.1.1.1',
    '240.0.0.1',
    '255.255.255.255',

    '::',
    '::1',
    '::ffff:8.8.8.8',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '::7f00:1',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    'fc00::1',
    'fd12::1',
    'fe80::1',
    'fe80::1%eth0',
    'ff02::1',
    '2001:db8::1',
    '',
    'localhost',
    '2130706433',
    '0x7f000001',
    '127.1',
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('a redirect', () => {
  const SITES = ['anyborough.moderngov.co.uk', 'anyborough.gov.uk'];
  const from = (url: string, location: string | undefined) => nextHop(new URL(url), location, SITES)?.href ?? null;
  const HOST = 'https://anyborough.moderngov.co.uk';

  test.each([
    ['within the host', HOST, '/modern.gov/x', `${HOST}/modern.gov/x`],
    [
      "to the council's own site",
      HOST,
      'https://democracy.anyborough.gov.uk/x',
      'https://democracy.anyborough.gov.uk/x',
    ],
    ['up to TLS', 'http://anyborough.moderngov.co.uk', `${HOST}/x`, `${HOST}/x`],
    ['to the same port', `${HOST}:8443`, `${HOST}:8443/x`, `${HOST}:8443/x`],
  ])('%s is followed', (_, start, location, to) => {
    expect(from(start, location)).toBe(to);
  });

  test.each([
    ['without a place', HOST, undefined],
    ['to no address', HOST, 'https://['],
    ['down from TLS', HOST, 'http://anyborough.moderngov.co.uk/x'],
    ["to another council's", HOST, 'https://otherborough.moderngov.co.uk/x'],
    ['to the host of all', HOST, 'https://moderngov.co.uk/x'],
    ['to a name that begins alike', HOST, 'https://anyborough.gov.uk.evil.example/x'],
    ['to the metadata of a cloud', 'http://anyborough.gov.uk', 'http://169.254.169.254/latest'],
    ['to another port', HOST, 'https://anyborough.gov.uk:25/x'],
    ['with a password', HOST, 'https://a:b@anyborough.gov.uk/x'],
    ['to a file', HOST, 'file:///etc/passwd'],
  ])('%s is not', (_, start, location) => {
    expect(from(start, location)).toBeNull();
  });
});
