import { fillWords, type Words } from '../../domain/words.ts';
import { LONGEST, type FieldProblem } from './letter-form.ts';
import type { FieldError } from './letter-view.ts';

/** What to say beside each field. A problem without a sentence is a defect of the words file, and throws. */
export function errorSentences(words: Words, problems: readonly FieldProblem[]): FieldError[] {
  const sentences: Readonly<Record<string, Readonly<Record<string, string>>>> = words.form;
  const longest: Readonly<Record<string, number>> = LONGEST;
  return problems.map(({ field, code }) => {
    const sentence = sentences[field]?.[code];
    if (sentence === undefined) throw new Error(`no words for ${field}: ${code}`);
    return { field, sentence: fillWords(sentence, { most: (longest[field] ?? '').toLocaleString('en-GB') }) };
  });
}
