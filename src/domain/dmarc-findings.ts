import { decidingStep, organisationOf, type DmarcRecord, type DmarcStep } from './dmarc.ts';
import { finding, type Finding, type FindingCode } from './mail-finding.ts';

/** A domain, and the DMARC records on the way up from it. */
export interface WayUp {
  readonly domain: string;
  readonly steps: readonly DmarcStep[];
}

export interface Senders {
  /** The domain in From. */
  readonly from: WayUp;
  /** The domain in the envelope, which SPF speaks for. */
  readonly envelope: WayUp;
  /** The domain that signs here; null: none does. */
  readonly signer: WayUp | null;
}

/** What the domain in From asks of receivers, and whether what speaks for our mail speaks for that domain. */
export function dmarcFindings(senders: Senders): Finding[] {
  const { from } = senders;
  const step = decidingStep(from.steps);
  const name = `_dmarc.${step?.domain ?? from.domain}`;
  const names = { domain: from.domain, name };
  const publish = { name: `_dmarc.${from.domain}`, type: 'TXT', value: 'v=DMARC1; p=none' } as const;
  if (!step) return [finding('dmarc-missing', names, publish)];
  if (!step.found.ok) {
    const code = CODES[step.found.error];
    return [
      finding(code, { ...names, why: step.found.error }, code === 'dmarc-unreadable' ? { ...publish, name } : null),
    ];
  }

  const record = step.found.value;
  const policy = step.domain === from.domain ? record.p : record.sp;
  return [
    finding(policy === 'none' ? 'dmarc-watching' : 'dmarc-good', { ...names, policy }),
    ...(record.testing && policy !== 'none' ? [finding('dmarc-testing', { ...names, policy })] : []),
    alignment(senders, record, policy),
  ];
}

const CODES = {
  none: 'dmarc-missing',
  'no-record': 'dmarc-missing',
  'no-such-name': 'dmarc-missing',
  several: 'dmarc-several',
  unreadable: 'dmarc-unreadable',
  'server-failed': 'dmarc-unknown',
  'timed-out': 'dmarc-unknown',
} as const satisfies Record<Extract<DmarcStep['found'], { ok: false }>['error'], FindingCode>;

/** A forwarded mail keeps its signature and not its envelope, so the signature is the one that matters. */
function alignment({ from, envelope, signer }: Senders, { adkim, aspf }: DmarcRecord, policy: string): Finding {
  const names = { domain: from.domain, envelope: envelope.domain, signer: signer?.domain ?? '', policy };
  const bySpf = isAligned(from, envelope, aspf);
  const byDkim = signer !== null && isAligned(from, signer, adkim);
  if (bySpf && byDkim) return finding('dmarc-both', names);
  if (byDkim) return finding('dmarc-only-dkim', names);
  return finding(bySpf ? 'dmarc-only-spf' : 'dmarc-neither', names);
}

function isAligned(from: WayUp, other: WayUp, mode: DmarcRecord['adkim']): boolean {
  if (from.domain === other.domain) return true;
  return mode === 'relaxed' && organisationOf(from.steps) === organisationOf(other.steps);
}
