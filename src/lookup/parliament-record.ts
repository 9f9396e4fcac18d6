import { z } from 'zod';
import { err, ok, type Result } from '../domain/result.ts';
import type { HoldingMember } from '../domain/seat.ts';

const date = z.string().nullable();

// Their words on the left of the colon, ours on the right. Who sits is read later, for the one seat that is meant: an odd
// entry of another must not close this one.
const Constituency = z
  .object({ id: z.int(), name: z.string(), endDate: date, currentRepresentation: z.unknown() })
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

// A seat that nobody holds says so with null; a missing key says nothing.
const Representation = z
  .object({
    member: z.object({
      value: z.object({
        id: z.int(),
        nameDisplayAs: z.string().trim().min(1),
        nameAddressAs: z.string().trim().nullable(),
        latestHouseMembership: z.object({ membershipEndDate: date }).nullable(),
      }),
    }),
    representation: z.object({ membershipEndDate: date }),
  })
  .nullable();

/** Who holds the seat; null when nobody does, or when whoever held it has left. */
export function sitting({ representation }: Constituency): Result<HoldingMember | null, 'unreadable'> {
  const parsed = Representation.safeParse(representation);
  if (!parsed.success) return err('unreadable');
  if (!parsed.data) return ok(null);
  const { member, representation: term } = parsed.data;
  const { id, nameDisplayAs, nameAddressAs, latestHouseMembership } = member.value;
  const end = term.membershipEndDate ?? latestHouseMembership?.membershipEndDate ?? null;
  return ok(end === null ? { id, displayName: nameDisplayAs, addressAs: nameAddressAs || null } : null);
}

const PARLIAMENTARY_OFFICE = 1;
const CONSTITUENCY_OFFICE = 4;

/** The longest address that mail can be sent to: RFC 5321, 4.5.3.1.3, less its brackets. */
const Email = z.email().max(254);

/** The parliamentary office's address, then the constituency office's, each once; what is not one address is left out. */
export function emailsIn({ value: entries }: z.infer<typeof Contacts>): readonly string[] {
  const offices = [PARLIAMENTARY_OFFICE, CONSTITUENCY_OFFICE].flatMap((office) =>
    entries.filter(({ typeId, isWebAddress }) => typeId === office && !isWebAddress),
  );
  const emails = offices.flatMap(({ email }) => Email.safeParse(email).data ?? []);
  return emails.filter((email, at) => emails.findIndex((one) => one.toLowerCase() === email.toLowerCase()) === at);
}
