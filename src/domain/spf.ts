import type { DnsFailure } from './dns-answer.ts';
import { err, ok, type Result } from './result.ts';

/** One word of an SPF record (RFC 7208, 4.6.1): "~all", "include:_spf.example.org". */
export interface SpfTerm {
  readonly text: string;
  readonly qualifier: string;
  readonly mechanism: string;
  /** What follows the colon, or null. */
  readonly value: string | null;
}

export interface SpfRecord {
  readonly text: string;
  readonly terms: readonly SpfTerm[];
  readonly redirect: string | null;
}

export type SpfProblem =
  | { readonly kind: 'none' }
  /** Receivers take none of them (RFC 7208, 4.5). */
  | { readonly kind: 'several' }
  /** One wrong word makes all of it void (RFC 7208, 4.6). */
  | { readonly kind: 'unreadable'; readonly term: string };

/** The SPF record among the TXT records of a domain. */
export function spfIn(texts: readonly string[]): Result<SpfRecord, SpfProblem> {
  const [text, ...more] = texts.filter((one) => /^v=spf1( |$)/i.test(one));
  if (text === undefined) return err({ kind: 'none' });
  if (more.length > 0) return err({ kind: 'several' });

  const [, ...words] = text.split(/ +/).filter(Boolean);
  const wrong = words.find((word) => !MODIFIER.test(word) && !MECHANISM.test(word));
  if (wrong !== undefined) return err({ kind: 'unreadable', term: wrong });
  const redirects = words.flatMap((word) => /^redirect=(.+)$/i.exec(word)?.[1] ?? []);
  if (redirects.length > 1) return err({ kind: 'unreadable', term: `redirect=${redirects[1]}` });
  const terms = words.filter((word) => !MODIFIER.test(word)).map(termOf);
  // RFC 7208, 6.1: beside an "all" nobody reads it.
  const redirect = terms.some(({ mechanism }) => mechanism === 'all') ? null : (redirects[0] ?? null);
  return ok({ text, terms, redirect });
}

const CIDR = '(/\\d{1,2})?(//\\d{1,3})?';
const MECHANISM = new RegExp(
  `^[-+~?]?(all|(include|exists):\\S+|(a|mx)(:[^\\s/]+)?${CIDR}|ptr(:\\S+)?|ip4:\\d{1,3}(\\.\\d{1,3}){3}(/\\d{1,2})?|ip6:[\\da-f:.]+(/\\d{1,3})?)$`,
  'i',
);
const MODIFIER = /^(?!(all|include|exists|a|mx|ptr|ip4|ip6)=)[a-z][\w.-]*=\S*$/i;

function termOf(word: string): SpfTerm {
  const [, qualifier, mechanism = '', value] = /^([-+~?]?)([a-z\d]+)(?:[:/](.*))?$/i.exec(word) ?? [];
  return { text: word, qualifier: qualifier || '+', mechanism: mechanism.toLowerCase(), value: value ?? null };
}

/** A domain's record, and the records of the domains that it leads to. */
export interface SpfTree {
  readonly domain: string;
  readonly found: Result<SpfRecord, SpfProblem | { readonly kind: DnsFailure }>;
  readonly below: readonly SpfTree[];
}

/** More, and receivers stop with an error (RFC 7208, 4.6.4). */
export const MOST_LOOKUPS = 10;

const ASKING = ['include', 'a', 'mx', 'ptr', 'exists'];

/** The domains whose own record a record goes on to. A name with a macro ("%{i}") is made up for each mail, so nobody can follow it. */
export function ledTo({ terms, redirect }: SpfRecord): readonly string[] {
  const included = terms.flatMap(({ mechanism, value }) => (mechanism === 'include' && value ? [value] : []));
  return [...included, ...(redirect === null ? [] : [redirect])].filter((name) => !name.includes('%'));
}

/** How many questions a receiver asks to read all of it: at most, for it stops where something fits. */
export function lookupsOf({ found, below }: SpfTree): number {
  if (!found.ok) return 0;
  const own = found.value.terms.filter(({ mechanism }) => ASKING.includes(mechanism)).length;
  return own + (found.value.redirect === null ? 0 : 1) + below.reduce((sum, tree) => sum + lookupsOf(tree), 0);
}

/** What stands at the end, for every server that nothing before it names: "-", "~", "?" or "+"; null: nothing is said. */
export function endOf(tree: SpfTree): string | null {
  if (!tree.found.ok) return null;
  const { terms, redirect } = tree.found.value;
  const all = terms.find(({ mechanism }) => mechanism === 'all');
  if (all) return all.qualifier;
  const next = tree.below.find(({ domain }) => domain === redirect);
  return next ? endOf(next) : null;
}

/** Whether anybody at all may send by it. */
export function allowsSomebody({ found }: SpfTree): boolean {
  if (!found.ok) return false;
  const { terms, redirect } = found.value;
  return redirect !== null || terms.some(({ qualifier, mechanism }) => qualifier === '+' && mechanism !== 'all');
}
