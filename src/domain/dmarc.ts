import { isNothing, type DnsAnswer, type DnsFailure } from './dns-answer.ts';
import { err, ok, type Result } from './result.ts';
import { readTags } from './tag-list.ts';

const POLICIES = ['none', 'quarantine', 'reject'] as const;
export type Policy = (typeof POLICIES)[number];

/** What a domain asks receivers to do with mail in its name that is not its own (RFC 9989). */
export interface DmarcRecord {
  readonly p: Policy;
  /** For domains below it. */
  readonly sp: Policy;
  /** Whether a signature, or an envelope, of another domain of the same organisation counts too. */
  readonly adkim: 'relaxed' | 'strict';
  readonly aspf: 'relaxed' | 'strict';
  /** The policy is only tried out. */
  readonly testing: boolean;
  /** "n": this is an organisation's own domain; "y": below it each has its own. */
  readonly psd: string | null;
}

export type DmarcProblem = 'none' | 'several' | 'unreadable';

/** The record among the TXT records at "_dmarc.…". Others may stand there too; two of its kind are as good as none. */
export function dmarcIn(texts: readonly string[]): Result<DmarcRecord, DmarcProblem> {
  const [text, ...more] = texts.filter((one) => /^v\s*=\s*DMARC1\s*(;|$)/i.test(one.trim()));
  if (text === undefined) return err('none');
  if (more.length > 0) return err('several');

  const tags = readTags(text);
  const tag = (name: string) => tags?.get(name)?.toLowerCase() ?? null;
  const p = asPolicy(tag('p'));
  const sp = tags?.has('sp') ? asPolicy(tag('sp')) : p;
  const [adkim, aspf] = [asAlignment(tag('adkim')), asAlignment(tag('aspf'))];
  if (tags?.get('v') !== 'DMARC1' || !p || !sp || !adkim || !aspf) return err('unreadable');
  const testing = tag('t') === 'y' || Number(tag('pct') ?? 100) < 100;
  return ok({ p, sp, adkim, aspf, testing, psd: tag('psd') });
}

function asPolicy(value: string | null): Policy | null {
  return POLICIES.find((one) => one === value) ?? null;
}

function asAlignment(value: string | null): DmarcRecord['adkim'] | null {
  if (value === null || value === 'r') return 'relaxed';
  return value === 's' ? 'strict' : null;
}

const MOST_STEPS = 8;

/** The domains whose record may count for this one, from itself up (RFC 9989, 4.10: at most eight, so a long name is cut to seven labels). */
export function dmarcDomains(domain: string): readonly string[] {
  const labels = domain.split('.');
  const starts = labels.map((_, at) => at).filter((at) => at === 0 || labels.length - at < MOST_STEPS);
  return starts.map((at) => labels.slice(at).join('.'));
}

/** One step of the way up. */
export interface DmarcStep {
  readonly domain: string;
  readonly found: Result<DmarcRecord, DmarcProblem | DnsFailure>;
}

export function dmarcStep(domain: string, texts: DnsAnswer<readonly string[]>): DmarcStep {
  return { domain, found: texts.ok ? dmarcIn(texts.value) : texts };
}

/** The domain of the organisation that this one belongs to, by the records on the way up from it (RFC 9989, 4.10.2). */
export function organisationOf(steps: readonly DmarcStep[]): string {
  const itself = steps[0]?.domain ?? '';
  const found = steps.flatMap(({ domain, found }) => (found.ok ? [{ domain, psd: found.value.psd }] : []));
  const own = found.find(({ psd }) => psd === 'n');
  if (own) return own.domain;
  const shared = found.find(({ domain, psd }) => psd === 'y' && domain !== itself);
  if (shared) return steps.findLast(({ domain }) => domain.endsWith(`.${shared.domain}`))?.domain ?? itself;
  return found.at(-1)?.domain ?? itself;
}

/** The step whose word counts for the domain at the beginning: its own, else its organisation's; the first where something is amiss on the way. */
export function decidingStep(steps: readonly DmarcStep[]): DmarcStep | null {
  const [own] = steps;
  if (!own || isSomething(own)) return own ?? null;
  const unsure = steps.find(
    ({ found }) => !found.ok && (found.error === 'server-failed' || found.error === 'timed-out'),
  );
  const organisation = organisationOf(steps);
  const above = steps.find((step) => step.domain === organisation && step !== own && isSomething(step));
  return above ?? unsure ?? steps.slice(1).find(isSomething) ?? null;
}

function isSomething({ found }: DmarcStep): boolean {
  return found.ok || !(found.error === 'none' || isNothing(found.error));
}
