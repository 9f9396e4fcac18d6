import { setImmediate as othersAsked } from 'node:timers/promises';

/**
 * What is asked at about the same moment is asked together, as one question of the database: `askAll` gives an answer for each, in their order.
 * Where it throws, all who asked hear why.
 */
export function gathered<Question, Answer>(
  askAll: (questions: readonly Question[]) => Promise<readonly Answer[]>,
): (question: Question) => Promise<Answer> {
  let questions: Question[] = [];
  let answers: Promise<readonly Answer[]> | undefined;

  const ask = async () => {
    await othersAsked();
    const all = questions;
    questions = [];
    answers = undefined;
    return askAll(all);
  };
  return async (question) => {
    const at = questions.push(question) - 1;
    answers ??= ask();
    return (await answers)[at] as Answer;
  };
}
