/** The kinds of letter: councillors get the council's letter, which asks them to ask it. */
export const AUDIENCES = ['council', 'mp'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** "council:E09000028", "councillor:E09000028:1234" or "mp:E14001085". Stable: it is in links and in the database. */
export type AddresseeId = string & { readonly brand: 'AddresseeId' };

/** How an addressee can be reached. An email address comes only from our own look-up, never from a form. */
export type Contact =
  | { readonly by: 'email'; readonly email: string; readonly website: string | null }
  /** `whose`: the site is the one of the council before, because the new one's is not known yet. */
  | { readonly by: 'web'; readonly website: string; readonly whose?: 'predecessor' }
  | { readonly by: 'none' };

/** Whoever a letter goes to: a representative, or the council's own office. */
export interface Addressee {
  readonly id: AddresseeId;
  readonly kind: 'council' | 'councillor' | 'mp';
  /** Null when the seat is vacant, and when nobody could tell us who holds it. */
  readonly name: string | null;
  /** "MP for Bermondsey and Old Southwark", "Chief Executive, London Borough of Southwark". */
  readonly office: string;
  /** "Dear Neil Coyle": without the comma. */
  readonly salutation: string;
  readonly contact: Contact;
  readonly vacant: boolean;
  /** Why letters to them are closed for a time; such an addressee is `vacant` as well, and cannot be reached. */
  readonly closed?: 'dissolution';
  /** The council's or the constituency's official code. */
  readonly areaCode: string;
}

export function councilId(code: string): AddresseeId {
  return `council:${code}` as AddresseeId;
}

/** `theirId` is the council's own id of the councillor. */
export function councillorId(councilCode: string, theirId: string): AddresseeId {
  return `councillor:${councilCode}:${theirId}` as AddresseeId;
}

export function mpId(constituencyCode: string): AddresseeId {
  return `mp:${constituencyCode}` as AddresseeId;
}

/** The official code of the council or constituency that an addressee belongs to. */
export function areaCodeIn(id: AddresseeId): string {
  return id.split(':')[1] ?? '';
}

/** The code of the council whose office or councillor this is; undefined for an MP. */
export function councilCodeIn(id: AddresseeId): string | undefined {
  const [kind, code] = id.split(':');
  return kind === 'mp' ? undefined : code;
}

export function audienceOf(addressee: Pick<Addressee, 'kind'>): Audience {
  return addressee.kind === 'mp' ? 'mp' : 'council';
}

/** Forms of address that a letter's "Dear …" leaves out; "Sir", "Dame" and "Dr" are part of how people are addressed. */
const HONORIFIC = /^((rt|right)\.? hon(ourable)?\.?|mr|mrs|ms|miss|mx)\.? /i;

/** The name to write after "Dear": "Mr Angus MacDonald" gives "Angus MacDonald". */
export function nameAfterDear(displayName: string): string {
  const shorter = displayName.trim().replace(HONORIFIC, '');
  return shorter === displayName.trim() ? shorter : nameAfterDear(shorter);
}
