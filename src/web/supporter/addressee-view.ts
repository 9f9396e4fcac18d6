import type { FoundAddressees } from '../../actions/find-addressees.ts';
import type { Addressee } from '../../domain/addressee.ts';

/** Whom we call them on a page: by name where there is one, else by office. */
export function calledName({ name, office }: Pick<Addressee, 'name' | 'office'>): string {
  return name ?? office;
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
