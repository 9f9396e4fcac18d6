/** `official`: in a domain of the council's own or of local government; `personal`: anywhere else. */
export type EmailKind = 'official' | 'personal';

/** An email address as it is published for a councillor. */
export interface PublishedEmail {
  readonly address: string;
  readonly kind: EmailKind;
}

/** A councillor as their council publishes them. A home address or a private phone never gets this far. */
export interface Councillor {
  readonly councilCode: string;
  /** The council's own id for them; of a file without ids, one made of seat and name. */
  readonly theirId: string;
  /** Without "Councillor" or "Cllr", but with "Sir", "Dame", "Dr": "Ada Example". */
  readonly name: string;
  /** Plain text as the council gives it; null when it gives none. */
  readonly party: string | null;
  /** The ward or county division as the council writes it: "St. Mary's Ward". */
  readonly seat: string;
  /** The seat's official code where the source says it (a file may, ModernGov never does). */
  readonly seatCode: string | null;
  /** Best first: official ones before personal ones. Empty when none is published. */
  readonly emails: readonly PublishedEmail[];
}

/** Everybody who sits on one council, as of one answer or file. */
export interface CouncillorList {
  readonly councilCode: string;
  readonly councillors: readonly Councillor[];
  /** Seats that the council says nobody holds, as it writes them, once for each vacancy. */
  readonly vacantSeats: readonly string[];
}

export const LIST_SOURCES = ['moderngov', 'file', 'example'] as const;
/** Who told us of a councillor: the council's own ModernGov, a file that an organiser imported, or our examples. */
export type ListSource = (typeof LIST_SOURCES)[number];
