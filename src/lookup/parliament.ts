import { plainName, plainestWord } from '../domain/name.ts';
import { err, ok, type Result } from '../domain/result.ts';
import type { ListedSeat, PublishedSeat } from '../domain/seat.ts';
import type { LookupFailure } from './failure.ts';
import type { Http } from './http.ts';
import { Contacts, emailsIn, sitting, type Constituency } from './parliament-record.ts';
import { pageOf, searchConstituencies } from './parliament-search.ts';

export type AskFailure = Exclude<LookupFailure, { kind: 'not-found' }>;
export type SeatFailure = { readonly kind: 'unknown-constituency' } | AskFailure;

/** One page of the list of all seats. */
export interface SeatsPage {
  readonly seats: readonly ListedSeat[];
  /** How many seats to skip for the next page; null: this is the last. */
  readonly next: number | null;
}

export interface Parliament {
  /** Who sits for a constituency of today, by its name in any spelling; mostly two requests. */
  seatFor(constituencyName: string): Promise<Result<PublishedSeat, SeatFailure>>;
  /** One page, at most twenty, of all seats of today with whoever sits there: one request. */
  seatsAfter(skip: number): Promise<Result<SeatsPage, AskFailure>>;
  /** Where a member, by Parliament's number, can be written to, the first to try first; empty where nothing is published. One request. */
  emailsOf(memberId: number): Promise<Result<readonly string[], AskFailure>>;
}

/** The Members API of the UK Parliament: https://members-api.parliament.uk. It knows constituencies by name, not by official code. */
export function parliament(http: Http, origin: URL): Parliament {
  const emailsOf: Parliament['emailsOf'] = async (memberId) => {
    const contacts = await http.getJson(new URL(`/api/Members/${memberId}/Contact`, origin), Contacts);
    // Without an answer there is no address either: "none is published" would be believed, and remembered.
    return contacts.ok ? ok(emailsIn(contacts.value)) : err(unlessMissing(contacts.error));
  };

  return {
    emailsOf,
    async seatFor(constituencyName) {
      const found = await findConstituency(http, origin, constituencyName);
      if (!found.ok) return found;
      const held = sitting(found.value);
      if (!held.ok) return err({ kind: 'unreadable', detail: 'who sits' });
      if (!held.value) return ok({ vacant: true });

      const { id, displayName, addressAs } = held.value;
      const emails = await emailsOf(id);
      return emails.ok ? ok({ vacant: false, member: { displayName, addressAs, emails: emails.value } }) : emails;
    },
    async seatsAfter(skip) {
      const page = await pageOf(http, origin, null, skip);
      if (!page.ok) return err(unlessMissing(page.error));
      return ok({ seats: page.value.constituencies.map(listed), next: page.value.next });
    },
  };
}

function listed(constituency: Constituency): ListedSeat {
  const held = sitting(constituency);
  const { id, name } = constituency;
  if (!held.ok) return { id, name, holder: null };
  return { id, name, holder: held.value ? { vacant: false, member: held.value } : { vacant: true } };
}

/** By its full name; else by its plainest word, since their search knows only their own spelling: Glyndŵr, or Glyndwr. */
async function findConstituency(http: Http, origin: URL, name: string): Promise<Result<Constituency, SeatFailure>> {
  for (const words of new Set([name, plainestWord(name) ?? name])) {
    const found = await searchConstituencies(http, origin, words);
    if (!found.ok) return err(unlessMissing(found.error));
    const same = found.value.filter((one) => plainName(one.name) === plainName(name));
    if (new Set(same.map(({ id }) => id)).size > 1) return err({ kind: 'unreadable', detail: 'two seats of one name' });
    if (same[0]) return ok(same[0]);
  }
  return err({ kind: 'unknown-constituency' });
}

function unlessMissing(failure: LookupFailure): AskFailure {
  return failure.kind === 'not-found' ? { kind: 'unreadable', detail: 'status 404' } : failure;
}
