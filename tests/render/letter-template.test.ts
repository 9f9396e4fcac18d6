import { assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LetterFields } from '../../src/domain/letter-fields.ts';
import type { Template } from '../../src/domain/template.ts';
import { compileLetter, TemplateError } from '../../src/render/letter-template.ts';

const aTemplate = (change: Partial<Template> = {}): Template => ({
  id: 'council.test',
  campaignId: 'hikvision',
  audience: 'council',
  nations: ['England'],
  stances: ['not known'],
  language: 'en',
  subject: 'Cameras',
  facts: { why: { choose: 1, from: ['a-fact'] } },
  body: '{{date}}',
  ...change,
});

const someFields = (change: Partial<LetterFields> = {}): LetterFields => ({
  date: '23 November 2026',
  nation: 'England',
  addressee: { name: 'Alex Example', office: 'MP for Ely', salutation: 'Dear Alex Example', councillor: false },
  council: { name: 'Ely Council', nameInSentence: 'Ely Council', area: 'Ely', tier: 'unitary', merging: false },
  constituency: { name: 'Ely' },
  position: '',
  facts: { why: '' },
  ...change,
});

const filled = (body: string, change: Partial<LetterFields> = {}) =>
  compileLetter(aTemplate({ body }))(someFields(change)).body;

describe('filling a letter', () => {
  test('puts the fields in as plain text, not as HTML', () => {
    expect(filled('{{position}} {{council.area}}', { position: '“A” & <b>B</b>’s.' })).toBe('“A” & <b>B</b>’s. Ely');
  });

  test('keeps a part only where its field is there', () => {
    const body =
      '{{#if position}}{{position}}{{else}}We do not know.{{/if}}{{#unless council.merging}} Staying.{{/unless}}';
    expect(filled(body)).toBe('We do not know. Staying.');
    expect(filled(body, { position: 'They said no.' })).toBe('They said no. Staying.');
  });

  test('leaves no hole where a field is empty', () => {
    expect(filled('One.  {{position}}  Two.  \n\n{{facts.why}}\n\n\nThree. {{position}}\n')).toBe(
      'One. Two.\n\nThree.',
    );
  });

  test('makes the subject one line', () => {
    const fill = compileLetter(aTemplate({ subject: ' Cameras  of {{council.name}}\n' }));
    expect(fill(someFields({ council: { ...someFields().council, name: 'Ely\r\nBcc: x' } })).subject).toBe(
      'Cameras of Ely Bcc: x',
    );
  });
});

describe('a letter with mistakes', () => {
  test('is refused before anything is compiled, with all of them', () => {
    const compile = () => compileLetter(aTemplate({ subject: '{{> x}}', body: 'a\n{{council.nam}}' }));
    expect(compile).toThrow(TemplateError);
    expect(compile).toThrow(
      /council\.test[\s\S]*subject 1:1 partial[\s\S]*body 2:3 unknown-field council\.nam \(council\.name\?\)/,
    );
  });

  test('that names a section it has not been given is our mistake, and thrown', () => {
    expect(() => compileLetter(aTemplate({ body: '{{facts.why}}' }))(someFields({ facts: {} }))).toThrow(
      /"why" not defined/,
    );
  });
});

describe('no value is ever read as a template', () => {
  const hostile = oneof(
    constantFrom(
      '{{date}}',
      '{{#if date}}x{{/if}}',
      '{{constructor}}',
      '{{{position}}}',
      '{{> x}}',
      '{{lookup . "x"}}',
      '${date}',
      '$&',
      "$'",
      '{{{{raw}}}}',
      '\\{{date}}',
      '{{!--',
    ),
    string(),
  );

  test('wherever it stands', () => {
    const fill = compileLetter(
      aTemplate({
        subject: '{{council.name}}',
        body: '[{{addressee.name}}|{{position}}|{{#if facts.why}}{{facts.why}}{{/if}}]',
      }),
    );
    const tidy = (text: string) => text.replace(/\s+/g, ' ').trim();
    assert(
      property(hostile, hostile, hostile, hostile, (name, position, why, council) => {
        const { addressee, council: ely } = someFields();
        const fields = {
          addressee: { ...addressee, name },
          position,
          facts: { why },
          council: { ...ely, name: council },
        };
        const { subject, body } = fill(someFields(fields));
        expect(tidy(body)).toBe(tidy(`[${name}|${position}|${why}]`));
        expect(subject).toBe(tidy(council));
      }),
      { numRuns: 1_000 },
    );
  });
});
