import { londonDayAndHour } from '../domain/london-time.ts';
import type { NoticeKind } from '../domain/notice.ts';
import { allNotices, markSeen, unseenNotices, type KeptNotice } from '../store/notices.ts';
import { marking } from './marking.ts';
import { withStore } from './store.ts';
import { say, type Verb } from './verb.ts';

export const notices: Verb = {
  words: 'notices',
  usage: `[--all]
      Lists what an organiser has to look at; with --all also what has been seen.
`,
  async run(rest) {
    const all = rest[0] === '--all';
    if (rest.length > (all ? 1 : 0)) return null;
    const listed = await withStore(all ? allNotices : unseenNotices);
    say(listed.length === 0 ? 'There is nothing to look at.\n' : listed.map(lineFor).join(''));
    return 0;
  },
};

export const noticesSeen = marking({
  words: 'notices seen',
  usage: `ID…
      Says that these have been seen. The ID stands at the beginning of each line of the list.
`,
  mark: markSeen,
  done: 'seen',
  noun: 'notice',
});

const WHAT_TO_SAY: Readonly<Record<NoticeKind, string>> = {
  'mp changed': 'Another MP sits, or none',
  'delivery held': 'A letter waits for you: its mail server said something that we do not understand',
  'mps held': 'More MPs changed at once than we believe without a person',
  'list held': 'A list of councillors is held until a person has looked at it',
  'list failing': 'A list of councillors cannot be fetched',
  'contact failing': 'Mail to this address comes back, so nothing more is sent there',
  'contact reported': 'A supporter reports that something is wrong with a contact',
};

/** "3f09a1b2c4  Monday 23 November at 12:00 pm  Another MP sits, or none: E14001085, from Mo Member, to nobody". */
function lineFor({ id, kind, areaCode, addresseeId, detail, at, seenAt }: KeptNotice): string {
  const about = addresseeId ?? areaCode;
  const details = Object.entries(detail).map(([name, value]) => `${name} ${value || 'nobody'}`);
  const seen = seenAt ? ' (seen)' : '';
  return `${id}  ${londonDayAndHour(at)}  ${WHAT_TO_SAY[kind]}: ${[about, ...details].join(', ')}${seen}\n`;
}
