import { CONFIRMATION_WINDOW, ONE_LETTER_EVERY } from '../../domain/letter.ts';
import { BOUNCES_WITHIN } from '../../domain/delivery.ts';
import { QUESTION_AFTER } from '../../domain/question.ts';
import { ANSWER_KEPT, PERSON_KEPT, PRACTICE_MAIL_KEPT, REPORT_KEPT, TEXT_KEPT } from '../../domain/retention.ts';

const DAY = 24 * 60 * 60 * 1000;

/** How long things last that we promise, in days, as pages say it. */
export const DAYS = {
  toConfirm: CONFIRMATION_WINDOW / DAY,
  textKept: TEXT_KEPT / DAY,
  personKept: PERSON_KEPT / DAY,
  toAsk: (QUESTION_AFTER + BOUNCES_WITHIN) / DAY,
  reportKept: REPORT_KEPT / DAY,
  answerKept: ANSWER_KEPT / DAY,
  practiceMailKept: PRACTICE_MAIL_KEPT / DAY,
  betweenLetters: ONE_LETTER_EVERY / DAY,
};
