import type { AddresseeId } from '../../domain/addressee.ts';
import type { Copy } from '../../domain/copies.ts';
import { calledName, emailOf } from './addressee-view.ts';

/** How the copies of a letter to several begin: what they have in common, and each one's own salutation. */
export interface OpeningsView {
  /** Date and office, where they are the same for all; '' where they are not. */
  readonly shared: string;
  /** What is each one's own. */
  readonly own: readonly string[];
}

/** Null when there is but one letter, which begins with its own. */
export function openingsView(copies: readonly { readonly opening: string }[]): OpeningsView | null {
  const openings = copies.map(({ opening }) => opening).filter((opening) => opening !== '');
  const [first] = openings;
  if (first === undefined) return null;
  const shared = first.slice(0, first.lastIndexOf('\n') + 1);
  if (shared === '' || !openings.every((opening) => opening.startsWith(shared))) return { shared: '', own: openings };
  return { shared: shared.trim(), own: openings.map((opening) => opening.slice(shared.length)) };
}

export interface MailboxView {
  /** Those who read it. */
  readonly called: string;
  readonly email: string;
}

/** The mailboxes that a letter's copies go to, each once. */
export function mailboxesOf(copies: readonly Copy[]): readonly MailboxView[] {
  return copies.flatMap(({ to }) => {
    const email = emailOf(to);
    return email === null ? [] : [{ called: calledName(to), email }];
  });
}

/** The name under which a device keeps the draft to these. */
export function draftKey(addressees: readonly { readonly id: AddresseeId }[]): string {
  return addressees
    .map(({ id }) => id)
    .toSorted()
    .join('+');
}
