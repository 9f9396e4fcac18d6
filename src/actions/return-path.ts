import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { SecretKeys } from '../domain/secret-keys.ts';
import { COMES_BACK_WITHIN } from '../domain/delivery.ts';
import type { Attempt } from '../domain/returned-mail.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Addresses to which a bounce of one delivery comes back, so that it needs no reading to know which (VERP), and of which attempt at it. */
export interface ReturnPaths {
  /**
   * "bounce+<delivery><day><attempt><signature>@domain": at most 64 characters before the @ (RFC 5321, 4.5.3.1.1), small letters and digits only.
   * Throws on an id that is no UUID.
   */
  returnPathFor(deliveryId: string, attempt: number, now: Date): string;
  /** Undefined when the address is cut short, changed, forged, of another domain or too old. Capitals do not matter: servers change them. */
  attemptIn(address: string, now: Date): Attempt | undefined;
  /** Whether mail to this address would come to us, well signed or not. */
  isReturnPath(address: string): boolean;
}

const PREFIX = 'bounce+';
const SIGNATURE_BYTES = 15; // 24 characters; guessing one takes 2^120 mails
const DAY_LETTERS = 4; // until the year 4840
const ATTEMPT_LETTERS = 1; // up to 31; a mail is held for a person long before
/** Paths of before there was an attempt in them still come back for a while. */
const LOCAL_PART = /^bounce\+(([a-z2-7]{26})([a-z2-7]{4})([a-z2-7]?))([a-z2-7]{24})$/;

/** Signs with a key derived from today's secret key, as links are, and knows what was signed with those before it. */
export function signedReturnPaths(secretKeys: SecretKeys, domain: string): ReturnPaths {
  const ours = domain.toLowerCase();
  const signed = (matter: string) => secretKeys.map((secretKey) => sign(secretKey, `${matter}@${ours}`));

  return {
    returnPathFor: (deliveryId, attempt, now) => {
      const sentOn = letters(dayOf(now), DAY_LETTERS);
      const matter = `${base32(bytesOf(deliveryId))}${sentOn}${letters(attempt, ATTEMPT_LETTERS)}`;
      return `${PREFIX}${matter}${signed(matter)[0]}@${ours}`;
    },
    attemptIn: (address, now) => {
      const [local, host] = halves(address);
      const [, matter, id, day, attempt, signature] = LOCAL_PART.exec(local) ?? [];
      if (host !== ours || matter === undefined || id === undefined || day === undefined || signature === undefined)
        return undefined;
      // What is signed is the very text, so that no second spelling of the same bytes is well signed.
      const isOurs = signed(matter).some((one) => timingSafeEqual(Buffer.from(one), Buffer.from(signature)));
      if (!isOurs || !isOfNow(numberIn(day), now)) return undefined;
      return { deliveryId: uuidOf(bytesIn(id)), number: attempt ? numberIn(attempt) : null };
    },
    isReturnPath: (address) => {
      const [local, host] = halves(address);
      return host === ours && local.startsWith(PREFIX);
    },
  };
}

function sign(secretKey: string, matter: string): string {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', 'pennypost return path', 32));
  return base32(createHmac('sha256', key).update(matter).digest().subarray(0, SIGNATURE_BYTES));
}

function halves(address: string): readonly [string, string] {
  const at = address.lastIndexOf('@');
  return [address.slice(0, Math.max(at, 0)).toLowerCase(), address.slice(at + 1).toLowerCase()];
}

function dayOf(now: Date): number {
  return Math.floor(now.getTime() / DAY);
}

/** A day ahead is forgiven: clocks of two machines differ. */
function isOfNow(day: number, now: Date): boolean {
  const today = dayOf(now);
  return day <= today + 1 && (today - day) * DAY <= COMES_BACK_WITHIN;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function bytesOf(deliveryId: string): Buffer {
  if (!UUID.test(deliveryId)) throw new Error('A return path is made for the id of a delivery, and this is none');
  return Buffer.from(deliveryId.replaceAll('-', ''), 'hex');
}

function uuidOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Base 32 in small letters (RFC 4648), which survives a server that changes capitals. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits.replace(/.{1,5}/g, (five) => ALPHABET.charAt(Number.parseInt(five.padEnd(5, '0'), 2)));
}

function bytesIn(text: string): Buffer {
  const bits = [...text].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}

function letters(number: number, length: number): string {
  return Array.from({ length }, (_, at) => ALPHABET.charAt(Math.floor(number / 32 ** (length - 1 - at)) % 32)).join('');
}

function numberIn(text: string): number {
  return [...text].reduce((number, letter) => number * 32 + ALPHABET.indexOf(letter), 0);
}
