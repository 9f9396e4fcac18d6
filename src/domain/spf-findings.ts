import type { DnsFailure } from './dns-answer.ts';
import { finding, type Finding, type FindingCode, type RecordToPublish } from './mail-finding.ts';
import { allowsSomebody, endOf, lookupsOf, MOST_LOOKUPS, type SpfProblem, type SpfTree } from './spf.ts';

/** What to say of the SPF records of the domains in our envelopes, when mail is handed to this mail server; null: to one on this machine. */
export function spfFindings(trees: readonly SpfTree[], relay: string | null): Finding[] {
  const findings = trees.flatMap((tree) => findingsOf(tree, relay));
  return trees.some(({ found }) => found.ok) ? [...findings, finding('spf-relay', { relay: called(relay) })] : findings;
}

function called(relay: string | null): string {
  return relay ?? 'the mail server on this machine';
}

function findingsOf(tree: SpfTree, relay: string | null): Finding[] {
  const { domain, found } = tree;
  const names = { domain, relay: called(relay) };
  if (!found.ok)
    return [finding(CODES[found.error.kind], { ...names, ...detailOf(found.error) }, recordFor(tree, relay))];

  const record = { ...names, record: found.value.text, lookups: String(lookupsOf(tree)), most: String(MOST_LOOKUPS) };
  const wrong = [
    ...brokenBelow(tree).map((one) => finding(one.code, { ...record, ...one.names })),
    ...ends(tree, record, relay),
  ];
  if (lookupsOf(tree) > MOST_LOOKUPS) wrong.push(finding('spf-too-many', record));
  const good = wrong.every(({ level }) => level === 'advice') ? [finding('spf-good', record)] : [];
  return [...good, ...wrong];
}

type Trouble = SpfProblem | { readonly kind: DnsFailure };

const CODES = {
  none: 'spf-missing',
  'no-record': 'spf-missing',
  'no-such-name': 'spf-missing',
  several: 'spf-several',
  unreadable: 'spf-unreadable',
  'server-failed': 'spf-unknown',
  'timed-out': 'spf-unknown',
} as const satisfies Record<Trouble['kind'], FindingCode>;

function detailOf(trouble: Trouble): Record<string, string> {
  return 'term' in trouble ? { why: trouble.kind, term: trouble.term } : { why: trouble.kind };
}

/** What can be known of the right record: the server that the mail is handed to, which may hand it on from elsewhere. */
function recordFor({ domain, found }: SpfTree, relay: string | null): RecordToPublish | null {
  const missing = !found.ok && CODES[found.error.kind] === 'spf-missing';
  return missing ? { name: domain, type: 'TXT', value: `v=spf1 ${termFor(relay)} ~all` } : null;
}

function termFor(relay: string | null): string {
  if (relay === null) return 'ip4:ADDRESS-OF-THIS-MACHINE';
  if (relay.startsWith('[')) return `ip6:${relay.slice(1, -1)}`;
  return /^[\d.]+$/.test(relay) ? `ip4:${relay}` : `a:${relay}`;
}

function ends(tree: SpfTree, record: Record<string, string>, relay: string | null): Finding[] {
  const end = endOf(tree);
  if (end === '+') return [finding('spf-everybody', record, mended(tree, ['~all']))];
  if (!allowsSomebody(tree)) return [finding('spf-nobody', record, mended(tree, [termFor(relay), '~all']))];
  return end === null || end === '?' ? [finding('spf-no-end', record, mended(tree, ['~all']))] : [];
}

/** The record with these words at its end, in place of what it says of everybody; null where another domain's record says that. */
function mended({ domain, found }: SpfTree, words: readonly string[]): RecordToPublish | null {
  if (!found.ok || found.value.redirect !== null) return null;
  const { text, terms } = found.value;
  const all = terms.filter(({ mechanism }) => mechanism === 'all').map((term) => term.text);
  const kept = text.split(/ +/).filter((word) => word !== '' && !all.includes(word));
  return { name: domain, type: 'TXT', value: [...kept, ...words].join(' ') };
}

/** A record that leads to one that is not there, or wrong, is an error itself (RFC 7208, 5.2). */
function brokenBelow({ below }: SpfTree): readonly { code: FindingCode; names: Record<string, string> }[] {
  return below.flatMap((tree) => {
    const { domain, found } = tree;
    if (found.ok) return brokenBelow(tree);
    const code = CODES[found.error.kind];
    const names = { to: domain, why: found.error.kind };
    if (code === 'spf-unknown') return [{ code, names: { ...names, domain } }];
    return [{ code: code === 'spf-missing' ? 'spf-leads-nowhere' : 'spf-leads-to-wrong', names }];
  });
}
