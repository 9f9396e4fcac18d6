import { err, ok, type Result } from './result.ts';
import { readTags } from './tag-list.ts';

/** A published key. */
export interface DkimRecord {
  readonly kind: string;
  /** Without spaces. */
  readonly p: string;
  /** The domain says that it is only trying it out: a receiver treats the mail as if it were not signed. */
  readonly testing: boolean;
}

export type DkimRecordProblem =
  /** Several records: a receiver may take any of them (RFC 6376, 3.6.2.2). */
  | 'several'
  | 'unreadable'
  /** An empty "p=": the key has been taken back. */
  | 'revoked'
  /** "h=" does not allow SHA-256, or "s=" not email. */
  | 'not-for-this';

/** The key in the TXT records at a selector, each joined from its strings (RFC 6376, 3.6.1). */
export function dkimRecordIn(texts: readonly string[]): Result<DkimRecord, DkimRecordProblem> {
  const [text, ...more] = texts;
  if (text === undefined) return err('unreadable');
  if (more.length > 0) return err('several');

  const tags = readTags(text);
  const p = tags?.get('p')?.replace(/\s+/g, '');
  if (!tags || p === undefined || !isDkim(tags) || !/^[a-z0-9+/]*={0,2}$/i.test(p)) return err('unreadable');
  if (p === '') return err('revoked');
  if (!allows(tags.get('h'), ['sha256']) || !allows(tags.get('s'), ['*', 'email'])) return err('not-for-this');
  return ok({ kind: tags.get('k') ?? 'rsa', p, testing: listed(tags.get('t')).includes('y') });
}

/** The version may be left out, but stands first where it is. */
function isDkim(tags: ReadonlyMap<string, string>): boolean {
  const [first] = tags;
  return tags.has('v') ? first?.[0] === 'v' && first[1] === 'DKIM1' : true;
}

function allows(list: string | undefined, any: readonly string[]): boolean {
  return list === undefined || listed(list).some((one) => any.includes(one));
}

function listed(list = ''): readonly string[] {
  return list.split(':').map((one) => one.trim().toLowerCase());
}
