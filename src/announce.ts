import { isPracticeMode, type Config } from './config.ts';
import type { Pennypost } from './wiring.ts';

/** Prints where to open Pennypost and what mode it is in, once it listens; then, if so, that a secret key is missing, what an organiser must look at and that only example places answer. */
export function announce(config: Config, { url, reachability, unseen, locked }: Pennypost): void {
  say(config.role === 'work' ? WORKS : `Pennypost is at ${url.href}`);
  if (config.role === 'serve') say(SERVES);
  if (locked) say(LOCKED);
  if (unseen > 0)
    say(`${unseen} ${unseen === 1 ? 'thing' : 'things'} for an organiser to look at: npm run pennypost -- notices`);
  if (!isPracticeMode(config)) {
    say(
      config.testLettersTo === null
        ? 'Mode: campaign. Letters are sent for real.'
        : 'Mode: test. Every letter goes to TEST_LETTERS_TO, and to nobody else; mails to supporters are real.',
    );
    return;
  }
  say(`Mode: practice. Nothing leaves this machine; every mail lands at ${new URL('/mailbox', url).href}`);
  void sayWhetherReachable(reachability);
}

const WORKS = 'This process sends mail and keeps lists fresh. Another one has the pages.';
const SERVES = 'This process has the pages. Mail goes out only while another one works.';

const LOCKED =
  'Some of what is kept was sealed with a secret key that is not in the settings, and cannot be opened: put that key into OLD_SECRET_KEYS. npm run pennypost -- keys says more.';

async function sayWhetherReachable(reachability: Pennypost['reachability']): Promise<void> {
  const { upstreams, examples } = await reachability();
  if (upstreams) return;
  say(
    `postcodes.io or Parliament cannot be reached: example places and made-up MPs answer instead. Try ${examples.join(', ')}.`,
  );
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
