import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Keeps personal data unreadable at rest, and lets us ask "the same person?" without keeping who. */
export interface Sealer {
  /** Encrypts text (AES-256-GCM, a fresh random nonce each time). */
  seal(text: string): string;
  /** Gives back what was sealed. Throws on text that was changed or that was sealed with another secret key. */
  open(sealed: string): string;
  /** A keyed fingerprint (HMAC-SHA256, base64url): the same value gives the same word for one purpose and another word for another. */
  blind(purpose: string, value: string): string;
}

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const KEY_ID_BYTES = 6;
const NONCE_BYTES = 12; // 96 bits, as NIST SP 800-38D recommends for GCM
const TAG_BYTES = 16;

/** Everything is derived from one secret key (HKDF-SHA256, one label each). Sealed text begins with the key's id, so that keys can be changed later. */
export function sealer(secretKey: string): Sealer {
  const sealKey = derive(secretKey, 'pennypost seal', KEY_BYTES);
  const blindKey = derive(secretKey, 'pennypost blind', KEY_BYTES);
  const keyId = derive(secretKey, 'pennypost key id', KEY_ID_BYTES).toString('base64url');

  return {
    seal: (text) => `${keyId}.${encrypt(sealKey, keyId, text)}`,
    open: (sealed) => {
      const [id, sealedText = ''] = sealed.split('.', 2);
      if (id !== keyId) throw new Error('This was sealed with another secret key than the one in the settings');
      return decrypt(sealKey, keyId, sealedText);
    },
    blind: (purpose, value) => createHmac('sha256', blindKey).update(`${purpose}\0${value}`).digest('base64url'),
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
