import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { load } from './load.ts';
import { rounded, type Bench } from './measure.ts';
import { startPennypost } from './processes.ts';

const HEADERS = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };

/** Handing over letters, each durable before its answer, against one bare durable insert after another on the same disk. */
export const postLetters: Bench = async (seconds) => {
  const pennypost = await startPennypost();
  const { rate, answered } = await load(`${pennypost.url}/letters`, seconds, {
    requests: [{ method: 'POST', headers: HEADERS, setupRequest: (request) => ({ ...request, body: aForm() }) }],
  });
  const kept = lettersIn(pennypost.varDir);
  const reference = bareInserts(join(pennypost.varDir, 'bare.sqlite'), seconds);
  await pennypost.stop();
  if (kept < answered) throw new Error(`${answered} letters were taken, and ${kept} kept`);
  return {
    name: 'post-letters',
    ours: rounded(rate),
    reference: rounded(reference),
    ratio: rounded(rate / reference),
    unit: 'letters/s',
    goal: 'every letter kept',
    met: true,
    notes: { answered, kept },
  };
};

function aForm(): string {
  const id = randomUUID();
  return new URLSearchParams({
    postcode: 'SE1 2DL',
    to: 'mp:E14001085',
    name: 'Ada Example',
    email: `${id}@example.org`,
    address: '1 Tooley Street\nLondon',
    subject: 'Cameras',
    body: `Dear Member of Parliament,\n\nPlease ask about the cameras above our street (${id}).\n\nYours sincerely,`,
    consent: 'yes',
  }).toString();
}

function lettersIn(varDir: string): number {
  const db = new DatabaseSync(join(varDir, 'pennypost.sqlite'), { readOnly: true });
  const row = db.prepare('select count(*) as total from letters').get();
  db.close();
  return Number(row?.['total']);
}

function bareInserts(file: string, seconds: number): number {
  const db = new DatabaseSync(file);
  db.exec(
    'pragma journal_mode = wal; pragma synchronous = full; create table rows (id integer primary key, text text)',
  );
  const insert = db.prepare('insert into rows (text) values (?)');
  const text = 'x'.repeat(1_500);
  const from = performance.now();
  let rows = 0;
  for (; performance.now() - from < seconds * 1_000; rows++) insert.run(text);
  const rate = rows / ((performance.now() - from) / 1_000);
  db.close();
  return rate;
}
