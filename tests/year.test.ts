import { expect, test } from 'vitest';
import type { Supporter } from '../src/domain/supporter.ts';
import { pause, resume } from '../src/store/pauses.ts';
import { aCampaignAtWork } from './a-campaign.ts';
import { after, aSupporter, days, minutes, NOON, onBothEngines, SEALER } from './builders.ts';
import { bytesOf, everythingIn, opened, type Value } from './everything-in.ts';

const TENZIN = aSupporter({
  name: 'Tenzin Wanderer',
  email: 'tenzin@wanderer.example',
  address: ['7 Yearlong Terrace', 'Walkham'],
});
const DOLMA = aSupporter({ name: 'Dolma Patient', email: 'dolma@patient.example', address: ['9 Waiting Row'] });
const wordsOf = ({ name, email, address, postcode }: Supporter) => [name, email, ...address, postcode];

/** Until which day a word is kept, and gone on it. */
interface Kept {
  readonly word: string;
  readonly until: number;
  /** Tables with a promise of their own. */
  readonly but: readonly string[];
}
const kept = (word: string, until: number, ...but: readonly string[]): Kept => ({ word, until, but });

/** The practice mailbox keeps each mail for thirty days, and a report is kept for ninety, whatever becomes of a letter. */
const PROMISES: readonly Kept[] = [
  kept('unconfirmed cameras', 7, 'mailbox'),
  kept('unconfirmed cameras', 30),
  kept('withdrawn cameras', 1, 'mailbox'),
  kept('deleted cameras', 20, 'mailbox'),
  kept('refused cameras', 42),
  kept('answered cameras', 44), // delivered on the second day, asked about on the sixteenth
  kept('silent cameras', 44),
  kept('returned cameras', 45),
  kept('waiting cameras', 46), // came back from a full mailbox on the first day, so delivered on the third
  ...TENZIN.address.map((line) => kept(line, 46)),
  kept(TENZIN.name, 74, 'reports'),
  kept(TENZIN.email, 74, 'reports'),
  kept(TENZIN.name, 90),
  kept(TENZIN.email, 90),
  kept('held cameras', 242),
  kept('paused cameras', 254),
  kept(DOLMA.address[0] ?? '', 254),
  kept(DOLMA.name, 282),
  kept(DOLMA.email, 282),
  kept(TENZIN.postcode, 254),
];

const A_MINUTE = minutes(1) / days(1);
const EVERY_DAY = 100;
const TELLING = PROMISES.flatMap(({ until }) => [until - 1, until]);
const ACTED_ON = [200, 210, 212, 226, 233]; // what was held and paused goes on: sent, delivered, asked about
const THE_YEAR = Array.from({ length: 365 }, (_, at) => at + 1).filter(
  (day) => day <= EVERY_DAY || day % 7 === 0 || day === 365 || [...TELLING, ...ACTED_ON].includes(day),
);

