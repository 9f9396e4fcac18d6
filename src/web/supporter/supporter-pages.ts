import { Router } from 'express';
import type { ChoosePlace } from '../../actions/choose-place.ts';
import type { FindPlace } from '../../actions/find-place.ts';
import type { CorrectPlace } from '../../actions/correct-place.ts';
import { anotherPlace, type AnotherPlaceNeeds } from './another-place.ts';
import { hereFinder } from './asked-place.ts';
import { campaignPage, type CampaignPageNeeds } from './campaign-page.ts';
import { choiceShower, chooseWhom, type ChooseWhomNeeds } from './choose-whom.ts';
import { confirmation, type ConfirmationNeeds } from './confirmation.ts';
import { copyPages, type CopyPageNeeds } from './copy-page.ts';
import { counts, type CountsNeeds } from './counts.ts';
import { factsPages, type FactsPageNeeds } from './facts-page.ts';
import { handOver, type HandOverNeeds } from './hand-over.ts';
import { letterAfterwards, type LetterAfterwardsNeeds } from './letter-afterwards.ts';
import { letterPage, letterShower, unchosenShower, type LetterPageNeeds } from './letter-page.ts';
import { placeProblemPages } from './place-problems.ts';
import { reports, type ReportsNeeds } from './reports.ts';
import { statusPage, type StatusPageNeeds } from './status-page.ts';

type EveryPagesNeeds = CampaignPageNeeds &
  FactsPageNeeds &
  ChooseWhomNeeds &
  AnotherPlaceNeeds &
  LetterPageNeeds &
  HandOverNeeds &
  CopyPageNeeds &
  CountsNeeds &
  ConfirmationNeeds &
  StatusPageNeeds &
  LetterAfterwardsNeeds &
  ReportsNeeds;

/** What the supporter's pages are handed; what they make of it for one another is made here. */
export type SupporterNeeds = Omit<
  EveryPagesNeeds,
  'findHere' | 'showPlaceProblem' | 'showChoice' | 'showLetter' | 'showUnchosen'
> & {
  readonly findPlace: FindPlace;
  readonly choosePlace: ChoosePlace;
  readonly correctPlace: CorrectPlace;
};

/** The supporter's journey, in its order. */
export function supporterPages(handed: SupporterNeeds): Router {
  const showChoice = choiceShower(handed);
  const needs = {
    ...handed,
    findHere: hereFinder(handed),
    showPlaceProblem: placeProblemPages(handed),
    showChoice,
    showLetter: letterShower(handed),
    showUnchosen: unchosenShower({ ...handed, showChoice }),
  };
  const router = Router();
  router.use(campaignPage(needs));
  router.use(factsPages(needs));
  router.use(chooseWhom(needs));
  router.use(anotherPlace(needs));
  router.use(letterPage(needs));
  router.use(copyPages(needs));
  router.use(counts(needs));
  router.use(handOver(needs));
  router.use(confirmation(needs));
  router.use(statusPage(needs));
  router.use(letterAfterwards(needs));
  router.use(reports(needs));
  return router;
}
