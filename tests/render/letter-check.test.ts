import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TEMPLATE_MISTAKES } from '../../src/domain/template-problem.ts';
import { checkTemplate } from '../../src/render/letter-check.ts';

const FACTS = { why: { choose: 1, from: ['a-fact'] } };
const check = (body: string, subject = 'Cameras') => checkTemplate({ subject, body, facts: FACTS });

/** Mistake, what stands there, what was probably meant. */
const told = (body: string) => check(body).map(({ mistake, found, likely }) => [mistake, found, likely]);

describe('a letter within the safe subset has no problems', () => {
  test.each([
    'Plain words, with { single } braces and £ signs.',
    '{{date}} {{nation}} {{position}} {{constituency.name}}',
    '{{addressee.name}} {{addressee.office}} {{addressee.salutation}},',
    '{{council.name}} {{council.nameInSentence}} {{council.area}} {{council.tier}}',
    '{{#if council.merging}}merging{{else}}staying{{/if}}',
    '{{#unless facts.why}}no reason{{/unless}}',
    '{{#if position}}{{#if facts.why}}{{facts.why}}{{/if}}{{else if nation}}{{nation}}{{/if}}',
    '{{~date~}} {{!-- a note to ourselves --}}',
  ])('%s', (body) => {
    expect(check(body)).toEqual([]);
  });
});

describe('a mistake is named, with what stands there and what was probably meant', () => {
  test.each([
    ['{{council.nam}}', 'unknown-field', 'council.nam', 'council.name'],
    ['{{constituency.nmae}}', 'unknown-field', 'constituency.nmae', 'constituency.name'],
    ['{{salutation}}', 'unknown-field', 'salutation', 'addressee.salutation'],
    ['{{supporter.name}}', 'unknown-field', 'supporter.name', null],
    ['{{council/area}}', 'unknown-field', 'council/area', 'council.area'],
    ['{{#if postion}}x{{/if}}', 'unknown-field', 'postion', 'position'],
    ['{{#if date}}a{{else if nope}}b{{/if}}', 'unknown-field', 'nope', null],
    ['{{this}}', 'unknown-field', 'this', null],
    ['{{facts.wy}}', 'unknown-facts', 'facts.wy', 'facts.why'],
    ['{{council}}', 'not-a-text', 'council', null],
    ['{{council.merging}}', 'not-a-text', 'council.merging', null],
    ['{{#if facts}}x{{/if}}', 'not-a-text', 'facts', null],
    ['{{#iff date}}x{{/iff}}', 'unknown-block', '{{#iff date}}', '#if'],
    ['{{#with council}}x{{/with}}', 'unknown-block', '{{#with council}}', null],
    ['{{#council}}x{{/council}}', 'unknown-block', '{{#council}}', null],
    ['{{^position}}x{{/position}}', 'unknown-block', '{{^position}}', null],
    ['{{{{raw}}}} {{date}} {{{{/raw}}}}', 'unknown-block', '{{{{raw}}}}', null],
    ['{{{{if date}}}} x {{{{/if}}}}', 'unknown-block', '{{{{if date}}}}', null],
    ['{{#if}}x{{/if}}', 'block-wants-one-field', '{{#if}}', null],
    ['{{#if date nation}}x{{/if}}', 'block-wants-one-field', '{{#if date nation}}', null],
    ['{{#if date includeZero=true}}x{{/if}}', 'block-wants-one-field', '{{#if date includeZero=true}}', null],
    ['{{#if date as |day|}}x{{/if}}', 'block-name', '{{#if date as |day|}}', null],
    ['{{#each date}}x{{/each}}', 'not-a-list', 'date', null],
    ['{{#if (lookup a b)}}x{{/if}}', 'subexpression', '(lookup …)', null],
    ['{{#if 1}}x{{/if}}', 'literal', '1', null],
    ['{{"date"}}', 'literal', 'date', null],
    ['{{lookup council "name"}}', 'function', '{{lookup council "name"}}', null],
    ['{{log date}}', 'function', '{{log date}}', null],
    ['{{date day=1}}', 'function', '{{date day=1}}', null],
    ['{{@first}}', 'outside-its-block', '@first', null],
    ['{{@root.date}}', 'outside-the-letter', '@root.date', null],
    ['{{../date}}', 'outside-the-letter', '../date', null],
    ['{{> header}}', 'partial', '{{> header}}', null],
    ['{{#> header}}x{{/header}}', 'partial', '{{#> header}}x{{/header}}', null],
    ['{{* shout}}', 'decorator', '{{* shout}}', null],
    ['{{#*inline "x"}}y{{/inline}}', 'decorator', '{{#*inline "x"}}y{{/inline}}', null],
    ['{{{date}}}', 'triple-braces', '{{{date}}}', '{{date}}'],
    ['{{&date}}', 'triple-braces', '{{&date}}', '{{date}}'],
    ['{{#if date}}x', 'block-not-closed', '{{#if date}}', '{{/if}}'],
    ['{{#if date}}x{{/unless}}', 'wrong-closing', '{{/unless}}', '{{/if}}'],
    ['x{{/if}}', 'wrong-closing', '{{/if}}', null],
    ['Dear {{date', 'unreadable', '{{date', null],
    ['{{else}}', 'unreadable', '{{else}}', null],
    ['{{}}', 'unreadable', '{{}}', null],
    ['  \n ', 'empty', '', null],
  ])('%s', (body, mistake, found, likely) => {
    expect(told(body)).toEqual([[mistake, found, likely]]);
  });

  test.each([
    'constructor',
    '__proto__',
    'facts.constructor',
    'facts.__proto__',
    'council.constructor',
    'date.length',
    'toString',
  ])('{{%s}} reaches no prototype', (path) => {
    expect(check(`{{${path}}}`).map(({ mistake }) => mistake)).toEqual([expect.stringMatching(/^unknown-/)]);
  });
});

