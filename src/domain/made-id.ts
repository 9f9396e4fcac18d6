import { plainName } from './name.ts';

const LONGEST = 100;

/** What a councillor's id may be: it stands in addresses of pages. */
export const COUNCILLOR_ID = /^[\w-]{1,100}$/;

/** An id for a councillor whose source has none: the same for the same seat and name, however they are spelt. Empty when nothing is left of them. */
export function madeId(seat: string, name: string): string {
  return `${plainName(seat)} ${plainName(name)}`.trim().replaceAll(' ', '-').slice(0, LONGEST);
}
