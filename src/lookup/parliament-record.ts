import { z } from 'zod';
import type { Member } from '../domain/seat.ts';

const date = z.string().nullable();

const Sitting = z.object({
  member: z.object({
    value: z.object({
      id: z.int(),
      nameDisplayAs: z.string().trim().min(1),
      nameAddressAs: z.string().nullable(),
      latestHouseMembership: z.object({ membershipEndDate: date }).nullable(),
    }),
  }),
  representation: z.object({ membershipEndDate: date }),
});

// Their words on the left of the colon, ours on the right. A seat that nobody holds says so with null; a missing key says nothing.
const Constituency = z
  .object({ id: z.int(), name: z.string(), endDate: date, currentRepresentation: Sitting.nullable() })
  .transform(({ id, name, endDate, currentRepresentation }) => ({
    id,
    name,
    ended: endDate !== null,
    representation: currentRepresentation,
  }));

/** One seat as Parliament records it: today's, or one of an earlier map (`ended`). */
export type Constituency = z.infer<typeof Constituency>;

/** One page of a search for constituencies. */
export const ConstituencyPage = z.object({
  items: z.array(z.object({ value: Constituency }).transform(({ value }) => value)),
  totalResults: z.int().nonnegative(),
  skip: z.int().nonnegative(),
});

/** A member's entries of contact; keys without a value are left out. */
export const Contacts = z.object({
  value: z.array(z.object({ typeId: z.int(), isWebAddress: z.boolean(), email: z.string().nullish() })),
});

/** Who holds the seat; null when nobody does, or when whoever held it has left. */
export function sitting({ representation }: Constituency): (Omit<Member, 'email'> & { readonly id: number }) | null {
  if (!representation) return null;
  const { id, nameDisplayAs, nameAddressAs, latestHouseMembership } = representation.member.value;
  const ended = representation.representation.membershipEndDate ?? latestHouseMembership?.membershipEndDate ?? null;
  return ended === null ? { id, displayName: nameDisplayAs, addressAs: nameAddressAs?.trim() || null } : null;
}

const PARLIAMENTARY_OFFICE = 1;
const CONSTITUENCY_OFFICE = 4;

/** The longest address that mail can be sent to: RFC 5321, 4.5.3.1.3, less its brackets. */
const Email = z.email().max(254);

/** The parliamentary office's address, else the constituency office's; null where none is published, or none that is one address. */
export function emailIn({ value: entries }: z.infer<typeof Contacts>): string | null {
  const offices = [PARLIAMENTARY_OFFICE, CONSTITUENCY_OFFICE].flatMap((office) =>
    entries.filter(({ typeId, isWebAddress }) => typeId === office && !isWebAddress),
  );
  return offices.map(({ email }) => Email.safeParse(email)).find(({ success }) => success)?.data ?? null;
}
