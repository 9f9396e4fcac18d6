/** Below these anybody of a kind gets a name of their own: what https://publicsuffix.org lists for British councils, and who hosts ModernGov for them. */
const SHARED = [
  'gov.uk',
  'gov.wales',
  'llyw.cymru',
  'gov.scot',
  'co.uk',
  'org.uk',
  'net.uk',
  'me.uk',
  'ltd.uk',
  'plc.uk',
  'ac.uk',
  'nhs.uk',
  'police.uk',
  'moderngov.co.uk',
  'moderngov.com',
];

const GOVERNMENT = ['gov.uk', 'gov.wales', 'llyw.cymru', 'gov.scot'];

/**
 * The name that one organisation holds with everything below it: "democracy.anyborough.gov.uk" is of the site "anyborough.gov.uk".
 * An address of digits is a site by itself.
 */
export function siteOf(host: string): string {
  const plain = host.toLowerCase().replace(/\.$/, '');
  if (/^[\d.]+$|[:[\]]/.test(plain)) return plain;
  const labels = plain.split('.');
  const shared = SHARED.filter((suffix) => isUnder(plain, suffix)).map((suffix) => suffix.split('.').length);
  return labels.slice(-(Math.max(1, ...shared) + 1)).join('.');
}

/** Whether only bodies of British government can have such a name. */
export function isGovernment(host: string): boolean {
  return GOVERNMENT.some((suffix) => isUnder(host.toLowerCase(), suffix));
}

/** Whether a host is this domain or one below it. */
export function isWithin(host: string, domain: string): boolean {
  return host === domain || isUnder(host, domain);
}

function isUnder(host: string, suffix: string): boolean {
  return host.endsWith(`.${suffix}`);
}
