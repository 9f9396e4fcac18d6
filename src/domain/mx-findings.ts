import { isNothing, type DnsAnswer } from './dns-answer.ts';
import { finding, type Finding } from './mail-finding.ts';

/** Where mail to a domain goes. */
export interface MailServer {
  readonly host: string;
  readonly preference: number;
}

export interface MailWay {
  readonly domain: string;
  readonly servers: DnsAnswer<readonly MailServer[]>;
  /** Whether there is an internet address: of each mail server by name, and of the domain itself. */
  readonly addresses: ReadonlyMap<string, DnsAnswer<boolean>>;
}

/** Whether answers and bounces to a domain get anywhere. */
export function mxFindings({ domain, servers, addresses }: MailWay): Finding[] {
  if (!servers.ok && !isNothing(servers.error)) return [finding('mx-unknown', { domain, why: servers.error })];
  if (!servers.ok) return [withoutServers(domain, addresses.get(domain))];

  // RFC 7505: "MX 0 ." says that the domain takes no mail.
  const hosts = servers.value.map(({ host }) => host);
  if (hosts.every((host) => host === '' || host === '.')) return [finding('mx-refuses', { domain }, anMx(domain))];
  const lost = hosts.filter((host) => !isThere(addresses.get(host)));
  const wrong = lost.map((host) => finding('mx-leads-nowhere', { domain, host }));
  return wrong.length < hosts.length ? [finding('mx-good', { domain, hosts: hosts.join(', ') }), ...wrong] : wrong;
}

/** RFC 5321, 5.1: without an MX the mail goes to the domain's own address. */
function withoutServers(domain: string, address: DnsAnswer<boolean> | undefined): Finding {
  if (address && !address.ok && !isNothing(address.error)) return finding('mx-unknown', { domain, why: address.error });
  const implied = address !== undefined && address.ok && address.value;
  return finding(implied ? 'mx-implied' : 'mx-missing', { domain }, anMx(domain));
}

function anMx(domain: string) {
  return { name: domain, type: 'MX', value: '10 NAME-OF-YOUR-MAIL-SERVER.' } as const;
}

/** An answer that did not come is no proof that there is none. */
function isThere(address: DnsAnswer<boolean> | undefined): boolean {
  return address === undefined || address.ok || !isNothing(address.error);
}