onBothEngines('a year after letters were written', (store) => {
  test(
    'nothing is left of those who wrote them, and nothing was longer than we say',
    { timeout: 240_000 },
    async () => {
      const campaign = aCampaignAtWork(store);
      const { db } = store;
      const confirmed = async (text: string) => {
        const letter = await campaign.write(TENZIN, text);
        await campaign.confirm(letter);
        return letter;
      };
      await campaign.write(TENZIN, 'unconfirmed cameras');
      const withdrawn = await campaign.write(TENZIN, 'withdrawn cameras');
      const deleted = await confirmed('deleted cameras');
      const answered = await confirmed('answered cameras');
      await confirmed('silent cameras');
      const returned = await confirmed('returned cameras');
      const waiting = await confirmed('waiting cameras');
      const fullness = `552 5.2.2 <${TENZIN.email}> writes to a full mailbox`;
      const refusal = `550 5.7.1 <${TENZIN.email}> of ${TENZIN.address[0]} may not write here`;
      await campaign.confirm(
        await campaign.writeTo(TENZIN, 'refused cameras', { outcome: 'refused', reason: refusal }),
      );
      const odd = { outcome: 'not understood', reason: `299 what, ${DOLMA.email}?` } as const;
      const held = await campaign.writeTo(DOLMA, 'held cameras', odd);
      await campaign.confirm(held);
      const paused = await campaign.write(DOLMA, 'paused cameras');
      await pause(db, `to:${paused.to}`, NOON);
      await campaign.confirm(paused);
      await campaign.report(`${TENZIN.name} (${TENZIN.email}) told you so.`);
      await campaign.work();

      /** Whatever happens on a day, before the worker looks. */
      const events: Readonly<Record<number, () => Promise<unknown>>> = {
        1: async () => {
          await campaign.withdraw(withdrawn);
          await campaign.comeBackFull(waiting, 7, fullness);
          campaign.turnTo(1 + A_MINUTE);
          await campaign.work();
        },
        3: () => campaign.comeBack(returned, `550 5.1.1 <${TENZIN.email}> wrote to nobody`),
        17: () => campaign.reply(answered),
        20: () => campaign.deleteData(deleted),
        200: () => campaign.giveBack(held),
        210: () => resume(db, `to:${paused.to}`, after(NOON, days(210))),
      };

      const secrets = new Set<string>();
      for (const day of THE_YEAR) {
        campaign.turnTo(day);
        await events[day]?.();
        const before = await everythingIn(db);
        for (const { text } of before.filter((value) => isSecret(value))) secrets.add(text);
        await campaign.comeTo(day);
        const values = await everythingIn(db);
        for (const { text } of values.filter((value) => isSecret(value))) secrets.add(text);

        const wrong = PROMISES.filter(
          (promise) => TELLING.includes(day) && isKept(promise, values) !== day < promise.until && isTold(promise, day),
        );
        expect(wrong, `day ${day}`).toEqual([]);
        expect(leftInFile(values, secrets), `day ${day}`).toEqual([]);
      }

      const values = await everythingIn(db);
      expect(secrets.size).toBeGreaterThan(40);
      expect(values.filter(({ text }) => secrets.has(text))).toEqual([]);
      expect([TENZIN, DOLMA].flatMap(wordsOf).filter((word) => isKept(kept(word, 0), values))).toEqual([]);
      expect(await countsOnly()).toEqual({ letters: 10, answered: 1, refused: 1, bounced: 1, delivered: 5 });
    },
  );

  /** On the last day that it is kept, and ever after. */
  const isTold = ({ until }: Kept, day: number) => day >= until - 1;

  const isKept = ({ word, but }: Kept, values: readonly Value[]) =>
    values.some((value) => !but.includes(value.where.split('.')[0] ?? '') && opened(store.db, value).includes(word));

  const blind = [TENZIN, DOLMA].map(({ email }) => SEALER.blind('person', email));
  const isSecret = ({ where, text }: Value) =>
    blind.includes(text) ||
    where === 'letters.fingerprint' ||
    store.db.sealer.keyIds.some((id) => text.startsWith(`${id}.`));

  /** What no row holds any more, or nobody should ever read, and stands in the bytes of the file all the same. */
  const leftInFile = (values: readonly Value[], secrets: ReadonlySet<string>) => {
    if (store.db.engine !== 'sqlite') return [];
    const bytes = bytesOf(store.where.file);
    const rows = new Set(values.map(({ text }) => text));
    const plain = [TENZIN, DOLMA].flatMap(wordsOf);
    return [...plain, ...[...secrets].filter((text) => !rows.has(text))].filter((text) => bytes.includes(text));
  };

  const countsOnly = async () => {
    const all = await store.db.sql.selectFrom('letters').selectAll().execute();
    const deliveries = await store.db.sql.selectFrom('deliveries').selectAll().execute();
    return {
      letters: all.length,
      answered: deliveries.filter(({ reply }) => reply === 'answered').length,
      refused: deliveries.filter(({ state }) => state === 'refused').length,
      bounced: deliveries.filter(({ state }) => state === 'bounced').length,
      delivered: deliveries.filter(({ state }) => state === 'delivered').length,
    };
  };
});
