import { BlockList, isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';

/** Networks that are no part of the public internet: https://www.iana.org/assignments/iana-ipv4-special-registry, and what is multicast. */
const PRIVATE_4 = networks('ipv4', [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]);

/** The same of version 6, with every way in which it carries addresses of version 4: iana-ipv6-special-registry. */
const PRIVATE_6 = networks('ipv6', [
  '::/96',
  '::ffff:0:0/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
]);

/** Whether an address of version 4 or 6 is on the public internet. What is no address is not. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !PRIVATE_4.check(address, 'ipv4');
  return version === 6 && !PRIVATE_6.check(address.replace(/%.*$/, ''), 'ipv6');
}

export class PrivateAddressError extends Error {
  constructor() {
    super('leads into a network that is not public'); // no address: it goes to the log
  }
}

interface Rules {
  readonly timeoutMs: number;
  readonly lookup: LookupFunction;
  readonly mayConnect: (address: string, host: string) => boolean;
}

/**
 * Makes undici's connections, but none to an address that `mayConnect` refuses. It is asked about the very addresses that the socket is
 * given, so that a name that changes its meaning between a check and its use gains nothing.
 */
export function guardedConnector({ timeoutMs, lookup, mayConnect }: Rules): buildConnector.connector {
  const connect = buildConnector({
    timeout: timeoutMs,
    allowH2: false,
    lookup: (host, options, done) =>
      lookup(host, { ...options, all: true }, (failure, found) => {
        const addresses = typeof found === 'string' ? [{ address: found, family: isIP(found) }] : found;
        const [first] = addresses ?? [];
        if (failure || !first) return done(failure ?? new Error('no address'), []);
        if (!addresses.every(({ address }) => mayConnect(address, host))) return done(new PrivateAddressError(), []);
        return options.all ? done(null, addresses) : done(null, first.address, first.family);
      }),
  });
  return (options, done) => {
    const host = options.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0 && !mayConnect(host, host)) return done(new PrivateAddressError(), null); // never looked up
    return connect(options, done);
  };
}

function networks(family: 'ipv4' | 'ipv6', subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [network = '', bits] = subnet.split('/');
    list.addSubnet(network, Number(bits), family);
  }
  return list;
}
