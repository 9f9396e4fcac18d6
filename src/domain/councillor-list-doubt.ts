import type { ListFailure } from './councillor-list.ts';
import type { CouncillorList } from './councillor.ts';

/** Why a well-formed list is not believed before a person has looked: half of its people are gone, or most of their addresses. */
export const LIST_DOUBTS = ['shrunk', 'lost-emails'] as const;
export type ListDoubt = (typeof LIST_DOUBTS)[number];

/** Why the last try gave no list that we use. `discarded`: it is the very list that a person has looked at and not believed. */
export type ListProblem = ListFailure | ListDoubt | 'discarded';

/** What doubts are decided by. */
export interface ListSize {
  readonly councillors: number;
  /** How many of them have an email address. */
  readonly withEmail: number;
}

export function sizeOf({ councillors }: CouncillorList): ListSize {
  return { councillors: councillors.length, withEmail: councillors.filter(({ emails }) => emails.length > 0).length };
}

/** What is doubtful about a list, compared with the last one that we believed; null: nothing. A first list leaves no doubt. */
export function doubtAbout(next: ListSize, last: ListSize | null): ListDoubt | null {
  if (last === null || last.councillors === 0) return null;
  if (next.councillors * 2 <= last.councillors) return 'shrunk';
  // The share with an address falls by more than half: next/next < last/last / 2, without dividing.
  return next.withEmail * last.councillors * 2 < last.withEmail * next.councillors ? 'lost-emails' : null;
}
