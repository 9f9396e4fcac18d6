import { LRUCache } from 'lru-cache';
import { councillorId, type AddresseeId, type Contact } from '../domain/addressee.ts';
import { usableEmail } from '../domain/contact.ts';
import type { CouncillorAddressee, CouncillorGroup, NobodyKnown } from '../domain/councillor-group.ts';
import { salutationName } from '../domain/councillor-name.ts';
import type { CouncillorList } from '../domain/councillor.ts';
import type { Council, CouncilRegister } from '../domain/council.ts';
import type { Area } from '../domain/nation.ts';
import type { Place } from '../domain/place.ts';
import { holdersOf } from '../domain/seat-of-area.ts';
import { fillWords, type Words } from '../domain/words.ts';
import { knownListOf } from '../store/councillor-lists.ts';
import type { Database } from '../store/database.ts';
import { decidedSeatsOf } from '../store/decided-seats.ts';
import type { FindCouncillors } from './find-addressees.ts';
import { wardNoter } from './note-ward.ts';

const MINUTE = 60 * 1000;

/** A list may change at any time, also from the command line: this is how long it takes until the change is seen. */
const CHECKED_EVERY = MINUTE;
const MOST_COUNCILS = 200;

interface Needs {
  readonly db: Database;
  readonly councils: CouncilRegister;
  readonly words: Words;
  /** Lists of councils that have none of their own: in practice mode. */
  readonly examples: readonly CouncillorList[];
  readonly clock: () => Date;
}

/** A councillor with the address that letters go to. */
interface Holder {
  readonly id: AddresseeId;
  readonly name: string;
  readonly party: string | null;
  readonly seat: string;
  readonly seatCode: string | null;
  readonly email: string | null;
}

/** What one council's list says at this minute. */
interface Sheet {
  readonly list: { readonly councillors: readonly Holder[]; readonly vacantSeats: readonly string[] };
  readonly decided: ReadonlyMap<string, string>;
  readonly asOf: Date | null;
}

/** Finds who sits for the ward and the division of a place, each in its own council's list. */
export function councillorFinder(needs: Needs): FindCouncillors {
  const { db, councils, words, clock } = needs;
  const memory = new LRUCache<string, { sheet: Sheet | null; until: number }>({ max: MOST_COUNCILS });
  const noteWard = wardNoter(db, clock);

  const sheetOf = async (code: string): Promise<Sheet | null> => {
    const held = memory.get(code);
    if (held && clock().getTime() < held.until) return held.sheet;
    const sheet = await readSheet(needs, code);
    memory.set(code, { sheet, until: clock().getTime() + CHECKED_EVERY });
    return sheet;
  };

  return async (place) =>
    Promise.all(
      seatsOf(place).map(async ({ kind, councilCode, area }) => {
        const council = councils.byCode(councilCode);
        if (!council) throw new Error(`place names council ${councilCode}, which is not in the register`);
        if (area && area.code !== '') await noteWard({ ...area, kind, councilCode });
        return groupOf(words, kind, council, area, await sheetOf(councilCode));
      }),
    );
}

/** The ward belongs to the district or the one council there is, the division to the county. */
function seatsOf({ councils, ward, division }: Place) {
  return councils.map(({ code, tier }) =>
    tier === 'county'
      ? ({ kind: 'division', councilCode: code, area: division } as const)
      : ({ kind: 'ward', councilCode: code, area: ward } as const),
  );
}

async function readSheet({ db, examples }: Needs, code: string): Promise<Sheet | null> {
  const [known, decided] = await Promise.all([knownListOf(db, code), decidedSeatsOf(db, code)]);
  if (known) {
    const councillors = known.councillors.map(({ contacts, ...person }) => ({
      ...person,
      email: usableEmail(contacts),
    }));
    return { list: { councillors, vacantSeats: known.vacantSeats }, decided, asOf: known.asOf };
  }
  const example = examples.find(({ councilCode }) => councilCode === code);
  return example ? { list: sheetOfExample(example), decided, asOf: null } : null;
}

function sheetOfExample({ councilCode, councillors, vacantSeats }: CouncillorList): Sheet['list'] {
  const holders = councillors.map(({ theirId, name, party, seat, seatCode, emails }) => {
    const id = councillorId(councilCode, theirId);
    return { id, name, party, seat, seatCode, email: emails[0]?.address ?? null };
  });
  return { councillors: holders, vacantSeats };
}

function groupOf(
  words: Words,
  kind: CouncillorGroup['kind'],
  council: Council,
  area: Area | null,
  sheet: Sheet | null,
): CouncillorGroup {
  const group = { kind, councilCode: council.code, area, asOf: sheet?.asOf ?? null };
  const nobody = (why: NobodyKnown): CouncillorGroup => ({ ...group, councillors: [], nobody: why });
  if (!sheet) return nobody('no-list');
  if (!area) return nobody('ward-not-known');
  const found = holdersOf(area, sheet.list, sheet.decided.get(area.code));
  if (found.kind !== 'found') return nobody('in-doubt');
  if (found.holders.length === 0) return nobody('vacant');
  return {
    ...group,
    nobody: null,
    councillors: found.holders.map((holder) => addresseeOf(words, council, area, holder)),
  };
}

function addresseeOf(words: Words, council: Council, area: Area, holder: Holder): CouncillorAddressee {
  const { id, name, party, email } = holder;
  return {
    id,
    kind: 'councillor',
    name,
    party,
    office: fillWords(words.offices.councillor, { seat: area.name, council: council.name }),
    salutation: fillWords(words.salutations.councillor, { surname: salutationName(name) }),
    contact: contactAt(email, council.councillorsPage),
    vacant: false,
    areaCode: council.code,
  };
}

function contactAt(email: string | null, website: string | null): Contact {
  if (email !== null) return { by: 'email', email, website };
  return website === null ? { by: 'none' } : { by: 'web', website };
}
