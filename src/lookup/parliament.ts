import { plainName, plainestWord } from '../domain/name.ts';
import { err, ok, type Result } from '../domain/result.ts';
import type { Seat } from '../domain/seat.ts';
import type { LookupFailure } from './failure.ts';
import type { Http } from './http.ts';
import { Contacts, emailIn, sitting, type Constituency } from './parliament-record.ts';
import { searchConstituencies } from './parliament-search.ts';

export type SeatFailure = { readonly kind: 'unknown-constituency' } | Exclude<LookupFailure, { kind: 'not-found' }>;

export interface Parliament {
  /** Who sits for a constituency of today, by its name in any spelling; mostly two requests. */
  seatFor(constituencyName: string): Promise<Result<Seat, SeatFailure>>;
}

/** The Members API of the UK Parliament: https://members-api.parliament.uk. It knows constituencies by name, not by official code. */
export function parliament(http: Http, origin: URL): Parliament {
  return {
    async seatFor(constituencyName) {
      const found = await findConstituency(http, origin, constituencyName);
      if (!found.ok) return found;
      const held = sitting(found.value);
      if (!held.ok) return err({ kind: 'unreadable', detail: 'who sits' });
      if (!held.value) return ok({ vacant: true });

      const { id, displayName, addressAs } = held.value;
      const contacts = await http.getJson(new URL(`/api/Members/${id}/Contact`, origin), Contacts);
      // Without an answer there is no seat either: "no email address" would be believed, and remembered.
      if (!contacts.ok) return err(unlessMissing(contacts.error));
      return ok({ vacant: false, member: { displayName, addressAs, email: emailIn(contacts.value) } });
    },
  };
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

function unlessMissing(failure: LookupFailure): Exclude<LookupFailure, { kind: 'not-found' }> {
  return failure.kind === 'not-found' ? { kind: 'unreadable', detail: 'status 404' } : failure;
}
