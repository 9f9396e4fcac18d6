import { londonDayAndHour } from '../domain/london-time.ts';
import { SWITCHES, type SwitchName } from '../domain/switches.ts';
import { switchesOn, switchOff, switchOn } from '../store/switches.ts';
import { withStore } from './store.ts';
import { say, type Verb } from './verb.ts';

export const switches: Verb = {
  words: 'switch',
  usage: `[dissolution|pre-election on|off]
      Lists the switches, or turns one. A running server follows within two minutes.
      dissolution   there are no MPs: letters to them are closed, and those that wait are not sent
      pre-election  councils may not answer as usual: pages say so
`,
  async run([name, way, ...rest]) {
    if (name === undefined) {
      say(await withStore(async (db) => listOf(await switchesOn(db))));
      return 0;
    }
    if (!isSwitch(name) || (way !== 'on' && way !== 'off') || rest.length > 0) return null;
    await withStore((db) => (way === 'on' ? switchOn(db, name, new Date()) : switchOff(db, name)));
    say(`${name} is ${way}. A running server follows within two minutes.\n${ADVICE[name][way]}`);
    return 0;
  },
};

function isSwitch(name: string): name is SwitchName {
  return (SWITCHES as readonly string[]).includes(name);
}

function listOf(on: Awaited<ReturnType<typeof switchesOn>>): string {
  return SWITCHES.map((name) => {
    const since = on.find((one) => one.name === name)?.onSince;
    return `${name}: ${since ? `on since ${londonDayAndHour(since)}` : 'off'}\n`;
  }).join('');
}

const ADVICE: Readonly<Record<SwitchName, { readonly on: string; readonly off: string }>> = {
  dissolution: {
    on: 'Who sits is not asked for until it is off again.\n',
    off: 'If there has been an election, take in the new MPs: npm run pennypost -- mps refresh --accept\n',
  },
  'pre-election': { on: '', off: '' },
};
