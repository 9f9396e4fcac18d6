import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '../../src/mail/message.ts';
import { letterMails, ownMails, received } from './every-mail.ts';

const MAILS = [...letterMails, ...ownMails];
const MOST = 1.0;

interface Verdict {
  readonly score: number;
  readonly rules: string;
}

const installed = spawnSync('spamassassin', ['--version']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'pennypost-spam-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One run for all of them: it takes seconds to read its rules. Only local tests; nothing is asked of the network. */
async function judge(messages: readonly Message[]): Promise<Verdict[]> {
  const files = await Promise.all(
    messages.map(async (message, at) => {
      const file = join(folder, `${String(at).padStart(4, '0')}.eml`);
      writeFileSync(file, await received({ ...message, id: `mail-${at}.${message.id}` }));
      return file;
    }),
  );
  const { stdout } = spawnSync(
    'spamassassin',
    ['--local', '--test-mode', '--nocreate-prefs', '--cf=report_safe 0', ...files],
    {
      env: { ...process.env, HOME: folder, LC_ALL: 'C' },
      maxBuffer: 100_000_000,
    },
  );
  const judged = stdout.toString('latin1').split(/^(?=X-Spam-Checker-Version: )/m);
  return messages.map((_, at) => verdictIn(judged.find((text) => text.includes(`<mail-${at}.`)) ?? ''));
}

function verdictIn(text: string): Verdict {
  const status = /^X-Spam-Status: .*(?:\n[ \t].*)*/m.exec(text)?.[0].replace(/\s+/g, ' ') ?? '';
  const [, score, rules] = /score=(-?[\d.]+) .*tests=([\w, ]*)/.exec(status) ?? [];
  return { score: Number(score), rules: rules?.replace(/ \w+$/, '') ?? '' };
}

describe.runIf(installed)('SpamAssassin, its local tests', () => {
  let verdicts: Verdict[] = [];
  let spam: Verdict | undefined;
  beforeAll(async () => {
    [spam, ...verdicts] = await judge([SPAM, ...MAILS.map(([, message]) => message)]);
  }, 120_000);

  test.each(MAILS.map(([name], at) => [name, at] as const))(`scores below ${MOST}: %s`, (_, at) => {
    expect(verdicts[at]).toSatisfy(({ score }: Verdict) => score < MOST);
  });

  test('would have found spam', () => {
    expect(spam?.score).toBeGreaterThan(100);
  });
});

/** The line that every filter of spam takes for spam: https://spamassassin.apache.org/gtube/. */
const SPAM: Message = {
  ...MAILS[0]![1],
  text: 'XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X',
};
