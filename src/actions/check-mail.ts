import { dkimFindings, selectorName, type OurKey } from '../domain/dkim-findings.ts';
import { dmarcDomains, dmarcStep } from '../domain/dmarc.ts';
import { dmarcFindings, type WayUp } from '../domain/dmarc-findings.ts';
import { finding, type Finding } from '../domain/mail-finding.ts';
import { mxFindings, type MailWay } from '../domain/mx-findings.ts';
import { spfFindings } from '../domain/spf-findings.ts';
import type { MailDns } from '../lookup/mail-records.ts';
import { spfTree } from '../lookup/spf-tree.ts';

/** In whose name mail goes out. */
export interface Sending {
  /** The domain in From. */
  readonly from: string;
  /** The domain in the envelope of letters, where they bounce to. */
  readonly envelope: string;
  /** The mail server that it is handed to; null: one on this machine. */
  readonly relay: string | null;
  /** Null: nothing is signed here. */
  readonly key: OurKey | null;
}

/** Looks up everything that receivers look up about a sending domain, and says what is there and what is wrong. */
export async function checkMail(dns: MailDns, { from, envelope, relay, key }: Sending): Promise<readonly Finding[]> {
  const ways = await Promise.all([...new Set([from, envelope])].map((domain) => mailWay(dns, domain)));
  // Letters have the one in their envelope, our own mails to supporters the other.
  const trees = await Promise.all([...new Set([envelope, from])].map((domain) => spfTree(dns, domain)));
  const dkim = key
    ? dkimFindings(key, await dns.texts(selectorName(key)))
    : [finding('dkim-not-here', { domain: from })];
  const senders = {
    from: await wayUp(dns, from),
    envelope: await wayUp(dns, envelope),
    signer: key ? await wayUp(dns, key.domain) : null,
  };
  return [...spfFindings(trees, relay), ...dkim, ...dmarcFindings(senders), ...ways.flatMap(mxFindings)];
}

async function wayUp(dns: MailDns, domain: string): Promise<WayUp> {
  const ask = async (above: string) => dmarcStep(above, await dns.texts(`_dmarc.${above}`));
  return { domain, steps: await Promise.all(dmarcDomains(domain).map(ask)) };
}

async function mailWay(dns: MailDns, domain: string): Promise<MailWay> {
  const servers = await dns.mailServers(domain);
  const hosts = servers.ok
    ? servers.value.map(({ host }) => host).filter((host) => host !== '' && host !== '.')
    : [domain];
  const asked = await Promise.all(hosts.map(async (host) => [host, await dns.hasAddress(host)] as const));
  return { domain, servers, addresses: new Map(asked) };
}
