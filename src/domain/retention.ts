import { COMES_BACK_WITHIN, TRIED_FOR } from './delivery.ts';
import { CONFIRMATION_WINDOW } from './letter.ts';
import { QUESTION_AFTER } from './question.ts';

const DAY = 24 * 60 * 60 * 1000;

/** How long we keep the text of a letter after its last delivery came to an end: until some weeks after its writer was asked about replies. */
export const TEXT_KEPT = QUESTION_AFTER + 28 * DAY;

/** How long we keep its writer's name and email address; then nothing is left but counts. */
export const PERSON_KEPT = TEXT_KEPT + 28 * DAY;

/** How long the practice mailbox keeps a mail. */
export const PRACTICE_MAIL_KEPT = 30 * DAY;

/** How long an upstream's answer is kept, so that it may serve while the upstream is away. It says nothing about who asked. */
export const ANSWER_KEPT = 90 * DAY;

/** How long we keep what somebody wrote about a wrong contact. */
export const REPORT_KEPT = 90 * DAY;

/** How long a letter is kept at most that has to wait for nobody: confirmed, tried and sent back at the last moment. */
export const LETTER_KEPT_AT_MOST = CONFIRMATION_WINDOW + TRIED_FOR + COMES_BACK_WITHIN + PERSON_KEPT;
