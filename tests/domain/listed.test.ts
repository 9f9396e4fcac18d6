import { expect, test } from 'vitest';
import { listed } from '../../src/domain/listed.ts';

test.each([
  ['nobody', [], ''],
  ['one', ['Ada'], 'Ada'],
  ['two', ['Ada', 'Bo'], 'Ada and Bo'],
  ['three', ['Ada', 'Bo', 'Cy'], 'Ada, Bo and Cy'],
  ['one who is two', ['Bo and Cy'], 'Bo and Cy'],
  ['one, and two who are one', ['Ada', 'Bo and Cy'], 'Ada, and Bo and Cy'],
  ['three, the first of whom is two', ['Ada and Bo', 'Cy', 'Dee'], 'Ada and Bo, Cy, and Dee'],
])('%s as a sentence lists them', (_, names, sentence) => {
  expect(listed(names)).toBe(sentence);
});
