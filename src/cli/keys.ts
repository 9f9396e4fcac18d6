import { setTimeout as wait } from 'node:timers/promises';
import { readKeys, type KeyStatus } from '../actions/read-keys.ts';
import { rotateKeys } from '../actions/rotate-keys.ts';
import { readConfig } from '../config.ts';
import { londonDate } from '../domain/london-time.ts';
import { LETTER_KEPT_AT_MOST } from '../domain/retention.ts';
import { newSecretKey, renewPracticeSecretKey } from '../secret-key.ts';
import type { SealedColumn } from '../store/sealed-columns.ts';
import { withStore } from './store.ts';
import { asTable } from './table.ts';
import { refuse, say, type Verb } from './verb.ts';

export const keys: Verb = {
  words: 'keys',
  usage: `
      Says how much is sealed with which secret key, and which old ones may be dropped from the settings.
`,
  async run(rest) {
    if (rest.length > 0) return null;
    return tell(await withStore(readKeys));
  },
};

export const keysNew: Verb = {
  words: 'keys new',
  usage: `
      Makes a new secret key: says what to put into the settings, or in practice mode puts it where the program finds it.
`,
  async run(rest) {
    if (rest.length > 0) return null;
    const { secretKey, varDir } = readConfig(process.env);
    if (secretKey === null) say(`A new key stands first in ${renewPracticeSecretKey(varDir)}.\n${NEXT}`);
    else say(`SECRET_KEY=${newSecretKey()}\nOLD_SECRET_KEYS=the SECRET_KEY of now, then those before it\n${NEXT}`);
    return 0;
  },
};

const NEXT = 'Start every process anew, then: npm run pennypost -- keys rotate\n';

export const keysRotate: Verb = {
  words: 'keys rotate',
  usage: `
      Seals everything anew that is sealed with an old secret key. Can be stopped and asked for again at any time.
`,
  async run(rest) {
    if (rest.length > 0) return null;
    return withStore(async (db) => {
      const [today] = await readKeys(db);
      if (!today?.since) return refuse(NOT_STARTED);
      const breathe = () => wait(BREATH_MS);
      const total = await rotateKeys({ db, breathe, progress: (column, sofar) => say(lineFor(column, sofar)) });
      say(`${total} sealed anew.\n`);
      return tell(await readKeys(db));
    });
  },
};

/** A server that does not know today's key yet could not open what is sealed with it. */
const NOT_STARTED = `No server has been started with today's key yet. ${NEXT}`;

const BREATH_MS = 20;

function lineFor({ table, column }: SealedColumn, total: number): string {
  return `${table}.${column}: ${total} sealed anew\n`;
}

function tell(all: readonly KeyStatus[]): number {
  say(asTable(all.map((key) => [key.id, String(key.sealed), WHAT[key.place](key)])));
  return all.some(({ place }) => place === 'unknown') ? refuse(LOCKED) : 0;
}

const LOCKED = 'Put the key that is missing into OLD_SECRET_KEYS: without it nobody can open what is sealed with it.\n';

const WHAT: Readonly<Record<KeyStatus['place'], (key: KeyStatus) => string>> = {
  today: ({ since }) =>
    since ? `today's, since ${londonDate(since)}` : "today's, but no server has been started with it",
  before: beforeToday,
  unknown: () => 'not in the settings',
};

function beforeToday({ sealed, followedSince, left, mayBeDropped }: KeyStatus): string {
  if (mayBeDropped) return 'old: it may be dropped from the settings';
  if (!followedSince) return 'old, but no server has been started with the one after it';
  if (sealed > 0) return 'old: npm run pennypost -- keys rotate';
  const latest = londonDate(new Date(followedSince.getTime() + LETTER_KEPT_AT_MOST));
  return `old: needed by links about letters (${left.letters}) and by turns to write (${left.turns}), until ${latest} if no letter has to wait for a person`;
}
