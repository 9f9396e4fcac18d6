/** Who sits for a constituency in the House of Commons, as Parliament says. */
export type Seat = { readonly vacant: true } | { readonly vacant: false; readonly member: Member };

export interface Member {
  /** "Mr Angus MacDonald", as Parliament displays it. */
  readonly displayName: string;
  /** "Ms Abbott": how the member asks to be addressed; null for most. */
  readonly addressAs: string | null;
  /** Where letters go; null where no address is published, or none to which mail gets through. */
  readonly email: string | null;
}

/** Who sits, with every address that Parliament publishes for them. */
export type PublishedSeat = { readonly vacant: true } | { readonly vacant: false; readonly member: PublishedMember };

export interface PublishedMember extends Omit<Member, 'email'> {
  /** The parliamentary office's, then the constituency office's; empty where none is published. */
  readonly emails: readonly string[];
}

/** Who sits, without how to reach them: what one list of all seats tells. */
export type Holder = { readonly vacant: true } | { readonly vacant: false; readonly member: HoldingMember };

export interface HoldingMember extends Omit<Member, 'email'> {
  /** Parliament's own number of the member: it stays when a name changes. */
  readonly id: number;
}

/** A seat as a list of all seats has it. */
export interface ListedSeat {
  /** Parliament's own number of the seat. */
  readonly id: number;
  /** In Parliament's spelling. */
  readonly name: string;
  /** Null when its entry cannot be read. */
  readonly holder: Holder | null;
}

/** Whether two are the same member, or both nobody. */
export function sameHolder(one: Holder, other: Holder): boolean {
  if (one.vacant || other.vacant) return one.vacant === other.vacant;
  return one.member.id === other.member.id;
}
