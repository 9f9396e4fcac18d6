import type { Addressee, AddresseeId } from './addressee.ts';
import { salutationName } from './councillor-name.ts';
import { listed } from './listed.ts';
import { fillWords, type Words } from './words.ts';

/** One copy of a letter: for one addressee, or for several who read the same mailbox. */
export interface Copy {
  /** Several are named together. */
  readonly to: Addressee;
  /** The others who read it, besides `to.id`. */
  readonly sharing: readonly AddresseeId[];
}

/** The copies of one letter to several councillors, one for each mailbox. Whoever has none gets one of their own. */
export function copiesFor(addressees: readonly Addressee[], words: Words): readonly Copy[] {
  return [...Map.groupBy(addressees, mailboxOf).values()].map((readers) => ({
    to: together(readers, words),
    sharing: readers.slice(1).map(({ id }) => id),
  }));
}

function mailboxOf({ id, contact }: Addressee): string {
  return contact.by === 'email' ? contact.email.toLowerCase() : id;
}

/** Several councillors as one addressee, for a text that all of them read: "Dear Councillor Example and Councillor Sample". */
export function together(readers: readonly Addressee[], { salutations }: Words): Addressee {
  const [first, ...others] = readers;
  if (!first) throw new Error('a letter is for somebody');
  if (others.length === 0) return first;
  const names = readers.map(({ name, office }) => name ?? office);
  const called = names.map((name) => fillWords(salutations.amongSeveral, { surname: salutationName(name) }));
  return { ...first, name: listed(names), salutation: fillWords(salutations.several, { names: listed(called) }) };
}
