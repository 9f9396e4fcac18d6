import { domainToASCII } from 'node:url';

/** RFC 5321, 4.5.3.1.3, less its brackets. */
const LONGEST = 254;

/**
 * Words with single dots between them (RFC 5322, 3.2.3), then a domain. The words in ASCII: with other letters every mail server on
 * the way would have to speak SMTPUTF8 (RFC 6531). No quoted or bracketed form: those are where parsers disagree.
 */
const ONE_ADDRESS = /^[!#-'*+\-/0-9=?A-Z^-~]+(\.[!#-'*+\-/0-9=?A-Z^-~]+)*@([^@]+)$/;
const DOMAIN = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;

/** An address as any mail server can take it: a domain in other letters than A to Z is written in them (RFC 5890). Null: not one plain address. */
export function asciiAddress(address: string): string | null {
  const domain = ONE_ADDRESS.exec(address)?.[2];
  if (domain === undefined) return null;
  // What is ASCII already stays as it is: it would be read as part of a web address, where "127.1" and "%41" mean something.
  // oxlint-disable-next-line no-control-regex -- the whole of ASCII is the point
  const written = /^[\0-\x7f]*$/.test(domain) ? domain : domainToASCII(domain);
  const whole = `${address.slice(0, -domain.length)}${written}`;
  return DOMAIN.test(written) && whole.length <= LONGEST ? whole : null;
}

/** Throws unless this is exactly one plain address, which could smuggle in neither a header line nor a second address. Gives it as any mail server can take it. */
export function refuseAddress(address: string): string {
  const ascii = asciiAddress(address);
  if (ascii === null) throw new Error('An address is not one plain address');
  return ascii;
}
