import { allOf, type FoundAddressees } from '../../actions/find-addressees.ts';
import type { Addressee } from '../../domain/addressee.ts';
import { chosenAddressees, type Addressees, type ChoiceOfAddresseesProblem } from '../../domain/chosen-addressees.ts';
import { nameInSentence } from '../../domain/council.ts';
import { listed } from '../../domain/listed.ts';
import type { Result } from '../../domain/result.ts';

/** Whom we call them on a page: by name where there is one, else by office. */
export function calledName({ name, office }: Pick<Addressee, 'name' | 'office'>): string {
  return name ?? office;
}

/** As it stands inside a sentence: "the London Borough of Southwark", "Alex Example", "the MP for Tonbridge". */
export function calledInSentence({ kind, name, office }: Pick<Addressee, 'kind' | 'name' | 'office'>): string {
  if (name === null) return `the ${office}`;
  return kind === 'council' ? nameInSentence({ name }) : name;
}

/** Those whom one letter goes to, inside a sentence: "Ada Example, Bo Sample and Cy Specimen". */
export function allInSentence(addressees: readonly Pick<Addressee, 'kind' | 'name' | 'office'>[]): string {
  return listed(addressees.map(calledInSentence));
}

/** Those of a place's own addressees whom these ids choose. */
export function ownAddressees(
  found: FoundAddressees,
  ids: readonly string[],
): Result<Addressees, ChoiceOfAddresseesProblem> {
  return chosenAddressees(allOf(found), ids);
}

export function emailOf({ contact }: Addressee): string | null {
  return contact.by === 'email' ? contact.email : null;
}

export function websiteOf({ contact }: Addressee): string | null {
  return contact.by === 'none' ? null : contact.website;
}

/** Whether the website is that of the council before. */
export function isPredecessorsSite({ contact }: Addressee): boolean {
  return contact.by === 'web' && contact.whose === 'predecessor';
}
