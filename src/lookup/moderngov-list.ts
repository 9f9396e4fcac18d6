import type { Council } from '../domain/council.ts';
import { believeList, type ListFailure } from '../domain/councillor-list.ts';
import { readName, saysVacant } from '../domain/councillor-name.ts';
import type { Councillor, CouncillorList } from '../domain/councillor.ts';
import { readEmails } from '../domain/published-email.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { whoseWard } from '../domain/shared-list.ts';
import { readByWard, type Entry, type Ward } from './moderngov-xml.ts';

/** Reads a council's own councillors out of an answer that may hold those of its `sharers` as well. */
export function readList(
  text: string,
  council: Council,
  sharers: readonly Council[],
): Result<CouncillorList, ListFailure> {
  const wards = readByWard(text);
  if (!wards.ok) return wards;
  const own = sharers.length === 0 ? ok(wards.value) : ownWards(wards.value, council, sharers);
  if (!own.ok) return own;

  const seats = own.value.flatMap(({ title, entries }) => entries.map((entry) => ({ title, entry })));
  const councillors = seats.filter(({ entry }) => !saysVacant(entry.name)).map((seat) => councillorOf(seat, council));
  if (!areTellable(councillors)) return err('unreadable');
  return believeList({
    councilCode: council.code,
    councillors,
    vacantSeats: seats.filter(({ entry }) => saysVacant(entry.name)).map(({ title }) => title),
  });
}

/** A ward of which nothing says whose it is could be anybody's, so it spoils the list; unless nobody sits for it. */
function ownWards(wards: readonly Ward[], council: Council, sharers: readonly Council[]): Result<Ward[], ListFailure> {
  const whose = wards
    .filter(({ entries }) => entries.some(({ name }) => !saysVacant(name)))
    .map((ward) => ({ ward, council: whoseWard(cluesIn(ward, council), [council, ...sharers]) }));
  if (whose.some(({ council }) => council === null)) return err('shared-and-unclear');
  return ok(whose.filter((it) => it.council?.code === council.code).map(({ ward }) => ward));
}

function cluesIn({ title, entries }: Ward, council: Council) {
  return {
    texts: [title, ...entries.flatMap(({ district, representing }) => [district, representing])],
    hosts: entries.flatMap((entry) =>
      readEmails(fieldsOf(entry), council).map(({ address }) => address.slice(address.lastIndexOf('@') + 1)),
    ),
  };
}

function councillorOf({ title, entry }: { title: string; entry: Entry }, council: Council): Councillor {
  return {
    councilCode: council.code,
    theirId: entry.id,
    name: readName(entry.name).name,
    party: entry.party || null,
    seat: title,
    seatCode: null,
    emails: readEmails(fieldsOf(entry), council),
  };
}

function fieldsOf({ workEmail, homeEmail }: Entry): string[] {
  return [workEmail, homeEmail];
}

/** Letters are addressed by the council's ids: each has one, and no two have the same. */
function areTellable(councillors: readonly Councillor[]): boolean {
  const ids = new Set(councillors.map(({ theirId }) => theirId));
  return ids.size === councillors.length && [...ids].every((id) => /^[\w-]{1,40}$/.test(id));
}
