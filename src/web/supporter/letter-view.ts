import type { Addressee } from '../../domain/addressee.ts';
import { nameInSentence, type CouncilRegister } from '../../domain/council.ts';
import type { Draft } from '../../domain/draft.ts';
import { ENOUGH_OF_YOUR_OWN } from '../../domain/originality.ts';
import type { Place } from '../../domain/place.ts';
import type { Position } from '../../domain/position.ts';
import { calledName, emailOf, websiteOf } from './addressee-view.ts';
import { queryFor } from './asked-place.ts';
import { factView, positionView } from './fact-view.ts';
import type { TypedLetter } from './letter-form.ts';

export interface FieldError {
  readonly field: string;
  readonly sentence: string;
}

interface Parts {
  readonly place: Place;
  readonly addressee: Addressee;
  readonly draft: Draft;
  /** The council's position, when the letter is to a council whose position is known. */
  readonly position: Position | undefined;
  readonly council: string;
  /** What the supporter typed before, when the page is shown again. */
  readonly typed: TypedLetter | null;
  readonly errors: readonly FieldError[];
}

/** What the letter page shows. */
export function letterView({ place, addressee, draft, position, council, typed, errors }: Parts) {
  return {
    form: typed ?? { subject: draft.subject, body: draft.body, postcode: place.postcode ?? '' },
    template: draft.body,
    redisplayed: typed !== null,
    ...placeView(place),
    ...addresseeView(addressee),
    council,
    claims: [...(position ? [positionView(position)] : []), ...draft.facts.map(factView)],
    enough: ENOUGH_OF_YOUR_OWN,
    enoughPercent: Math.round(ENOUGH_OF_YOUR_OWN * 100),
    failed: errors.length > 0,
    errors,
    error: Object.fromEntries(errors.map(({ field, sentence }) => [field, sentence])),
  };
}

function placeView(place: Place) {
  return {
    postcode: place.postcode,
    councilCode: place.councils[0]?.code,
    constituencyCode: place.constituency.code,
    constituency: place.constituency.name,
    example: place.source === 'examples',
    chooseAgain: `/write?${queryFor(place)}`,
  };
}

function addresseeView(addressee: Addressee) {
  return {
    to: addressee.id,
    called: calledName(addressee),
    office: addressee.office,
    isMp: addressee.kind === 'mp',
    email: emailOf(addressee),
    website: websiteOf(addressee),
  };
}

/** How the council is named inside a sentence of the page. */
export function councilNamed(councils: CouncilRegister, { kind, areaCode, office }: Addressee): string {
  const council = kind === 'mp' ? undefined : councils.byCode(areaCode);
  return council ? nameInSentence(council) : office;
}
