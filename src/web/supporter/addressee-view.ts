import type { FoundAddressees } from '../../actions/find-addressees.ts';
import type { Addressee } from '../../domain/addressee.ts';
import { nameInSentence } from '../../domain/council.ts';

/** Whom we call them on a page: by name where there is one, else by office. */
export function calledName({ name, office }: Pick<Addressee, 'name' | 'office'>): string {
  return name ?? office;
}

/** As it stands inside a sentence: "the London Borough of Southwark", "Alex Example", "the MP for Tonbridge". */
export function calledInSentence({ kind, name, office }: Pick<Addressee, 'kind' | 'name' | 'office'>): string {
  if (name === null) return `the ${office}`;
  return kind === 'council' ? nameInSentence({ name }) : name;
}

export function allOf({ councils, mp }: FoundAddressees): readonly Addressee[] {
  return [...councils, mp];
}

/** The addressee of this id among a place's own; undefined when it is somebody else's. */
export function ownAddressee(found: FoundAddressees, id: string): Addressee | undefined {
  return allOf(found).find((addressee) => addressee.id === id);
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
