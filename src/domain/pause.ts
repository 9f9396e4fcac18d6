import type { AddresseeId } from './addressee.ts';

/** What sending is paused for: everything, one campaign, or one addressee. */
export type PauseScope = 'everything' | `campaign:${string}` | `to:${AddresseeId}`;

/** Whether a letter to somebody has to wait for a person to let sending go on. */
export function isPaused(
  pauses: ReadonlySet<PauseScope>,
  { campaignId }: { readonly campaignId: string },
  to: AddresseeId | undefined,
): boolean {
  if (pauses.has('everything') || pauses.has(`campaign:${campaignId}`)) return true;
  return to !== undefined && pauses.has(`to:${to}`);
}
