import { describe, expect, test } from 'vitest';
import { TEMPLATE_MISTAKES } from '../../src/domain/template-problem.ts';
import { fillWords, sayTemplateProblem } from '../../src/domain/words.ts';
import { readWords } from '../../src/records/words.ts';

const words = readWords(new URL('../../data/', import.meta.url));
const sentencesIn = (part: unknown): string[] =>
  typeof part === 'string' ? [part] : Object.values(part as object).flatMap(sentencesIn);

describe('a sentence with names in it', () => {
  test('is filled', () => {
    expect(fillWords(words.offices.mp, { constituency: 'Ynys Môn' })).toBe('MP for Ynys Môn');
  });

  test('takes a value as it is, whatever stands in it', () => {
    expect(fillWords('Dear {name}', { name: '{name} $& {{x}}' })).toBe('Dear {name} $& {{x}}');
  });

  test('without its value is our mistake', () => {
    expect(() => fillWords('Dear {name}', {})).toThrow('wants a name');
    expect(() => fillWords('Dear {constructor}', {})).toThrow('wants a constructor');
  });
});

describe('the words', () => {
  test('are whole sentences wherever they complain or explain', () => {
    const details = Object.values(words.problems).map(({ detail }) => detail);
    for (const sentence of [...sentencesIn(words.form), ...sentencesIn(words.mailReasons), ...details])
      expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  test('have only the names that are filled', () => {
    const names = sentencesIn(words).flatMap((sentence) =>
      [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!),
    );
    expect(new Set(names)).toEqual(
      new Set([
        'constituency',
        'council',
        'seat',
        'surname',
        'names',
        'name',
        'most',
        'ended',
        'found',
        'line',
        'likely',
      ]),
    );
  });

  test('blame nobody', () => {
    expect(sentencesIn(words).join(' ')).not.toMatch(/\b(invalid|illegal|failed|error|must|oops)\b/i);
  });
});

describe('a mistake in a letter', () => {
  test.each(TEMPLATE_MISTAKES)('%s has its sentence', (mistake) => {
    const problem = { part: 'body', line: 3, column: 1, mistake, found: '{{x}}', likely: null } as const;
    expect(sayTemplateProblem(words, problem)).toMatch(/^.+\.$/);
  });

  test('is told with what was probably meant', () => {
    const problem = {
      part: 'body',
      line: 3,
      column: 1,
      mistake: 'unknown-field',
      found: 'council.nam',
      likely: 'council.name',
    } as const;
    expect(sayTemplateProblem(words, problem)).toBe('There is no field called council.nam. Did you mean council.name?');
  });
});
