import type { Addressee } from '../../domain/addressee.ts';
import type { Draft } from '../../domain/draft.ts';
import { ENOUGH_OF_YOUR_OWN } from '../../domain/originality.js';
import type { Place } from '../../domain/place.ts';
import type { Position } from '../../domain/position.ts';
import { calledInSentence, calledName, emailOf, isPredecessorsSite, websiteOf } from './addressee-view.ts';
import { queryFor } from './asked-place.ts';
import { factView, positionView } from './fact-view.ts';
import type { TypedLetter } from './letter-form.ts';
import { replacedView } from './replaced-view.ts';

export interface FieldError {
  readonly field: string;
  readonly sentence: string;
}

interface Parts {
  readonly place: Place;
  readonly addressee: Addressee;
  /** Whether councils may not answer as usual just now. */
  readonly preElection: boolean;
  readonly draft: Draft;
  /** The council's position, when the letter is to a council whose position is known. */
  readonly position: Position | undefined;
  /** What the supporter typed before, when the page is shown again. */
  readonly typed: TypedLetter | null;
  readonly errors: readonly FieldError[];
}

/** What the letter page shows. */
export function letterView({ place, addressee, preElection, draft, position, typed, errors }: Parts) {
  return {
    form: typed ?? { subject: draft.subject, body: draft.body, postcode: place.postcode ?? '' },
    template: draft.body,
    preElection,
    replaced: replacedView(
      calledName(addressee),
      place.councils.find(({ code }) => code === addressee.areaCode)?.replaced,
    ),
    redisplayed: typed !== null,
    ...placeView(place),
    ...addresseeView(addressee),
    claims: [...(position ? [positionView(position)] : []), ...draft.facts.map(factView)],
    enough: ENOUGH_OF_YOUR_OWN,
    failed: errors.length > 0,
    errors,
    error: Object.fromEntries(errors.map((error) => [error.field, error])),
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
    inSentence: calledInSentence(addressee),
    office: addressee.office,
    isMp: addressee.kind === 'mp',
    email: emailOf(addressee),
    website: websiteOf(addressee),
    predecessorsSite: isPredecessorsSite(addressee),
  };
}
