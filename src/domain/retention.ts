const DAY = 24 * 60 * 60 * 1000;

/** How long we keep a letter after its last delivery came to an end; then who wrote what is scrubbed. */
export const LETTER_KEPT = 30 * DAY;

/** How long the practice mailbox keeps a mail. */
export const PRACTICE_MAIL_KEPT = 30 * DAY;

/** How long an upstream's answer is kept, so that it may serve while the upstream is away. It says nothing about who asked. */
export const ANSWER_KEPT = 90 * DAY;

/** How long we keep what somebody wrote about a wrong contact. */
export const REPORT_KEPT = 90 * DAY;
