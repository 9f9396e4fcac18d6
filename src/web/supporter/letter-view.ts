import type { Addressee } from '../../domain/addressee.ts';
import type { Addressees } from '../../domain/chosen-addressees.ts';
import type { Draft } from '../../domain/draft.ts';
import { ENOUGH_OF_YOUR_OWN } from '../../domain/originality.js';
import { isCorrected } from '../../domain/place-query.ts';
import type { Place } from '../../domain/place.ts';
import type { Position } from '../../domain/position.ts';
import { allInSentence, emailOf, isPredecessorsSite, websiteOf } from './addressee-view.ts';
import { fieldsFor, queryFor } from './asked-place.ts';
import { replacedIn } from './choose-view.ts';
import { draftKey, mailboxesOf, openingsView } from './copies-view.ts';
import { DAYS } from './days.ts';
import { factView, positionView } from './fact-view.ts';
import type { TypedLetter } from './letter-form.ts';
import { placeWords } from './place-view.ts';
import { reportView } from './report-view.ts';

export interface FieldError {
  readonly field: string;
  readonly sentence: string;
}

interface Parts {
  readonly place: Place;
  readonly addressees: Addressees;
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
export function letterView({ place, addressees, preElection, draft, position, typed, errors }: Parts) {
  return {
    form: typed ?? { subject: draft.subject, body: draft.body, postcode: place.postcode ?? '' },
    template: draft.body,
    preElection,
    replaced: replacedIn(place, addressees[0]),
    redisplayed: typed !== null,
    ...placeView(place),
    ...addresseesView(addressees, draft),
    openings: openingsView(draft.copies),
    report: reportView(addressees),
    claims: [...(position ? [positionView(position)] : []), ...draft.facts.map(factView)],
    enough: ENOUGH_OF_YOUR_OWN,
    days: DAYS,
    failed: errors.length > 0,
    errors,
    error: Object.fromEntries(errors.map((error) => [error.field, error])),
  };
}

function placeView(place: Place) {
  return {
    postcode: place.postcode,
    placeFields: fieldsFor(place).filter(({ name }) => name !== 'postcode'),
    corrected: isCorrected(place),
    ...placeWords(place),
    example: place.source === 'examples',
    chooseAgain: `/write?${queryFor(place)}`,
  };
}

function addresseesView(addressees: Addressees, { copies }: Draft) {
  const [first] = addressees;
  const reachable = addressees.filter((one) => emailOf(one) !== null);
  const elsewhere = unreached(addressees)[0] ?? first;
  return {
    to: addressees.map(({ id }) => id),
    draftKey: draftKey(reachable.length > 0 ? reachable : addressees),
    inSentence: allInSentence(addressees),
    senders: allInSentence(reachable),
    isMp: first.kind === 'mp',
    isCouncillor: first.kind === 'councillor',
    several: addressees.length > 1,
    reached: mailboxesOf(copies),
    unreached:
      reachable.length > 0 && reachable.length < addressees.length ? allInSentence(unreached(addressees)) : null,
    website: websiteOf(elsewhere),
    predecessorsSite: isPredecessorsSite(elsewhere),
  };
}

function unreached(addressees: Addressees): readonly Addressee[] {
  return addressees.filter((one) => emailOf(one) === null);
}
