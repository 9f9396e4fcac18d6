import { confirmAddress } from '../actions/confirm-contact.ts';
import type { AddresseeId } from '../domain/addressee.ts';
import { withStore } from './store.ts';
import { refuse, say, type Verb } from './verb.ts';

export const contactsConfirm: Verb = {
  words: 'contacts confirm',
  usage: `ADDRESSEE EMAIL
      Says that you have checked an address, so that it is used again though mail to it has failed.
      ADDRESSEE is written as in links: council:E09000028, councillor:E09000028:1234 or mp:E14001085.
`,
  async run([addressee, email, ...rest]) {
    if (addressee === undefined || email === undefined || rest.length > 0) return null;
    const known = await withStore((db) => confirmAddress(db, addressee as AddresseeId, email, new Date()));
    if (!known) return refuse(`${addressee} has no address ${email} that we know of.\n`);
    say(`${email} is used for ${addressee} again, within a minute.\n`);
    return 0;
  },
};
