/** Who sits for a constituency in the House of Commons, as Parliament says. */
export type Seat = { readonly vacant: true } | { readonly vacant: false; readonly member: Member };

export interface Member {
  /** "Mr Angus MacDonald", as Parliament displays it. */
  readonly displayName: string;
  /** "Ms Abbott": how the member asks to be addressed; null for most. */
  readonly addressAs: string | null;
  /** The parliamentary office's, else the constituency office's; null where none is published. */
  readonly email: string | null;
}
