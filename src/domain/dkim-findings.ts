import { dkimRecordIn, type DkimRecordProblem } from './dkim-record.ts';
import { isNothing, type DnsAnswer } from './dns-answer.ts';
import { finding, type Finding, type FindingCode } from './mail-finding.ts';

/** The public half of the key that mail is signed with here. */
export interface OurKey {
  readonly domain: string;
  readonly selector: string;
  readonly kind: 'rsa' | 'ed25519';
  /** 0 for what is no RSA. */
  readonly bits: number;
  /** What to publish. */
  readonly record: string;
  /** Every way in which its "p=" may be written. */
  readonly p: readonly string[];
}

const RECOMMENDED_BITS = 2048;

export function selectorName({ domain, selector }: OurKey): string {
  return `${selector}._domainkey.${domain}`;
}

/** Whether the key that signs here is the one that receivers find. */
export function dkimFindings(ours: OurKey, texts: DnsAnswer<readonly string[]>): Finding[] {
  const name = selectorName(ours);
  const names = { name, bits: String(ours.bits) };
  const publish = { name, type: 'TXT', value: ours.record } as const;
  if (!texts.ok) {
    const code = isNothing(texts.error) ? 'dkim-missing' : 'dkim-unknown';
    return [finding(code, { ...names, why: texts.error }, code === 'dkim-missing' ? publish : null)];
  }

  const record = dkimRecordIn(texts.value);
  if (!record.ok) return [finding(CODES[record.error], names, publish)];
  const { kind, p, testing } = record.value;
  if (kind !== ours.kind || !ours.p.includes(p)) return [finding('dkim-other-key', names, publish)];
  return [
    finding('dkim-good', names),
    ...(testing ? [finding('dkim-testing', names, publish)] : []),
    ...(ours.kind === 'rsa' && ours.bits < RECOMMENDED_BITS ? [finding('dkim-short', names)] : []),
    ...(ours.kind === 'ed25519' ? [finding('dkim-ed25519', names)] : []),
  ];
}

const CODES = {
  several: 'dkim-several',
  unreadable: 'dkim-unreadable',
  revoked: 'dkim-revoked',
  'not-for-this': 'dkim-not-for-this',
} as const satisfies Record<DkimRecordProblem, FindingCode>;
