import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** What a signed link is for; a link for one is worthless for the other. */
export type Purpose = 'confirm' | 'status' | 'not-me';

/** Makes and reads the tokens in links that we send: a letter's id with our signature, never stored. */
export interface Links {
  tokenFor(purpose: Purpose, letterId: string): string;
  /** The letter's id; undefined when the token is cut short, changed, or was signed for something else. */
  letterIn(purpose: Purpose, token: string): string | undefined;
}

const SIGNATURE_BYTES = 18;
const TOKEN = /^([0-9a-f-]{36})\.([\w-]{24})$/;

/** Signs with a key derived from the first of these secret keys, and knows links signed with any of them. Others make every link sent so far unknown. */
export function signedLinks(today: string, ...before: readonly string[]): Links {
  const sign = signer(today);
  const older = before.map(signer);

  return {
    tokenFor: (purpose, letterId) => `${letterId}.${sign(purpose, letterId).toString('base64url')}`,
    letterIn: (purpose, token) => {
      const [, letterId, signature] = TOKEN.exec(token) ?? [];
      if (letterId === undefined || signature === undefined) return undefined;
      const signed = Buffer.from(signature, 'base64url');
      const isOurs = [sign, ...older].some((signAs) => timingSafeEqual(signed, signAs(purpose, letterId)));
      return isOurs ? letterId : undefined;
    },
  };
}

function signer(secretKey: string) {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', 'pennypost links', 32));
  return (purpose: Purpose, letterId: string) =>
    createHmac('sha256', key).update(`${purpose}:${letterId}`).digest().subarray(0, SIGNATURE_BYTES);
}
