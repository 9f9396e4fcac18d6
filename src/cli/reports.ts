import { londonDayAndHour } from '../domain/london-time.ts';
import type { ReportedFault } from '../domain/notice.ts';
import { markHandled, unhandledReports, type Report } from '../store/reports.ts';
import { marking } from './marking.ts';
import { withStore } from './store.ts';
import { say, type Verb } from './verb.ts';

export const reports: Verb = {
  words: 'reports',
  usage: `
      Lists what supporters say is wrong with a contact, in their own words. Nothing changes by it.
`,
  async run(rest) {
    if (rest.length > 0) return null;
    const unhandled = await withStore(unhandledReports);
    say(unhandled.length === 0 ? 'Nobody reports anything.\n' : unhandled.map(textFor).join('\n'));
    return 0;
  },
};

export const reportsHandled = marking({
  words: 'reports handled',
  usage: `ID…
      Says that these have been dealt with. The ID stands at the beginning of each report.
`,
  mark: markHandled,
  done: 'handled',
  noun: 'report',
});

const WHAT_TO_SAY: Readonly<Record<ReportedFault, string>> = {
  'left office': 'has left office',
  'wrong ward': 'stands for another ward or area',
  'wrong address': 'has another address',
  'something else': 'something else is wrong',
};

function textFor({ id, addresseeId, what, note, at }: Report): string {
  const head = `${id}  ${londonDayAndHour(at)}  ${addresseeId}: ${WHAT_TO_SAY[what]}\n`;
  return head + (note ?? '').replace(/^(?=.)/gm, '      ') + (note ? '\n' : '');
}
