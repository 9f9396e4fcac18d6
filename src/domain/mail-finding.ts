/**
 * What each thing that can be found about a sending domain means: good; a note, which nobody can check from here or need not mend; advice;
 * wrong, so mail is refused or taken for forged until it is mended; unknown, because the DNS gave no answer.
 */
const LEVELS = {
  'spf-good': 'good',
  'spf-relay': 'note',
  'spf-missing': 'wrong',
  'spf-several': 'wrong',
  'spf-unreadable': 'wrong',
  'spf-too-many': 'wrong',
  'spf-leads-nowhere': 'wrong',
  'spf-leads-to-wrong': 'wrong',
  'spf-everybody': 'wrong',
  'spf-nobody': 'wrong',
  'spf-no-end': 'advice',
  'spf-unknown': 'unknown',
  'dkim-good': 'good',
  'dkim-not-here': 'advice',
  'dkim-missing': 'wrong',
  'dkim-several': 'wrong',
  'dkim-unreadable': 'wrong',
  'dkim-revoked': 'wrong',
  'dkim-not-for-this': 'wrong',
  'dkim-other-key': 'wrong',
  'dkim-testing': 'advice',
  'dkim-short': 'advice',
  'dkim-ed25519': 'advice',
  'dkim-unknown': 'unknown',
  'dmarc-good': 'good',
  'dmarc-watching': 'advice',
  'dmarc-testing': 'advice',
  'dmarc-missing': 'wrong',
  'dmarc-several': 'wrong',
  'dmarc-unreadable': 'wrong',
  'dmarc-unknown': 'unknown',
  'dmarc-both': 'good',
  'dmarc-only-dkim': 'note',
  'dmarc-only-spf': 'advice',
  'dmarc-neither': 'wrong',
  'mx-good': 'good',
  'mx-implied': 'advice',
  'mx-missing': 'wrong',
  'mx-refuses': 'wrong',
  'mx-leads-nowhere': 'wrong',
  'mx-unknown': 'unknown',
} as const;

export type FindingCode = keyof typeof LEVELS;
export type FindingLevel = (typeof LEVELS)[FindingCode];

/** A record as it has to stand in the DNS. */
export interface RecordToPublish {
  readonly name: string;
  readonly type: 'TXT' | 'MX';
  readonly value: string;
}

/** One thing found, with what its sentence names. */
export interface Finding {
  readonly code: FindingCode;
  readonly level: FindingLevel;
  readonly names: Readonly<Record<string, string>>;
  readonly publish: RecordToPublish | null;
}

export function finding(
  code: FindingCode,
  names: Readonly<Record<string, string>>,
  publish: RecordToPublish | null = null,
): Finding {
  return { code, level: LEVELS[code], names, publish };
}
