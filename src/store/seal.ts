import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Encrypted text. Only `Sealer.seal` makes it, and every column of it is re-sealed when keys are changed. */
export type SealedText = string & { readonly brand: 'SealedText' };

/** One blind index under every key there is: today's first, then what it was under those before. */
export type Blind = readonly [today: string, ...before: string[]];

/** Keeps personal data unreadable at rest, and lets us ask "the same person?" without keeping who. */
export interface Sealer {
  /** Of every key it knows, today's first. Sealed text begins with the id of its own. */
  readonly keyIds: Blind;
  /** Encrypts text with today's key (AES-256-GCM, a fresh random nonce each time). */
  seal(text: string): SealedText;
  /** Gives back what was sealed with any of its keys. Throws on text that was changed or that was sealed with another secret key. */
  open(sealed: SealedText): string;
  /** Whether it has the key of what was sealed. */
  opens(sealed: SealedText): boolean;
  /** A keyed fingerprint (HMAC-SHA256, base64url): the same value gives the same word for one purpose and another word for another. */
  blind(purpose: string, value: string): string;
  /** The same under every key, for finding again what was kept under an older one. */
  blinds(purpose: string, value: string): Blind;
}

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const KEY_ID_BYTES = 6;
const NONCE_BYTES = 12; // 96 bits, as NIST SP 800-38D recommends for GCM
const TAG_BYTES = 16;

/** How long the id at the beginning of every sealed text is, in characters. */
export const KEY_ID_LENGTH = Math.ceil((KEY_ID_BYTES * 4) / 3);

/** Seals with the first of these secret keys; opens and recognises what was made with any of them. */
export function sealer(today: string, ...before: readonly string[]): Sealer {
  const first = ringFor(today);
  const older = before.map(ringFor);
  const byId = new Map([first, ...older].map((ring) => [ring.id, ring]));

  return {
    keyIds: [first.id, ...older.map(({ id }) => id)],
    seal: (text) => `${first.id}.${encrypt(first.sealKey, first.id, text)}` as SealedText,
    opens: (sealed) => byId.has(sealed.slice(0, KEY_ID_LENGTH)),
    open: (sealed) => {
      const [id = '', sealedText = ''] = sealed.split('.', 2);
      const ring = byId.get(id);
      if (!ring) throw new Error('This was sealed with another secret key than those in the settings');
      return decrypt(ring.sealKey, id, sealedText);
    },
    blind: first.blind,
    blinds: (purpose, value) => [first.blind(purpose, value), ...older.map((ring) => ring.blind(purpose, value))],
  };
}

/** Everything is derived from one secret key (HKDF-SHA256, one label each). */
function ringFor(secretKey: string) {
  const blindKey = derive(secretKey, 'pennypost blind', KEY_BYTES);
  return {
    id: derive(secretKey, 'pennypost key id', KEY_ID_BYTES).toString('base64url'),
    sealKey: derive(secretKey, 'pennypost seal', KEY_BYTES),
    blind: (purpose: string, value: string) =>
      createHmac('sha256', blindKey).update(`${purpose}\0${value}`).digest('base64url'),
  };
}

function derive(secretKey: string, label: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, '', label, bytes));
}

function encrypt(key: Buffer, keyId: string, text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(keyId));
  const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), hidden]).toString('base64url');
}

function decrypt(key: Buffer, keyId: string, sealedText: string): string {
  const bytes = Buffer.from(sealedText, 'base64url');
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  try {
    const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(keyId)).setAuthTag(tag);
    const hidden = bytes.subarray(NONCE_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(hidden), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new Error('This is not as it was sealed', { cause });
  }
}
