import type { AddresseeId } from './addressee.ts';
import type { KnownContact } from './contact.ts';
import type { ListSize } from './councillor-list-doubt.ts';
import type { Councillor, ListSource } from './councillor.ts';

/** A councillor as we hold them: with their addresses, and how these have fared. */
export interface KnownCouncillor extends Pick<Councillor, 'name' | 'party' | 'seat' | 'seatCode'> {
  readonly id: AddresseeId;
  readonly contacts: readonly KnownContact[];
}

/** The last list of a council that we believed. */
export interface KnownList {
  readonly councilCode: string;
  readonly source: ListSource;
  readonly asOf: Date;
  /** In the council's order. */
  readonly councillors: readonly KnownCouncillor[];
  readonly vacantSeats: readonly string[];
}

export function knownSize({ councillors }: Pick<KnownList, 'councillors'>): ListSize {
  return {
    councillors: councillors.length,
    withEmail: councillors.filter(({ contacts }) => contacts.length > 0).length,
  };
}
