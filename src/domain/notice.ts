import type { AddresseeId } from './addressee.ts';

export const NOTICES = [
  'mp changed',
  'mps held',
  'list held',
  'list failing',
  'contact failing',
  'contact reported',
  'delivery held',
] as const;
/** What an organiser has to know or decide. */
export type NoticeKind = (typeof NOTICES)[number];

/** The code of the whole United Kingdom: the area of what is about no council and no constituency alone. */
export const WHOLE_COUNTRY = 'K02000001';

/** Something that an organiser has to know or decide. */
export interface Notice {
  readonly kind: NoticeKind;
  /** The code of the council or constituency it is about. */
  readonly areaCode: string;
  /** Null when it is about the whole area. */
  readonly addresseeId: AddresseeId | null;
  /** What its kind needs to be told by; short, and nothing about a supporter. */
  readonly detail: Readonly<Record<string, string>>;
}

export const REPORTED_FAULTS = ['left office', 'wrong ward', 'wrong address', 'something else'] as const;
/** What a supporter says is wrong with a contact. Nothing changes by it until a person has looked. */
export type ReportedFault = (typeof REPORTED_FAULTS)[number];
