import { councilId, mpId, nameAfterDear, type Addressee, type AddresseeId, type Contact } from '../domain/addressee.ts';
import type { CouncillorGroup } from '../domain/councillor-group.ts';
import type { Council, CouncilRef, CouncilRegister, Replaced } from '../domain/council.ts';
import type { Area } from '../domain/nation.ts';
import type { Place, Registers } from '../domain/place.ts';
import { ok, type Result } from '../domain/result.ts';
import type { Member, Seat } from '../domain/seat.ts';
import type { ReadSwitches } from './read-switches.ts';
import { fillWords, type Words } from '../domain/words.ts';

export interface FoundAddressees {
  /** One, or two with the district first: as `place.councils`. */
  readonly councils: readonly Addressee[];
  /** Those of the supporter's own ward, then those of their county division. */
  readonly councillors: readonly CouncillorGroup[];
  /** `vacant`, or without a name when Parliament could not be asked. */
  readonly mp: Addressee;
}

/** Everybody whom a supporter may write to: councillors first, then the councils' own offices, then the MP. */
export function allOf({ councillors, councils, mp }: FoundAddressees): readonly Addressee[] {
  return [...councillors.flatMap((group) => group.councillors), ...councils, mp];
}

/** Finds everybody whom a supporter in this place may write to. */
export type FindAddressees = (place: Place) => Promise<FoundAddressees>;

/** Who sits for the ward and the division of a place, or why nobody can be named. */
export type FindCouncillors = (place: Place) => Promise<readonly CouncillorGroup[]>;

interface Needs {
  readonly registers: Registers;
  readonly words: Words;
  /** The council's own address, where somebody has told us one. */
  readonly contactOf: (id: AddresseeId) => Promise<string | null>;
  readonly findCouncillors: FindCouncillors;
  readonly seatOf: (constituency: Area) => Promise<Result<Seat, unknown>>;
  readonly switches: ReadSwitches;
  readonly clock: () => Date;
}

/** As long as a place is held in memory, so are its addressees, but no longer than it may take until a new address is used. */
const HELD_FOR_MS = 60_000;

/** Where anyone can look up who sits for a constituency, and how to reach them. */
const FIND_YOUR_MP = 'https://members.parliament.uk/FindYourMP';

export function addresseeFinder({
  registers,
  words,
  contactOf,
  findCouncillors,
  seatOf,
  switches,
  clock,
}: Needs): FindAddressees {
  const held = new WeakMap<Place, { found: FoundAddressees; dissolved: boolean; until: number }>();
  const councilAt = async ({ code, replaced }: CouncilRef): Promise<Addressee> => {
    const council = registers.councils.byCode(code);
    if (!council) throw new Error(`place names council ${code}, which is not in the register`);
    const id = councilId(code);
    return {
      id,
      kind: 'council',
      name: council.name,
      office: fillWords(words.offices.council, { council: council.name }),
      salutation: words.salutations.council,
      contact: councilContact(council, await contactOf(id), replaced && predecessorsSite(replaced, registers.councils)),
      vacant: false,
      areaCode: code,
    };
  };

  return async (place) => {
    const lately = held.get(place);
    const dissolved = (await switches()).has('dissolution');
    if (lately?.dissolved === dissolved && clock().getTime() < lately.until) return lately.found;
    const [councils, councillors, seat] = await Promise.all([
      Promise.all(place.councils.map(councilAt)),
      findCouncillors(place),
      dissolved ? ok<Seat>({ vacant: true }) : seatOf(place.constituency),
    ]);
    const mp = mpFor(place.constituency, seat.ok ? seat.value : null, words);
    const found = { councils, councillors, mp: dissolved ? { ...mp, closed: 'dissolution' as const } : mp };
    if (seat.ok) held.set(place, { found, dissolved, until: clock().getTime() + HELD_FOR_MS });
    return found;
  };
}

function councilContact({ website }: Council, email: string | null, predecessors: string | null = null): Contact {
  if (email !== null) return { by: 'email', email, website };
  if (website !== null) return { by: 'web', website };
  return predecessors === null ? { by: 'none' } : { by: 'web', website: predecessors, whose: 'predecessor' };
}

/** Until a new council's own site is known, the one before it leads there. */
function predecessorsSite({ councils }: Replaced, register: CouncilRegister): string | null {
  return register.byCode(councils[0]?.code ?? '')?.website ?? null;
}

function mpFor(constituency: Area, seat: Seat | null, words: Words): Addressee {
  const member = seat === null || seat.vacant ? null : seat.member;
  return {
    id: mpId(constituency.code),
    kind: 'mp',
    name: member?.displayName ?? null,
    office: fillWords(words.offices.mp, { constituency: constituency.name }),
    salutation: member ? fillWords(words.salutations.mp, { name: addressOf(member) }) : words.salutations.unknownMp,
    contact: seat?.vacant ? { by: 'none' } : mpContact(member),
    vacant: seat?.vacant ?? false,
    areaCode: constituency.code,
  };
}

function mpContact(member: Member | null): Contact {
  if (!member?.email) return { by: 'web', website: FIND_YOUR_MP };
  return { by: 'email', email: member.email, website: null };
}

function addressOf({ addressAs, displayName }: Member): string {
  return addressAs ?? nameAfterDear(displayName);
}
