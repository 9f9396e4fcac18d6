import { describe, expect, test } from 'vitest';
import { refOf } from '../../src/domain/council.ts';
import { textFor } from '../../src/domain/letter.ts';
import { STANCES } from '../../src/domain/position.ts';
import { aPlace } from '../builders.ts';
import { aCouncillorOf, drafter, records } from './every-letter.ts';

const southwark = records.councils.byCode('E09000028')!;
const place = aPlace({ councils: [refOf(southwark)] });
const ada = aCouncillorOf(southwark, '1', 'Ada Example');
const bo = aCouncillorOf(southwark, '2', 'Bo van der Sample');
const cy = aCouncillorOf(southwark, '3', 'Cy Specimen');

const positionsOf = (stance: (typeof STANCES)[number]) =>
  stance === 'not known'
    ? []
    : [{ councilCode: southwark.code, stance, text: 'It said so.', source: 'A paper', url: null, dated: '2024' }];

describe('a draft for several councillors', () => {
  test.each(STANCES)(
    'gives each the letter that they would get alone, where the council’s stance is “%s”',
    (stance) => {
      const draft = drafter({ positions: positionsOf(stance) });
      const several = draft(place, [ada, bo, cy]);
      for (const [at, one] of [ada, bo, cy].entries()) {
        const { opening } = several.copies[at]!;
        expect(opening.endsWith(`${one.salutation},`)).toBe(true);
        expect(textFor(several, { opening })).toBe(draft(place, [one]).body);
      }
    },
  );

  test('has no salutation in what they share', () => {
    const { body, copies } = drafter({})(place, [ada, bo]);
    expect(body).toMatch(/^I live in the area/);
    expect(body).not.toContain('Dear ');
    expect(copies.map(({ to }) => to.id)).toEqual([ada.id, bo.id]);
  });

  test('names all of them in the one text that is copied', () => {
    const { openingForAll } = drafter({})(place, [ada, bo, cy]);
    expect(openingForAll).toMatch(
      /^23 November 2026\n\n.*\n\nDear Councillor Example, Councillor van der Sample and Councillor Specimen,$/,
    );
  });

  test('makes one copy for those who read the same mailbox, in whatever letters it is written', () => {
    const shared = { by: 'email', email: '1@COUNCIL.example', website: null } as const;
    const { copies } = drafter({})(place, [ada, { ...bo, contact: shared }, cy]);
    expect(copies.map(({ to, sharing }) => [to.name, sharing])).toEqual([
      ['Ada Example and Bo van der Sample', [bo.id]],
      ['Cy Specimen', []],
    ]);
    expect(copies[0]?.opening).toMatch(/Dear Councillor Example and Councillor van der Sample,$/);
  });

  test('keeps apart those who have no address', () => {
    const none = { by: 'web', website: 'https://example.org/' } as const;
    const { copies } = drafter({})(place, [
      { ...ada, contact: none },
      { ...bo, contact: none },
    ]);
    expect(copies).toHaveLength(2);
  });

  test('for one of them stays in one piece', () => {
    const { body, copies, openingForAll } = drafter({})(place, [ada]);
    expect(body).toContain('Dear Councillor Example,');
    expect(copies).toEqual([{ to: ada, sharing: [], opening: '' }]);
    expect(openingForAll).toBe('');
  });
});
