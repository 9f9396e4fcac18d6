import { councilId, type Addressee } from '../../domain/addressee.ts';
import type { CouncillorAddressee, CouncillorGroup } from '../../domain/councillor-group.ts';
import { nameInSentence } from '../../domain/council.ts';
import { londonDate } from '../../domain/london-time.ts';
import type { Place } from '../../domain/place.ts';
import { emailOf } from './addressee-view.ts';
import { fieldsFor, queryFor } from './asked-place.ts';
import type { CouncilViewNeeds } from './choose-view.ts';
import { positionView } from './fact-view.ts';

interface Parts extends CouncilViewNeeds {
  readonly place: Place;
  /** The councils' own, of this place. */
  readonly offices: readonly Addressee[];
  readonly now: Date;
  /** The kind of the group in which nobody was ticked. */
  readonly nobodyIn: string | undefined;
}

const DAY = 24 * 60 * 60 * 1000;

/** Councils change between elections: a list older than this says how old it is. */
const LIST_IS_FRESH_FOR = 7 * DAY;

/** The card of a ward's or a division's councillors: one form, all of them ticked. */
export function groupView(group: CouncillorGroup, { place, councils, positionOf, offices, now, nobodyIn }: Parts) {
  const { kind, area, councillors, nobody, asOf, councilCode } = group;
  const council = councils.byCode(councilCode);
  if (!council) throw new Error(`there is no council ${councilCode} in the register`);
  const position = positionOf(councilCode);
  const reachable = councillors.filter((one) => emailOf(one) !== null);
  const nobodyTicked = nobodyIn === kind && nobody === null;
  const toTick = reachable.length > 0 ? reachable : councillors; // without any address, the letter to all of them can be copied
  const officeReads = offices.some((office) => office.areaCode === councilCode && emailOf(office) !== null);
  return {
    kind,
    area: area?.name ?? null,
    council: nameInSentence(council),
    councillorsPage: council.councillorsPage,
    nobody,
    madeUp: nobody === null && asOf === null,
    asOf: asOf && now.getTime() - asOf.getTime() > LIST_IS_FRESH_FOR ? londonDate(asOf) : null,
    people: toTick.map((one) => personView(one, place, !nobodyTicked)),
    apart: councillors.filter((one) => !toTick.includes(one)).map((one) => personView(one, place, false)),
    byWebOnly: reachable.length === 0,
    one: councillors.length === 1,
    single: toTick.length === 1,
    stance: position?.stance,
    position: position ? positionView(position) : null,
    nobodyTicked,
    fields: fieldsFor(place),
    /** Where somebody has no address of their own, the council's is the next choice. */
    officeInstead: officeReads && reachable.length < councillors.length,
    office: `/write/letter?${queryFor(place, { to: councilId(councilCode) })}`,
    anotherPlace: `/write/another-place?${queryFor(place)}`,
  };
}

function personView({ id, name, party }: CouncillorAddressee, place: Place, ticked: boolean) {
  return { id, name, party, ticked, letter: `/write/letter?${queryFor(place, { to: id })}` };
}
