import type { KnownCouncillor, KnownList } from '../domain/known-list.ts';
import { londonDay } from '../domain/london-time.ts';
import { writeCells } from './csv-cells.ts';

const HEADER = ['council', 'councillor_id', 'name', 'party', 'ward', 'ward_code', 'email', 'source', 'checked_on'];

/** Lists of councillors as a CSV file that `readCouncillorsFile` reads back: the same people, seats, vacancies and addresses. */
export function writeCouncillors(lists: readonly KnownList[]): string {
  return writeCells([HEADER, ...lists.flatMap(linesOf)]);
}

function linesOf(list: KnownList): string[][] {
  const checkedOn = londonDay(list.asOf);
  return [
    ...list.councillors.map((councillor) => [
      list.councilCode,
      councillor.id.split(':').slice(2).join(':'),
      councillor.name,
      councillor.party ?? '',
      councillor.seat,
      councillor.seatCode ?? '',
      councillor.contacts.map(({ email }) => email).join('; '),
      sourceOf(councillor, list),
      checkedOn,
    ]),
    ...list.vacantSeats.map((seat) => [list.councilCode, '', 'Vacant', '', seat, '', '', list.source, checkedOn]),
  ];
}

function sourceOf({ contacts }: KnownCouncillor, { source }: KnownList): string {
  return contacts[0]?.source ?? source;
}
