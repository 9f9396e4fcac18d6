import type { AddresseeId } from '../domain/addressee.ts';
import { londonDayAndHour } from '../domain/london-time.ts';
import type { PauseScope } from '../domain/pause.ts';
import { pause as putPause, pausesOn, resume as endPause, type Pause } from '../store/pauses.ts';
import { readOptions } from './options.ts';
import { withStore } from './store.ts';
import { refuse, say, type Verb } from './verb.ts';

const ADDRESSEE = /^(council|councillor|mp):[^\s:]+(:[^\s:]+)?$/;

export const pauses: Verb = {
  words: 'pauses',
  usage: `
      Lists what sending is paused for.
`,
  async run(rest) {
    if (rest.length > 0) return null;
    const on = await withStore(pausesOn);
    say(on.length > 0 ? on.map(lineFor).join('') : 'Nothing is paused.\n');
    return 0;
  },
};

export const pause: Verb = {
  words: 'pause',
  usage: `[--campaign ID | --to ADDRESSEE]
      Stops sending at once: all of it, one campaign's letters, or letters to one addressee, such as council:E09000028.
      Nothing is lost, and nothing is counted against what waits.
`,
  async run(rest) {
    const scope = scopeIn(rest);
    if (scope === null) return null;
    await withStore((db) => putPause(db, scope, new Date()));
    say(`Paused: ${scope}. It goes on with: npm run pennypost -- resume ${rest.join(' ')}\n`);
    return 0;
  },
};

export const resume: Verb = {
  words: 'resume',
  usage: `[--campaign ID | --to ADDRESSEE]
      Lets go on what was paused.
`,
  async run(rest) {
    const scope = scopeIn(rest);
    if (scope === null) return null;
    const was = await withStore((db) => endPause(db, scope, new Date()));
    if (!was) return refuse(`That is not paused: npm run pennypost -- pauses lists what is.\n`);
    say(`Sending goes on: ${scope}, within ten minutes.\n`);
    return 0;
  },
};

function scopeIn(rest: readonly string[]): PauseScope | null {
  const asked = readOptions(rest, { texts: ['campaign', 'to'] });
  if (!asked || asked.words.length > 0) return null;
  const campaign = asked.text('campaign');
  const to = asked.text('to');
  if (campaign !== null && to !== null) return null;
  if (campaign !== null) return `campaign:${campaign}`;
  if (to === null) return 'everything';
  return ADDRESSEE.test(to) ? `to:${to as AddresseeId}` : null;
}

function lineFor({ scope, since }: Pause): string {
  return `${scope}, since ${londonDayAndHour(since)}\n`;
}
