import { setTimeout as wait } from 'node:timers/promises';
import type { PostOffice, Taken } from './post-office.ts';

const WRITERS = 8;
const PATIENCE_MS = 180_000;
const LOOK_EVERY_MS = 200;
const FORM = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };

/** Postcodes of the stand-in, each with the MP there. */
const WHERE = [
  ['SE1 2DL', 'mp:E14001085'],
  ['M1 1AD', 'mp:E14001352'],
  ['E1 4TT', 'mp:E14001086'],
  ['ME4 4QN', 'mp:E14001157'],
] as const;

interface Options {
  readonly letters: number;
  readonly postOffice: PostOffice;
  /** Any of the processes that run; '' while none does. */
  readonly anyUrl: () => string;
  /** Waits until the turn of this letter has come. */
  readonly turnOf: (letter: number) => Promise<void>;
}

/** One in ten never presses the button. */
export const confirms = (letter: number): boolean => letter % 10 !== 9;

/**
 * Supporters who write letters, read the confirmation mail and press its button, and who try again when a page does not answer. Throws when
 * a page says no, or a confirmation does not come.
 */
export async function writeLetters({ letters, postOffice, anyUrl, turnOf }: Options): Promise<void> {
  const waiting = Array.from({ length: letters }, (_, at) => at).values();
  const writer = async () => {
    for (const letter of waiting) {
      await turnOf(letter);
      await post(anyUrl, '/letters', [303, 409], formOf(letter)); // 409: kept already, when the answer to the first try was lost
      const token = await tokenFor(letter, postOffice);
      if (confirms(letter)) await post(anyUrl, `/confirm/${token}`, [303]);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
}

export const subjectOf = (letter: number) => `The cameras, letter ${letter} of many`;
const addressOf = (letter: number) => `supporter-${letter}@example.org`;

function formOf(letter: number): URLSearchParams {
  const [postcode, to] = WHERE[letter % WHERE.length] ?? WHERE[0];
  return new URLSearchParams({
    postcode,
    to,
    name: 'Ada Example',
    email: addressOf(letter),
    address: '1 Tooley Street\nLondon',
    subject: subjectOf(letter),
    body: `Dear Member of Parliament,\n\nPlease ask about the cameras above our street (${letter}).\n\nYours sincerely,`,
    consent: 'yes',
  });
}

/** Until it is answered, at whichever process is there: a process that is killed answers nobody, and one that stops says 503. */
async function post(
  anyUrl: () => string,
  path: string,
  good: readonly number[],
  form?: URLSearchParams,
): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const status = await statusOf(anyUrl() + path, form);
    if (good.includes(status)) return;
    if (![0, 502, 503].includes(status)) throw new Error(`${path.slice(0, 9)}… answered ${status}`);
    if (performance.now() > until) throw new Error(`${path.slice(0, 9)}… was not answered`);
    await wait(LOOK_EVERY_MS);
  }
}

/** 0 when there was no answer. */
async function statusOf(url: string, form?: URLSearchParams): Promise<number> {
  try {
    const answer = await fetch(url, { method: 'POST', headers: FORM, body: form ?? '', redirect: 'manual' });
    await answer.text();
    return answer.status;
  } catch {
    return 0;
  }
}

async function tokenFor(letter: number, { taken }: PostOffice): Promise<string> {
  const mail = await cameTo(taken, (mail) => mail.kind === 'confirmation' && mail.to === addressOf(letter));
  const [, token] = /\/confirm\/([\w.-]+)/.exec(mail.raw.replaceAll('=\r\n', '')) ?? [];
  if (token === undefined) throw new Error('a confirmation without its link');
  return token;
}

async function cameTo(taken: readonly Taken[], wanted: (mail: Taken) => boolean): Promise<Taken> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const mail = taken.find(wanted);
    if (mail) return mail;
    if (performance.now() > until) throw new Error('a confirmation did not come');
    await wait(LOOK_EVERY_MS);
  }
}
