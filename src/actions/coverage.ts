import { councilId } from '../domain/addressee.ts';
import type { CoveredWard, CouncilCoverage } from '../domain/coverage.ts';
import { sizeOf } from '../domain/councillor-list-doubt.ts';
import type { Council } from '../domain/council.ts';
import { holdersOf } from '../domain/seat-of-area.ts';
import { contactsOf } from '../store/contacts.ts';
import { knownListOf, listStateOf } from '../store/councillor-lists.ts';
import type { Database } from '../store/database.ts';
import { decidedSeatsOf, decideSeat } from '../store/decided-seats.ts';
import { seenWards, type SeenWard } from '../store/wards.ts';

/** The wards and divisions of a council that a directory of postcodes names. */
export type WardsOf = (councilCode: string) => readonly SeenWard[];

/** How well the people of one council can be written to: over the wards that were asked for, and those of a directory if there is one. */
export async function coverageOf(
  db: Database,
  council: Council,
  wardsOf: WardsOf = () => [],
): Promise<CouncilCoverage> {
  const { code } = council;
  const [state, list, decided, seen, office] = await Promise.all([
    listStateOf(db, code),
    knownListOf(db, code),
    decidedSeatsOf(db, code),
    seenWards(db, code),
    contactsOf(db, councilId(code)),
  ]);
  const wards = [...new Map([...wardsOf(code), ...seen].map((ward) => [ward.code, ward])).values()];
  return {
    council,
    source: list?.source ?? null,
    asOf: list?.asOf ?? null,
    triedAt: state?.triedAt ?? null,
    problem: state?.problem ?? null,
    failingSince: state?.failingSince ?? null,
    heldAt: state?.heldAt ?? null,
    held: state?.held ? sizeOf(state.held.list) : null,
    office,
    councillors: list?.councillors ?? [],
    vacantSeats: list?.vacantSeats ?? [],
    wards: wards.map((ward) => covered(ward, list ? holdersOf(ward, list, decided.get(ward.code)) : { kind: 'none' })),
  };
}

function covered({ code, name, kind }: SeenWard, found: ReturnType<typeof holdersOf>): CoveredWard {
  const ward = { code, name, kind };
  if (found.kind === 'found') return { ...ward, match: 'matched', seats: [found.seat] };
  if (found.kind === 'in-doubt') return { ...ward, match: 'in-doubt', seats: found.near };
  return { ...ward, match: 'missing', seats: [] };
}

export type Decision =
  | { readonly kind: 'decided' | 'unknown-ward' | 'no-list' }
  /** With those there are. */
  | { readonly kind: 'unknown-seat'; readonly seats: readonly string[] };

/** A person says which seat of its council's list a ward is, as the list writes it. */
export async function decideWard(db: Database, ward: SeenWard | undefined, seat: string, now: Date): Promise<Decision> {
  if (!ward) return { kind: 'unknown-ward' };
  const list = await knownListOf(db, ward.councilCode);
  if (!list) return { kind: 'no-list' };
  const seats = [...new Set([...list.councillors.map((one) => one.seat), ...list.vacantSeats])];
  if (!seats.includes(seat)) return { kind: 'unknown-seat', seats };
  await decideSeat(db, { wardCode: ward.code, councilCode: ward.councilCode, seat }, now);
  return { kind: 'decided' };
}
