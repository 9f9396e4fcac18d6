const DAY = 24 * 60 * 60 * 1000;

/** After a letter counts as delivered, its writer is asked whether anybody replied… */
export const QUESTION_AFTER = 14 * DAY;

/** …and once more, if they have not said. */
export const QUESTION_AGAIN_AFTER = 21 * DAY;
