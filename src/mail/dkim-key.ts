import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { err, ok, type Result } from '../domain/result.ts';

/** Who signs: the domain that vouches for the mail, and under which name of it the public key is published. */
export interface DkimKey {
  readonly domain: string;
  readonly selector: string;
  readonly key: KeyObject;
}

/** Verifiers refuse shorter ones (RFC 8301, 3.2, which recommends 2048). */
const SHORTEST_RSA = 1024;

/** Reads a private key of RSA or Ed25519 (RFC 8463) in PEM, without a password. */
export function readDkimKey(pem: string): Result<KeyObject, 'not-a-key' | 'another-kind' | 'too-short'> {
  const key = privateKeyIn(pem);
  if (!key) return err('not-a-key');
  if (key.asymmetricKeyType === 'ed25519') return ok(key);
  if (key.asymmetricKeyType !== 'rsa') return err('another-kind');
  return bitsOf(key) < SHORTEST_RSA ? err('too-short') : ok(key);
}

function privateKeyIn(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem);
  } catch {
    return null; // its own words may quote the key
  }
}

/** Of an RSA key; 0 for any other. */
export function bitsOf(key: KeyObject): number {
  return key.asymmetricKeyDetails?.modulusLength ?? 0;
}

/** What to publish for a private key, and every way in which its "p=" may be written. */
export interface PublishedKey {
  readonly kind: 'rsa' | 'ed25519';
  readonly record: string;
  readonly p: readonly string[];
}

export function publishedKeyOf(key: KeyObject): PublishedKey {
  const open = createPublicKey(key);
  const whole = open.export({ type: 'spki', format: 'der' });
  if (key.asymmetricKeyType === 'ed25519') {
    const p = whole.subarray(-32).toString('base64'); // the bare key (RFC 8463, 3)
    return { kind: 'ed25519', record: `v=DKIM1; k=ed25519; p=${p}`, p: [p] };
  }
  // RFC 6376, 3.6.1 says the second, its examples and everybody say the first.
  const p = [whole, open.export({ type: 'pkcs1', format: 'der' })].map((der) => der.toString('base64'));
  return { kind: 'rsa', record: `v=DKIM1; k=rsa; p=${p[0]}`, p };
}
