import { describe, expect, test } from 'vitest';
import { faults, found, letters, lettersFrom, records, type Case } from './every-letter.ts';

describe('a council’s letter', () => {
  const toCouncils = letters.filter(({ addressee }) => addressee.kind !== 'mp');

  test('asks a councillor to ask, and the council’s office to do', () => {
    const wrong = ({ addressee, draft: { body } }: Case) =>
      /Please would you ask the council’s officers to:\n\n1\. /.test(body) === (addressee.kind === 'councillor')
        ? undefined
        : addressee.kind;
    expect(faults(toCouncils, wrong)).toEqual([]);
    expect(toCouncils.filter(({ addressee }) => addressee.kind === 'councillor').length).toBeGreaterThan(100);
  });

  test('asks everything that FACTS asks for', () => {
    const asks = [
      /Hikvision cameras/,
      /contractors/,
      /other names/,
      /due diligence/,
      /security, data protection and the supply chain/,
    ];
    const wrong = (letter: Case) => asks.find((ask) => !ask.test(letter.draft.body))?.source;
    expect(faults(toCouncils, wrong)).toEqual([]);
  });

  test('says whose record it is about, and not whose country', () => {
    const wrong = (letter: Case) =>
      letter.draft.body.includes('this company’s own record, not the country it comes from')
        ? undefined
        : 'it does not';
    expect(faults(toCouncils, wrong)).toEqual([]);
  });

  test('asks two-tier councils, and only those, to hand it on to the council that follows', () => {
    const wrong = ({ council, draft }: Case) =>
      /new council’s contracts/.test(draft.body) === (council.tier !== 'unitary') ? undefined : council.tier;
    expect(faults(toCouncils, wrong)).toEqual([]);
  });

  test('carries the council’s position where it is known, and claims none where it is not', () => {
    const wrong = ({ stance, draft }: Case) =>
      draft.body.includes('told researchers what it does') === (stance !== 'not known') ? undefined : stance;
    expect(faults(toCouncils, wrong)).toEqual([]);
    const unknown = toCouncils.filter(({ stance }) => stance === 'not known');
    expect(faults(unknown, found(/its (last )?Hikvision|still have|that remain/))).toEqual([]);
  });

  test.each([
    ['uses', /dated plan to replace/],
    ['phasing out', /name the date/],
    ['ruled out', /thanks[\s\S]*permanent and public/],
    ['not known', /does the council[^?]*\?/],
  ] as const)('to one that is “%s” opens with what that calls for', (stance, opening) => {
    const wrong = ({ draft: { body } }: Case) =>
      opening.test(body.split(/\n\n/).slice(3, 5).join(' ')) ? undefined : body;
    expect(
      faults(
        toCouncils.filter((letter) => letter.stance === stance),
        wrong,
      ),
    ).toEqual([]);
  });
});

describe('an MP’s letter', () => {
  const toMps = letters.filter(({ addressee }) => addressee.kind === 'mp');

  test('names the constituency and asks what FACTS asks for', () => {
    const asks = [
      /your constituent in Bermondsey/,
      /national ban/,
      /written question/,
      /timetable, guidance and money/,
      /procurement debarment list/,
      /debate/,
      /If you are a minister/,
      /your own view/,
    ];
    const wrong = (letter: Case) => asks.find((ask) => !ask.test(letter.draft.body))?.source;
    expect(faults(toMps, wrong)).toEqual([]);
  });

  test('speaks of the Procurement Act only in Scotland', () => {
    const wrong = ({ council, draft }: Case) =>
      /Procurement Act 2023 does not cover devolved bodies/.test(draft.body) === (council.nation === 'Scotland')
        ? undefined
        : council.nation;
    expect(faults(toMps, wrong)).toEqual([]);
  });

  test('speaks of the deadline only beside the rule it belongs to', () => {
    const wrong = ({ draft: { body } }: Case) =>
      /April 2025/.test(body) && !/In November 2022/.test(body) ? 'a deadline without its rule' : undefined;
    expect(faults(toMps, wrong)).toEqual([]);
  });
});

describe('where a real council is known to stand', () => {
  const known = records.positions.map(
    (position) => [position, records.councils.byCode(position.councilCode)!] as const,
  );

  test.each(known)('the letter says so: $councilCode', async ({ stance, text }, council) => {
    const [letter] = await lettersFrom(council);
    expect(letter?.draft.templateId).toBe(`council.${stance.replace(' ', '-')}`);
    expect(letter?.draft.body).toContain(text);
    expect(letter?.draft.body.split(/\s+/).length).toBeLessThan(350);
  });
});
