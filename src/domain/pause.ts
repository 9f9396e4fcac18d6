import type { AddresseeId } from './addressee.ts';

/** What sending is paused for: everything, one campaign, or one addressee. */
export type PauseScope = 'everything' | `campaign:${string}` | `to:${AddresseeId}`;

/** Whether a mail about a letter has to wait for a person to let sending go on. `readers` are those to whom it goes; none: it goes to the letter's writer. */
export function isPaused(
  pauses: ReadonlySet<PauseScope>,
  { campaignId }: { readonly campaignId: string },
  readers: readonly AddresseeId[],
): boolean {
  if (pauses.has('everything') || pauses.has(`campaign:${campaignId}`)) return true;
  return readers.some((id) => pauses.has(`to:${id}`));
}
