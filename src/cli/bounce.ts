import { signedReturnPaths } from '../actions/return-path.ts';
import type { Received } from '../domain/returned-mail.ts';
import { readOptions } from './options.ts';
import { addressesOf, fromNobodyIn, readPiped } from './piped-mail.ts';
import { returnSettings, withReturnDesk } from './return-desk.ts';
import type { Verb } from './verb.ts';

/** What a mail server reads off an exit code (sysexits.h, which Postfix's pipe(8) and local(8) follow). Any other means that the mail is bounced. */
const TAKEN = 0;
const TOO_BIG = 65; // EX_DATAERR
const NO_SUCH_PATH = 67; // EX_NOUSER
const COME_AGAIN = 75; // EX_TEMPFAIL
const UNWANTED = 77; // EX_NOPERM

export const bounce: Verb = {
  words: 'bounce',
  usage: `[--to ADDRESS] < MESSAGE
      Takes a mail that came back, from a mail server that hands it to a program. ADDRESS is the return path it came to; without it the
      environment says it (ORIGINAL_RECIPIENT, RECIPIENT), or the mail itself. The exit code tells the server: 0 taken, 67 no return path of
      ours, 75 send it again later, 77 nobody is left to send it to, 65 too big.
`,
  async run(rest) {
    const asked = readOptions(rest, { texts: ['to'] });
    // Whatever is wrong with us must not cost a bounce: the mail server keeps it while the operator puts it right.
    if (!asked || asked.words.length > 0) return complain(COME_AGAIN, `npm run pennypost -- bounce ${bounce.usage}`);
    try {
      return await take(asked.text('to'));
    } catch (cause) {
      return complain(COME_AGAIN, `This mail could not be dealt with, and has to come again: ${String(cause)}\n`);
    }
  },
};

async function take(to: string | null): Promise<number> {
  const raw = await readPiped(process.stdin);
  if (raw === null) return complain(TOO_BIG, 'This mail is larger than any bounce.\n');
  const settings = returnSettings();
  const paths = signedReturnPaths(settings.secretKeys, settings.domain);
  const attempt = addressesOf(raw, to, process.env)
    .map((address) => paths.attemptIn(address, new Date()))
    .find((one) => one !== undefined);
  if (!attempt) return complain(NO_SUCH_PATH, 'This mail came to no return path of ours.\n');

  const fromNobody = fromNobodyIn(process.env);
  const { outcome } = await withReturnDesk(settings, ({ receive }) => receive(attempt, { raw, fromNobody }));
  return EXIT_CODES[outcome];
}

const EXIT_CODES: Readonly<Record<Received['outcome'], number>> = {
  noted: TAKEN,
  'noted before': TAKEN,
  forwarded: TAKEN,
  'forwarded before': TAKEN,
  dropped: TAKEN,
  later: COME_AGAIN,
  unwanted: UNWANTED,
};

/** A mail server logs what a program says, and puts it into the bounce of a refused mail. */
function complain(code: number, text: string): number {
  process.stderr.write(text);
  return code;
}
