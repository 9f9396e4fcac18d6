import type { Finding, FindingCode, FindingLevel, RecordToPublish } from '../domain/mail-finding.ts';

/** How each thing found is said; what stands in braces is filled in. */
const SENTENCES = {
  'spf-good':
    'The record of {domain} is sound: {record}\nReceivers look up {lookups} names at most to read it; {most} are allowed.',
  'spf-relay':
    'Whether your mail server is in it cannot be seen from here: {relay} may hand your mail on from other addresses.\nSend one mail to a mailbox of yours elsewhere and look for "spf=pass" in its Authentication-Results, or ask whoever runs that server.',
  'spf-missing':
    '{domain} has no SPF record, so receivers cannot tell your mail from a forged one.\nPublish the one below if {relay} itself sends your mail on; a provider tells you an "include:…" to write in its place.',
  'spf-several':
    '{domain} has more than one record that begins with "v=spf1". Receivers then read none of them.\nPut what they allow into one record, and delete the others.',
  'spf-unreadable':
    'The record of {domain} has a word that is none: {term}\nReceivers then read nothing of it. Correct the word.',
  'spf-too-many':
    'To read the record of {domain}, receivers would have to look up {lookups} names, and they stop with an error after {most}.\nTake out what you do not send with, or write addresses (ip4:…, ip6:…) in place of an "include:", "a" or "mx".',
  'spf-leads-nowhere':
    'The record of {domain} leads to {to}, which has no SPF record ({why}): for receivers the whole is an error.\nTake that word out, or correct the name.',
  'spf-leads-to-wrong':
    'The record of {domain} leads to {to}, whose own record is wrong ({why}): for receivers the whole is an error.\nTell whoever runs {to}, or take that word out.',
  'spf-everybody':
    'The record of {domain} allows everybody to send in its name ("+all"): {record}\nEnd it with "~all" or "-all" in place of that:',
  'spf-nobody':
    'The record of {domain} allows nobody to send in its name: {record}\nName your mail server in it, such as:',
  'spf-no-end':
    'The record of {domain} says nothing about other servers, so it stops no forger: {record}\nEnd it with "~all", and with "-all" once you are sure:',
  'spf-unknown': 'The SPF record of {domain} could not be looked up: {why}. Try again later.',
  'dkim-good': 'The key at {name} is the one that signs here.',
  'dkim-not-here':
    'Nothing is signed here. If your mail server signs in the name of {domain}, that is as good, but cannot be seen from here:\nsend one mail to a mailbox of yours elsewhere and look for "dkim=pass" with "header.d={domain}".\nIf it does not, set DKIM_DOMAIN, DKIM_SELECTOR and DKIM_KEY_FILE: docs/operating.md says how.',
  'dkim-missing': 'There is no key at {name}, so nobody can verify what is signed here. Publish it:',
  'dkim-several': 'There are several TXT records at {name}, and receivers may take any of them. Leave only this one:',
  'dkim-unreadable': 'What stands at {name} is no DKIM key. Publish this in its place:',
  'dkim-revoked':
    'The key at {name} has been taken back (its "p=" is empty). Publish this, or sign under a new selector:',
  'dkim-not-for-this':
    'The key at {name} is not for email signed with SHA-256 (see its "h=" and "s="). Publish this in its place:',
  'dkim-other-key':
    'The key at {name} is not the one in DKIM_KEY_FILE, so every signature made here is taken for forged.\nPublish this in its place, or give the file that belongs to it:',
  'dkim-testing':
    'The key at {name} says that it is only being tried out ("t=y"); receivers may treat your mail as unsigned. When you are sure, publish:',
  'dkim-short':
    'The key has {bits} bits. Some receivers want 2048: make a new one, and publish it under a new selector.',
  'dkim-ed25519':
    'The key is Ed25519, which many receivers cannot verify yet; for them your mail is unsigned. RSA with 2048 bits is understood by all.',
  'dkim-unknown': 'The key at {name} could not be looked up: {why}. Try again later.',
  'dmarc-good': 'The record at {name} asks receivers to {policy} mail that is not really from {domain}.',
  'dmarc-watching':
    'The record at {name} asks for nothing ("none"), so forged mail is delivered.\nOnce your own mail passes, make it "p=quarantine", and then "p=reject".',
  'dmarc-testing':
    'The record at {name} is only tried out ("t=y", or "pct=" under 100), so its "{policy}" is not always followed.',
  'dmarc-missing':
    '{domain} has no DMARC record, nor has a domain above it. Large receivers refuse or bin mail in bulk from such a domain.\nPublish this to begin with; with "rua=mailto:…" at its end you are sent reports:',
  'dmarc-several': 'There is more than one DMARC record at {name}. Receivers then read none of them: leave one.',
  'dmarc-unreadable':
    'The DMARC record at {name} cannot be read, so receivers may follow none of it. The least that is right:',
  'dmarc-unknown': 'The DMARC record at {name} could not be looked up: {why}. Try again later.',
  'dmarc-both': 'Both the signature ({signer}) and the envelope ({envelope}) are in names that count for {domain}.',
  'dmarc-only-dkim':
    'The signature ({signer}) is in a name that counts for {domain}; the envelope ({envelope}) is not. That is enough: one of the two has to pass.',
  'dmarc-only-spf':
    'Only the envelope ({envelope}) is in a name that counts for {domain}; no signature made here is. Forwarded mail then fails: sign here, or have your mail server sign.',
  'dmarc-neither':
    'Neither a signature made here nor the envelope ({envelope}) is in a name that counts for {domain}, so your own mail fails its policy ({policy}).\nSet DKIM_DOMAIN to {domain}, or choose a BOUNCE_DOMAIN below it; with "adkim=s" or "aspf=s" in the record only the very same domain counts.',
  'mx-good': 'Mail to {domain} goes to {hosts}.',
  'mx-implied':
    '{domain} has no MX record. Mail to it goes to its own internet address, and some receivers distrust that. If a mail server is there, say so:',
  'mx-missing':
    'Mail to {domain} goes nowhere, so no bounce comes back, and some receivers refuse mail from it. Name your mail server:',
  'mx-refuses':
    '{domain} says that it takes no mail ("MX 0 ."), so receivers may refuse mail from it. Name your mail server:',
  'mx-leads-nowhere': '{domain} names the mail server {host}, which has no internet address. Correct the name.',
  'mx-unknown': 'Where mail to {domain} goes could not be looked up: {why}. Try again later.',
} as const satisfies Record<FindingCode, string>;

