import type { Addressee } from './addressee.ts';
import { err, ok, type Result } from './result.ts';

/** Whom one letter goes to: in the order in which the place names them. */
export type Addressees = readonly [Addressee, ...Addressee[]];

/**
 * Why a choice of addressees makes no letter: none was chosen; one of them represents another place; letters to them are closed for a time;
 * the seat is vacant; or they are no councillors of one council, so that no one letter is right for all of them.
 */
export type ChoiceOfAddresseesProblem = 'nobody-chosen' | 'not-yours' | 'closed' | 'vacant' | 'not-together';

/** Those of a place's own addressees who were chosen, by their ids, which a stranger may have typed. */
export function chosenAddressees(
  own: readonly Addressee[],
  ids: readonly string[],
): Result<Addressees, ChoiceOfAddresseesProblem> {
  const wanted = new Set(ids);
  const [first, ...others] = own.filter(({ id }) => wanted.has(id));
  if (wanted.size === 0) return err('nobody-chosen');
  if (!first || others.length + 1 !== wanted.size) return err('not-yours');
  const chosen: Addressees = [first, ...others];
  if (others.length > 0 && !chosen.every((one) => one.kind === 'councillor' && one.areaCode === first.areaCode))
    return err('not-together');
  if (chosen.some(({ closed }) => closed)) return err('closed');
  return chosen.some(({ vacant }) => vacant) ? err('vacant') : ok(chosen);
}
