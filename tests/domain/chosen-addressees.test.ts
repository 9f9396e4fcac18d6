import { describe, expect, test } from 'vitest';
import { councilId, councillorId, mpId } from '../../src/domain/addressee.ts';
import { chosenAddressees } from '../../src/domain/chosen-addressees.ts';
import { anAddressee } from '../builders.ts';

const SOUTHWARK = 'E09000028';
const councillor = (theirId: string, areaCode = SOUTHWARK) =>
  anAddressee({ id: councillorId(areaCode, theirId), kind: 'councillor', areaCode });
const ada = councillor('1');
const bo = councillor('2');
const county = councillor('9', 'E10000025');
const council = anAddressee({ id: councilId(SOUTHWARK), kind: 'council', areaCode: SOUTHWARK });
const mp = anAddressee();
const own = [ada, bo, county, council, mp];

describe('choosing among one’s own addressees', () => {
  test.each([
    ['one councillor', [bo], [bo]],
    ['councillors of one council, in the order of the place', [bo, ada], [ada, bo]],
    ['one twice, once', [ada, ada], [ada]],
    ['the MP', [mp], [mp]],
  ])('takes %s', (_, asked, chosen) => {
    const ids = asked.map(({ id }) => id);
    expect(chosenAddressees(own, ids)).toEqual({ ok: true, value: chosen });
  });

  test.each<[string, readonly string[], string]>([
    ['nobody', [], 'nobody-chosen'],
    ['somebody else’s councillor', [councillorId(SOUTHWARK, '3')], 'not-yours'],
    ['one’s own and somebody else’s', [ada.id, mpId('S14000061')], 'not-yours'],
    ['thirty strangers', Array.from({ length: 30 }, (_, at) => `councillor:E09000001:${at}`), 'not-yours'],
    ['councillors of two councils', [ada.id, county.id], 'not-together'],
    ['a councillor and the MP', [ada.id, mp.id], 'not-together'],
    ['a councillor and the council’s office', [ada.id, council.id], 'not-together'],
  ])('refuses %s', (_, ids, problem) => {
    expect(chosenAddressees(own, ids)).toEqual({ ok: false, error: problem });
  });

  test('refuses a vacant seat', () => {
    const vacant = anAddressee({ vacant: true, name: null });
    expect(chosenAddressees([vacant], [mpId('E14001085')])).toEqual({ ok: false, error: 'vacant' });
  });

  test('says that letters to MPs are closed, not that one seat is vacant', () => {
    const closed = anAddressee({ vacant: true, closed: 'dissolution', name: null });
    expect(chosenAddressees([closed], [mpId('E14001085')])).toEqual({ ok: false, error: 'closed' });
  });
});
