import { describe, expect, test } from 'vitest';
import { councilId, councillorId, type Addressee } from '../../../src/domain/addressee.ts';
import type { CouncillorAddressee, CouncillorGroup } from '../../../src/domain/councillor-group.ts';
import { groupView } from '../../../src/web/supporter/councillor-view.ts';
import { anAddressee, aPlace, before, days, NOON } from '../../builders.ts';
import { aCouncil, SOUTHWARK } from '../../councillor-builders.ts';

const council = aCouncil();
const councils = { all: [council], byCode: () => council };
const councillor = (theirId: string, reachable: boolean): CouncillorAddressee => ({
  ...anAddressee({ id: councillorId(SOUTHWARK, theirId), areaCode: SOUTHWARK }),
  kind: 'councillor',
  name: `Councillor ${theirId}`,
  party: null,
  contact: reachable
    ? { by: 'email', email: `${theirId}@council.example`, website: null }
    : { by: 'web', website: 'https://council.example/councillors' },
});
const office = anAddressee({ id: councilId(SOUTHWARK), kind: 'council', areaCode: SOUTHWARK });
const view = (details: Partial<CouncillorGroup> = {}, nobodyIn?: string, offices: readonly Addressee[] = [office]) =>
  groupView(
    {
      kind: 'ward',
      councilCode: SOUTHWARK,
      area: aPlace().ward,
      councillors: [councillor('1', true), councillor('2', true)],
      nobody: null,
      asOf: NOON,
      ...details,
    },
    { place: aPlace(), councils, positionOf: () => undefined, offices, now: NOON, nobodyIn },
  );

describe('the card of a ward’s councillors', () => {
  test('ticks all of them', () => {
    expect(view().people.map(({ ticked }) => ticked)).toEqual([true, true]);
  });

  test('ticks none, as they were, when nobody was ticked in it; in another group that says nothing', () => {
    expect(view({}, 'ward')).toMatchObject({ nobodyTicked: true, people: [{ ticked: false }, { ticked: false }] });
    expect(view({}, 'division').nobodyTicked).toBe(false);
  });

  test('says how old its list is when that is more than a week', () => {
    expect(view({ asOf: before(NOON, days(7)) }).asOf).toBeNull();
    expect(view({ asOf: before(NOON, days(8)) }).asOf).toBe('15 November 2026');
  });

  test('sets apart who has no address, unless nobody has one', () => {
    const mixed = view({ councillors: [councillor('1', true), councillor('2', false)] });
    expect([mixed.people.map(({ id }) => id), mixed.apart.map(({ id }) => id)]).toEqual([
      ['councillor:E09000028:1'],
      ['councillor:E09000028:2'],
    ]);
    const none = view({ councillors: [councillor('1', false), councillor('2', false)] });
    expect(none).toMatchObject({ byWebOnly: true, apart: [], people: [{ ticked: true }, { ticked: true }] });
  });

  test('offers the council’s office in place of whoever has no address, where it can be reached itself', () => {
    const silent = { councillors: [councillor('1', true), councillor('2', false)] };
    const byWeb = { ...office, contact: { by: 'web', website: 'https://council.example/' } } as const;
    expect(view(silent).officeInstead).toBe(true);
    expect(view({ councillors: [councillor('2', false)] }).officeInstead).toBe(true);
    expect(view().officeInstead).toBe(false);
    expect(view(silent, undefined, [byWeb]).officeInstead).toBe(false);
    expect(view(silent, undefined, [{ ...office, areaCode: 'E10000025' }]).officeInstead).toBe(false);
  });

  test('says that an example is made up, and nothing of a list that there is not', () => {
    expect(view({ asOf: null }).madeUp).toBe(true);
    expect(view({ asOf: null, councillors: [], nobody: 'no-list' }).madeUp).toBe(false);
    expect(view().madeUp).toBe(false);
  });
});
