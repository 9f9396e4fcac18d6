import { describe, expect, test } from 'vitest';
import { audienceOf } from '../../src/domain/addressee.ts';
import { nameInSentence } from '../../src/domain/council.ts';
import { NATIONS } from '../../src/domain/nation.ts';
import { STANCES } from '../../src/domain/position.ts';
import { chooseTemplate } from '../../src/domain/template.ts';
import { everyLetter, faults, found, letters, records, whole, withoutFacts, type Case } from './every-letter.ts';

const { councils, facts, templates, campaign } = records;

describe('which template is used', () => {
  const wanted = NATIONS.flatMap((nation) =>
    STANCES.flatMap((stance) => (['council', 'mp'] as const).map((audience) => ({ nation, stance, audience }))),
  );

  test.each(wanted)('is one and no other: $audience, $nation, $stance', ({ nation, stance, audience }) => {
    const all = { campaignId: campaign.id, audience, nation, stance };
    const chosen = chooseTemplate(templates, all);
    expect(chosen).toBeDefined();
    expect(
      chooseTemplate(
        templates.filter(({ id }) => id !== chosen?.id),
        all,
      ),
    ).toBeUndefined();
  });

  test('leaves none unused', () => {
    const used = new Set(everyLetter.map(({ draft }) => draft.templateId));
    expect([...used].toSorted()).toEqual(templates.map(({ id }) => id).toSorted());
  });
});

describe('every letter, whatever is known and whatever has expired', () => {
  test('was tried', () => {
    const kinds = new Set(letters.map(({ council }) => `${council.nation} ${council.tier}`));
    expect([...kinds].toSorted()).toEqual([
      'England county',
      'England district',
      'England unitary',
      'Northern Ireland unitary',
      'Scotland unitary',
      'Wales unitary',
    ]);
    expect(withoutFacts.every(({ draft }) => draft.facts.length === 0)).toBe(true);
  });

  test.each([
    ['a field that was not filled', /\{\{|\}\}|\bundefined\b|\bnull\b|\bNaN\b|\[object/],
    ['two spaces', /[^\n]* {2,}[^\n]*/],
    ['a space at the end of a line', /[^\n]*[ \t]+$/m],
    ['two full stops', /[^\n]*\.\s*\.[^\n]*/],
    ['a space before punctuation', /[^\n]* [.,;:?!][^\n]*/],
    ['two empty lines', /\n{3,}/],
    ['a lone comma or full stop', /^[.,;:]/m],
    ['straight quotes', /[^\n]*["'][^\n]*/],
    ['HTML', /&\w+;|<\/?\w+/],
  ])('has nothing left over: %s', (_, pattern) => {
    expect(faults(letters, found(pattern))).toEqual([]);
  });

  test('names its own council and no other', () => {
    const wrong = (letter: Case) => {
      const theirs = whole(letter).replaceAll(nameInSentence(letter.council), '').replaceAll(letter.council.name, '');
      return councils.all.find(({ name }) => theirs.includes(name))?.name;
    };
    const missing = (letter: Case) =>
      whole(letter).includes(nameInSentence(letter.council)) ? undefined : 'its council is not named';
    expect(faults(letters, wrong)).toEqual([]);
    expect(faults(letters, missing)).toEqual([]);
  });

  test('is under 350 words', () => {
    const long = (letter: Case) => {
      const words = letter.draft.body.split(/\s+/).length;
      return words < 350 ? undefined : `${words} words`;
    };
    expect(faults(letters, long)).toEqual([]);
  });

  test('opens with the date and the addressee, and ends where the name goes', () => {
    const wrong = ({ addressee, draft: { body } }: Case) => {
      if (!/^(23 November 2026|1 January 2099)\n\n/.test(body)) return 'no date';
      if (!body.includes(`\n\n${addressee.salutation},\n\n`)) return 'no salutation';
      if (!body.includes(`\n${addressee.office}\n`)) return 'no office';
      return body.trimEnd().endsWith('\n\nYours sincerely,') ? undefined : 'no close';
    };
    expect(faults(letters, wrong)).toEqual([]);
  });

  test('has a subject of one line that fits an inbox', () => {
    const wrong = ({ draft: { subject } }: Case) => (/^[^\n]{10,110}$/.test(subject) ? undefined : subject);
    expect(faults(letters, wrong)).toEqual([]);
  });

  test('numbers its asks from one', () => {
    const wrong = ({ draft: { body } }: Case) => {
      const numbers = [...body.matchAll(/^(\d)\. /gm)].map(([, number]) => number).join('');
      return numbers === '1234' ? undefined : numbers;
    };
    expect(faults(letters, wrong)).toEqual([]);
  });

  test('asks for a reply in writing', () => {
    expect(faults(letters, (letter) => (/reply in writing/.test(whole(letter)) ? undefined : 'it does not'))).toEqual(
      [],
    );
  });

  test.each([
    ['a share of councils that sources dispute', /two-thirds|nearly every council|19 of 32/i],
    ['a drop in profits', /10 ?%|profit/i],
    ['advice of the Ministry of Defence', /Ministry of Defence/i],
    ['footage sent to China', /footage/i],
    ['a ban that there is not', /banned in|\bis banned\b|\bare banned\b/i],
    ['the motive of a council', /human rights grounds/i],
    ['contracts in Xinjiang', /Xinjiang/i],
    ['the wrong owner', /owned by the Chinese (government|state)|Chinese government/i],
    [
      'a party',
      /\b(Labour|Conservatives?|Tory|Tories|Liberal Democrats?|Lib Dems?|Reform UK|Green Party|Greens|SNP|Plaid|Sinn|DUP)\b/,
    ],
    ['elections', /\bvot(e|es|ed|ers?|ing)\b|\belections?\b/i],
    ['a boycott', /boycott/i],
    ['the country as a reason', /Chinese (cameras|equipment|compan|suppliers?|manufacturers?)/i],
  ])('never speaks of %s', (_, pattern) => {
    expect(faults(letters, found(pattern))).toEqual([]);
  });
});

describe('the facts in a letter', () => {
  test('are two or three while they hold', () => {
    const wrong = ({ draft }: Case) =>
      /^[23]$/.test(String(draft.facts.length)) ? undefined : `${draft.facts.length}`;
    expect(faults(everyLetter, wrong)).toEqual([]);
  });

  test('stand in it word for word, hold in its nation, and are meant for its reader', () => {
    const wrong = ({ council, addressee, draft }: Case) =>
      draft.facts.find(
        ({ text, nations, audiences }) =>
          !draft.body.includes(text) || !nations.includes(council.nation) || !audiences.includes(audienceOf(addressee)),
      )?.id;
    expect(faults(letters, wrong)).toEqual([]);
  });

  test('are all that it claims: without them none of their words are left', () => {
    const leftover = (letter: Case) => facts.find(({ text }) => letter.draft.body.includes(text))?.id;
    expect(faults(withoutFacts, leftover)).toEqual([]);
    expect(
      faults(withoutFacts, found(/\bin (19|20)\d\d\b|Times|Foreign Affairs Committee/i)).filter(isNotAPosition),
    ).toEqual([]);
  });
});

/** The made-up position says "In 2024", and so does nothing else. */
const isNotAPosition = (fault: string) => !/: in 2024$/i.test(fault);