const WHY: Readonly<Record<string, string>> = {
  none: 'there is none among its TXT records',
  'no-such-name': 'there is no such name',
  'no-record': 'there is the name, but no such record',
  several: 'it has more than one',
  unreadable: 'it cannot be read',
  'server-failed': 'its name servers answer with a failure, because they are broken or its DNSSEC is',
  'timed-out': 'nobody answered in time',
};

const VERBS: Readonly<Record<string, string>> = { quarantine: 'put aside', reject: 'refuse' };

const TITLES = {
  spf: 'SPF: which servers may send in your name',
  dkim: 'DKIM: whether your signature can be verified',
  dmarc: 'DMARC: what receivers do with mail that only pretends to be yours',
  mx: 'MX: whether answers and bounces come back',
};

const MARKS = {
  good: 'good   ',
  note: 'note   ',
  advice: 'better ',
  wrong: 'WRONG  ',
  unknown: 'unknown',
} as const satisfies Record<FindingLevel, string>;

const INDENT = ' '.repeat(MARKS.good.length + 4);

/** The whole answer: what was found by topic, with the records to publish. */
export function sayFindings(findings: readonly Finding[]): string {
  return Object.entries(TITLES)
    .map(([topic, title]) => {
      const said = findings.filter(({ code }) => code.startsWith(`${topic}-`)).map(sayFinding);
      return `${title}\n${said.join('')}`;
    })
    .join('\n');
}

function sayFinding({ code, level, names, publish }: Finding): string {
  const [first = '', ...more] = filled(code, names).split('\n');
  const lines = [...more, ...(publish ? sayRecord(publish) : [])].map((line) => `${INDENT}${line}`.trimEnd());
  return [`  ${MARKS[level]}  ${first}`, ...lines].map((line) => `${line}\n`).join('');
}

/** Throws for a sentence that names what was not found. */
function filled(code: FindingCode, names: Finding['names']): string {
  return SENTENCES[code].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = names[name];
    if (value === undefined) throw new Error(`${code} says nothing of ${name}`);
    const words = { why: WHY, policy: code === 'dmarc-good' ? VERBS : {} }[name];
    return (words?.[value] ?? value).replace(UNPRINTABLE, '?');
  });
}

/** Whoever runs a domain writes its records, and could write to the operator's terminal with them. */
const UNPRINTABLE = /[^ -~]/g;

/** Most that one string of a TXT record holds (RFC 1035, 3.3.14). */
const STRING = /.{1,255}/g;

function sayRecord({ name, type, value: written }: RecordToPublish): string[] {
  const value = written.replace(UNPRINTABLE, '?');
  const strings = type === 'TXT' ? (value.match(STRING) ?? []).map((piece) => `"${piece}"`).join(' ') : value;
  return ['', `  ${name}.  ${type}  ${strings}`, ''];
}
