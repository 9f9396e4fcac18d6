import type { Addressee } from '../../domain/addressee.ts';
import { calledName } from './addressee-view.ts';

/** The small form that says that a contact is wrong: about whom it can be. */
export function reportView(addressees: readonly Pick<Addressee, 'id' | 'kind' | 'name' | 'office'>[]) {
  const [first] = addressees;
  return {
    people: addressees.map((one) => ({ id: one.id, called: calledName(one) })),
    one: addressees.length === 1 ? first?.id : null,
    isOffice: first?.kind === 'council',
  };
}