describe('a problem says where', () => {
  test('by part, line and column, counted from 1', () => {
    const body = 'Dear all,\n\n  {{#if position}}\n  and {{positoin}}\n{{/if}}';
    expect(check(body)).toEqual([
      { part: 'body', line: 4, column: 9, mistake: 'unknown-field', found: 'positoin', likely: 'position' },
    ]);
  });

  test('also where a letter cannot be parsed', () => {
    expect(check('Dear all,\n\n{{#if position}}\nThank you.')).toMatchObject([{ part: 'body', line: 3, column: 1 }]);
    expect(check('Dear all,\nsee {{date')).toMatchObject([{ part: 'body', line: 2, column: 5 }]);
  });

  test('in the order of reading, the subject first', () => {
    const problems = check('{{a}} {{#if b}}{{c}}{{/if}} {{> d}}', '{{e}}');
    expect(problems.map(({ part, found }) => [part, found])).toEqual([
      ['subject', 'e'],
      ['body', 'a'],
      ['body', 'b'],
      ['body', 'c'],
      ['body', '{{> d}}'],
    ]);
  });

  test('of a subject that is more than one line', () => {
    expect(check('x', 'One\nTwo')).toMatchObject([{ part: 'subject', line: 2, mistake: 'more-than-one-line' }]);
  });
});

describe('the check of anything at all', () => {
  const pieces = constantFrom(
    '{{',
    '}}',
    '{{{',
    '}}}',
    '{{#if ',
    '{{/if}}',
    '{{else}}',
    '{{#each ',
    '{{!--',
    '--}}',
    '{{>',
    '{{*',
    '{{{{',
    '}}}}',
    '../',
    '@root',
    'date',
    ' ',
    '\n',
    '(',
    ')',
    '|',
    '"',
    '[',
    ']',
    'as |x|',
    '~',
    '\\',
    '=',
    '.',
  );
  const anything = oneof(
    string(),
    string({ unit: 'binary' }),
    array(pieces, { maxLength: 20 }).map((parts) => parts.join('')),
  );

  test('never throws, and says only what it knows, about a place that exists', () => {
    assert(
      property(anything, (body) => {
        for (const { mistake, line, column } of check(body)) {
          expect(TEMPLATE_MISTAKES).toContain(mistake);
          expect(line).toBeGreaterThan(0);
          expect(line).toBeLessThanOrEqual(body.split('\n').length);
          expect(column).toBeGreaterThan(0);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
