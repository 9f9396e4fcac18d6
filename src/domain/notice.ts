export const NOTICES = ['mp changed', 'list held', 'list failing', 'contact failing', 'contact reported'] as const;
/** What an organiser has to know or decide. */
export type NoticeKind = (typeof NOTICES)[number];

export const REPORTED_FAULTS = ['left office', 'wrong ward', 'wrong address', 'something else'] as const;
/** What a supporter says is wrong with a contact. Nothing changes by it until a person has looked. */
export type ReportedFault = (typeof REPORTED_FAULTS)[number];
