import { forgetPerson } from '../actions/forget-person.ts';
import { readKeys } from '../actions/read-keys.ts';
import { withStore } from './store.ts';
import { refuse, say, type Verb } from './verb.ts';

export const forget: Verb = {
  words: 'forget',
  usage: `EMAIL
      Forgets everything about whoever has this address, at once; their letters that wait are not sent.
`,
  async run([email, ...rest]) {
    if (email === undefined || rest.length > 0 || !ADDRESS.test(email.trim())) return null;
    return withStore(async (db) => {
      const { letters, turns, mails, notes } = await forgetPerson(db, email, new Date());
      say(
        `Forgotten: letters ${letters}, turns to write ${turns}, practice mails ${mails}, notes about contacts ${notes}.\n`,
      );
      say(letters + turns + mails + notes > 0 ? WHAT_STAYS : NOTHING);
      const locked = (await readKeys(db)).some(({ place }) => place === 'unknown');
      return locked ? refuse(LOCKED) : 0;
    });
  },
};

const ADDRESS = /^[^\s@]+@[^\s@]+$/;

const NOTHING = 'Nothing was kept about this address.\n';

const WHAT_STAYS = `What stays is for the counts, and says nothing about the person: that there were so many letters, to whom, on which days, what became of
them, what share was in the writer's own words, and what they told us of replies. What has been sent cannot be called back.
A backup made before now still has it: throw such backups away, or forget again after one has been restored.
`;

const LOCKED = `Something is sealed with a key that is not in the settings, and may be about this person too: npm run pennypost -- keys
`;
