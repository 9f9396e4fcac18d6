import type { Area } from './nation.ts';
import { matchSeat, type SeatMatch } from './ward-match.ts';

/** One seat of a list, by the name and perhaps the code that the list gives it. */
interface Seat {
  readonly seat: string;
  readonly seatCode: string | null;
}

interface Seats<Holder extends Seat> {
  readonly councillors: readonly Holder[];
  readonly vacantSeats: readonly string[];
}

/** Who holds a ward's or division's seats; nobody: they are vacant. Or which of the list's seats it could be. */
export type SeatHolders<Holder> =
  | { readonly kind: 'found'; readonly seat: string; readonly holders: readonly Holder[] }
  | Exclude<SeatMatch, { kind: 'matched' }>;

/**
 * Finds a ward or division in its own council's list: as a person decided (`decided`: a seat as the list writes it), else by the code that
 * the list gives, else by its name. A decision about a seat that the list no longer has is void.
 */
export function holdersOf<Holder extends Seat>(
  area: Area,
  { councillors, vacantSeats }: Seats<Holder>,
  decided: string | undefined,
): SeatHolders<Holder> {
  const seats = [...councillors.map(({ seat }) => seat), ...vacantSeats];
  const of = (seat: string) => councillors.filter((councillor) => councillor.seat === seat);
  if (decided !== undefined && seats.includes(decided)) return { kind: 'found', seat: decided, holders: of(decided) };

  const coded = councillors.filter(({ seatCode }) => seatCode === area.code);
  const [first] = coded;
  if (first) return { kind: 'found', seat: first.seat, holders: coded };

  // A seat that carries another ward's code is another ward, whatever it is called.
  const uncoded = seats.filter((seat) => of(seat).every(({ seatCode }) => seatCode === null));
  const match = matchSeat(area.name, uncoded);
  return match.kind === 'matched' ? { kind: 'found', seat: match.seat, holders: of(match.seat) } : match;
}
