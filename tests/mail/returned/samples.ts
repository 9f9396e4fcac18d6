import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('./', import.meta.url);

/** All mails that came back; those called postfix-… are Postfix's own words, the others written after what is published of other programs. */
export const SAMPLES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.eml'))
  .map((name) => name.replace('.eml', ''));

/** One of them, with line ends as on the wire. */
export function returned(name: string, change = (text: string) => text): Buffer {
  return Buffer.from(change(readFileSync(new URL(`${name}.eml`, FOLDER), 'utf8')).replaceAll('\n', '\r\n'));
}
