import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signedReturnPaths } from '../../src/actions/return-path.ts';
import { addressesOf, fromNobodyIn } from '../../src/cli/piped-mail.ts';
import { ensureCampaign } from '../../src/store/campaigns.ts';
import { closeDatabase, openDatabase, type Database } from '../../src/store/database.ts';
import { insertDeliveries } from '../../src/store/deliveries.ts';
import { listMails } from '../../src/store/mailbox.ts';
import { returnsOf } from '../../src/store/returned-mails.ts';
import { sealer } from '../../src/store/seal.ts';
import { aDelivery, aLetter, CAMPAIGN, keep } from '../builders.ts';
import { returned } from '../mail/returned/samples.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const SECRET_KEY = 'a secret key that only the tests know';
const BEFORE = ['--disable-warning=ExperimentalWarning', '--import', './src/node-version.js', 'src/pennypost.ts'];
const folder = mkdtempSync(join(tmpdir(), 'pennypost-bounce-'));
const delivery = randomUUID();
const path = signedReturnPaths([SECRET_KEY], 'returns.example').returnPathFor(delivery, 1, new Date());

let db: Database;
beforeAll(async () => {
  db = await openDatabase({ databaseUrl: null, file: join(folder, 'pennypost.sqlite'), sealer: sealer(SECRET_KEY) });
  await ensureCampaign(db, CAMPAIGN, new Date());
  await keep(db, aLetter({ state: 'confirmed' }));
  await insertDeliveries(db, [aDelivery({ id: delivery, state: 'handed over' })]);
});
afterAll(async () => {
  await closeDatabase(db);
  rmSync(folder, { recursive: true, force: true });
});

/** Hands a mail to the command as a mail server does. */
function pipe(input: Buffer, words: readonly string[] = [], environment: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...BEFORE, 'bounce', ...words], {
    cwd: ROOT,
    input,
    env: { PATH: process.env['PATH'], VAR_DIR: folder, SECRET_KEY, BOUNCE_DOMAIN: 'returns.example', ...environment },
  });
  return { status, said: stdout.toString() + stderr.toString() };
}

const kinds = async () => (await returnsOf(db, delivery)).map(({ kind }) => kind);
const to = (address: string) => (text: string) => text.replace(/^To: .*$/m, `To: <${address}>`);

// Each starts the program anew, which takes seconds on a busy machine.
describe('a mail on a pipe', { timeout: 120_000 }, () => {
  test('is noted once, whichever way its return path is said', async () => {
    const raw = returned('postfix-unknown-there');
    expect(pipe(raw, ['--to', path])).toEqual({ status: 0, said: '' });
    expect(pipe(raw, [], { ORIGINAL_RECIPIENT: path.toUpperCase(), RECIPIENT: 'bounces@localhost' }).status).toBe(0);
    expect(pipe(returned('postfix-unknown-there', to(path))).status).toBe(0);
    expect(await kinds()).toEqual(['hard bounce']);
  });

  test('from a person is sent on, and the line that a mailbox file puts in front is not', async () => {
    const raw = Buffer.concat([
      Buffer.from('From mo.member@council.example  Wed Nov 25 10:15:08 2026\r\n'),
      returned('reply'),
    ]);
    expect(pipe(raw, ['--to', path], { SENDER: 'mo.member@council.example' })).toEqual({ status: 0, said: '' });
    expect(await listMails(db, 10)).toMatchObject([{ from: '', to: 'ada@example.org' }]);
  });

  test('soon after another from a person is asked for again', () => {
    const another = returned('reply', (text) => text.replace('reply-1@', 'reply-2@'));
    expect(pipe(another, ['--to', path], { SENDER: 'mo.member@council.example' }).status).toBe(75);
  });

  test.each(['', 'MAILER-DAEMON'])('from "%s" is from nobody, and never sent on', async (SENDER) => {
    const before = (await listMails(db, 10)).length;
    expect(pipe(returned('reply'), ['--to', path], { SENDER }).status).toBe(0);
    expect(await listMails(db, 10)).toHaveLength(before);
  });

  test.each([
    ['a forged return path', ['--to', path.replace(/.(?=@)/, (last) => (last === 'a' ? 'b' : 'a'))]],
    ['somebody else, whatever stands in its headers', ['--to', 'mo.member@council.example']],
    ['nobody', []],
  ])('to %s is for no user of ours', (_, words) => {
    expect(pipe(returned('postfix-unknown-there', words.length > 0 ? to(path) : undefined), words)).toMatchObject({
      status: 67,
      said: 'This mail came to no return path of ours.\n',
    });
  });

  test('to a supporter who is gone is refused, so that its writer hears of it', () => {
    const gone = signedReturnPaths([SECRET_KEY], 'returns.example').returnPathFor(randomUUID(), 1, new Date());
    expect(pipe(returned('reply'), ['--to', gone], { SENDER: 'mo.member@council.example' }).status).toBe(77);
  });

  test('has an address in its headers, or not, and both are soon found out', () => {
    const head = `X-Original-To: ${path}\r\nTo: "Ada, Example" <ada@example.org>,\r\n bob@example.org\r\n\r\nTo: carol@example.org\r\n`;
    expect(addressesOf(Buffer.from(head), null, {})).toEqual([path, 'ada@example.org', 'bob@example.org']);
    expect(addressesOf(Buffer.from(head), null, { RECIPIENT: 'x@y.example' })[0]).toBe('x@y.example');
    expect(addressesOf(Buffer.from(head), 'only@example.org', { RECIPIENT: 'x@y.example' })).toEqual([
      'only@example.org',
    ]);
    expect(addressesOf(Buffer.from(`To: ${'a'.repeat(1_000_000)}`), null, {})).toEqual([]);
  });

  test.each([
    [{ SENDER: '' }, true],
    [{ SENDER: '<>' }, true],
    [{ SENDER: 'mailer-daemon@council.example' }, true],
    [{ SENDER: 'mo.member@council.example' }, false],
    [{ SENDER: 'mailer-daemon.smith@council.example' }, false],
    [{}, null],
  ])('in %j is from nobody: %s', (environment, fromNobody) => {
    expect(fromNobodyIn(environment)).toBe(fromNobody);
  });

  test('that is too big is refused', () => {
    expect(pipe(Buffer.alloc(5_000_001, 'x'), ['--to', path]).status).toBe(65);
  });

  test.each<[string, readonly string[], Record<string, string>]>([
    ['the settings are wrong', ['--to', path], { MAIL_FROM: 'nobody' }],
    ['no domain is set', ['--to', path], { BOUNCE_DOMAIN: '' }],
    ['the database is away', ['--to', path], { DATABASE_URL: 'postgres://127.0.0.1:9/nowhere' }],
    ['it is called wrongly', ['--too', path], {}],
  ])('is asked for again while %s', (_, words, environment) => {
    const { status, said } = pipe(returned('postfix-policy'), words, environment);
    expect(status).toBe(75);
    expect(said).not.toBe('');
    expect(said).not.toContain(delivery);
  });
});
