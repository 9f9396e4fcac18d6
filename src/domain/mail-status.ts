import type { MailReason } from './mail-reason.ts';

/** The subject and detail of an enhanced status code: "2.2" of "5.2.2". Undefined: it is none (RFC 3463, 2). */
export function detailOf(status: string): string | undefined {
  return /^[245]\.(\d{1,3}\.\d{1,3})$/.exec(status)?.[1];
}

/** What a detail says, whichever class stands before it. Undefined: nothing that we could act upon without more. */
export function reasonOfDetail(detail: string): MailReason | undefined {
  const known = Object.hasOwn(DETAILS, detail) ? DETAILS[detail] : undefined;
  return known ?? (MICROSOFT_ON_US.test(detail) ? 'we are blocked' : undefined);
}

/** Exchange Online numbers what it holds against a sending server or tenant 5.7.5xx to 5.7.7xx. */
const MICROSOFT_ON_US = /^7\.[567]\d\d$/;

/**
 * The registry of enhanced status codes (RFC 3463, RFC 5248 and their followers), as far as a detail alone decides.
 * Those that say no more than "other" are left out.
 */
const DETAILS: Readonly<Record<string, MailReason>> = {
  '1.1': 'no such mailbox',
  '1.2': 'no such domain',
  '1.3': 'no such mailbox', // an address that no mailbox there can have
  '1.4': 'no such mailbox', // ambiguous: there is no one mailbox
  '1.6': 'mailbox moved',
  '1.7': 'our settings', // our sender's address, its syntax
  '1.8': 'our settings', // our sender's domain
  '1.10': 'no such mailbox', // the domain takes no mail (RFC 7505); Exchange says so of an unknown recipient
  '2.1': 'mailbox closed',
  '2.2': 'mailbox full',
  '2.3': 'too big',
  '3.1': 'server busy',
  '3.2': 'server busy',
  '3.4': 'too big',
  '3.5': 'server in trouble',
  '4.1': 'server unreachable',
  '4.2': 'server unreachable',
  '4.3': 'server in trouble',
  '4.4': 'no such domain',
  '4.5': 'server busy',
  '4.6': 'server in trouble',
  '4.7': 'server unreachable', // kept for as long as a server keeps anything
  '5.1': 'our settings', // 5.x: the conversation went wrong, not the letter
  '5.2': 'our settings',
  '5.3': 'our settings',
  '5.4': 'our settings',
  '5.5': 'our settings',
  '5.6': 'our settings',
  '6.1': 'form not accepted',
  '6.2': 'form not accepted',
  '6.3': 'form not accepted',
  '6.5': 'form not accepted',
  '6.6': 'form not accepted',
  '6.7': 'form not accepted',
  '6.8': 'form not accepted',
  '6.9': 'form not accepted',
  '6.10': 'form not accepted',
  '7.0': 'blocked by policy',
  '7.1': 'blocked by policy',
  '7.2': 'blocked by policy', // a list that we may not write to
  '7.3': 'our settings', // 3 to 14: encryption and signing in
  '7.4': 'our settings',
  '7.5': 'our settings',
  '7.6': 'our settings',
  '7.7': 'our settings',
  '7.8': 'our settings',
  '7.9': 'our settings',
  '7.10': 'our settings',
  '7.11': 'our settings',
  '7.12': 'our settings',
  '7.13': 'our settings',
  '7.14': 'our settings',
  '7.17': 'mailbox closed', // it belongs to somebody else now (RFC 7293)
  '7.18': 'no such domain', // as does the domain
  '7.20': 'our settings', // 20 to 22: DKIM (RFC 7372)
  '7.21': 'our settings',
  '7.22': 'our settings',
  '7.23': 'our settings', // 23, 24: SPF
  '7.24': 'our settings',
  '7.25': 'our settings', // no name for our server's address
  '7.26': 'our settings', // DMARC
  '7.27': 'our settings', // our sender's domain takes no mail (RFC 7505)
  '7.28': 'server busy', // too many from us at once
  '7.29': 'our settings',
  '7.30': 'our settings',
  '7.124': 'blocked by policy', // Exchange: a group or mailbox that takes mail from inside only
  '7.133': 'blocked by policy',
  '7.134': 'blocked by policy',
  '7.136': 'blocked by policy',
};
