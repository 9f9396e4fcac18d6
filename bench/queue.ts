import type { Letter } from '../src/domain/letter.ts';
import { mpId } from '../src/domain/addressee.ts';
import type { Postcode } from '../src/domain/postcode.ts';
import { ensureCampaign } from '../src/store/campaigns.ts';
import { inTransaction, type Database } from '../src/store/database.ts';

const CAMPAIGN = 'hikvision';
const DOMAINS = 400; // about as many as there are councils
const AT_ONCE = 500;

/** Queues so many confirmed letters, each by somebody else to another mailbox, all due. Gives the letters. */
export async function queueLetters(db: Database, count: number, now: Date): Promise<readonly Letter[]> {
  const letters = Array.from({ length: count }, (_, at) => aLetter(at, now));
  await ensureCampaign(db, CAMPAIGN, now);
  await inTransaction(db, async (tx) => {
    for (let from = 0; from < count; from += AT_ONCE) await insert(tx, letters.slice(from, from + AT_ONCE), now);
  });
  return letters;
}

function aLetter(at: number, now: Date): Letter {
  const code = `E14${String(at).padStart(6, '0')}`;
  const name = `Member ${at}`;
  return {
    id: `letter-${at}`,
    campaignId: CAMPAIGN,
    state: 'confirmed',
    writtenAt: now,
    from: {
      name: `Ada Example ${at}`,
      email: `ada-${at}@example.org`,
      address: ['1 Tooley Street', 'London'],
      postcode: 'SE1 2DL' as Postcode,
    },
    to: [
      {
        id: mpId(code),
        kind: 'mp',
        name,
        office: 'MP for Bermondsey and Old Southwark',
        email: `member-${at}@council-${at % DOMAINS}.example`,
        areaCode: code,
        opening: '',
        sharing: [],
      },
    ],
    place: {
      postcode: 'SE1 2DL' as Postcode,
      nation: 'England',
      councils: [{ code: 'E09000028', name: 'London Borough of Southwark', tier: 'unitary' }],
      ward: null,
      division: null,
      constituency: { code, name: 'Bermondsey and Old Southwark' },
      source: 'postcodes.io',
    },
    subject: `The cameras above our street, number ${at}`,
    body: `Dear ${name},\n\n${PARAGRAPH.repeat(3)}\n\n${PARAGRAPH.repeat(2)}\n\nYours sincerely,\n\nAda Example ${at}`,
    templateId: 'mp',
    ownWords: 12,
    wantsNews: false,
  };
}

const PARAGRAPH =
  'I walk past these cameras every day with my daughter, and nobody has ever asked us whether we want them there or told us who looks at what they see. ';

async function insert({ sql, sealer }: Database, letters: readonly Letter[], now: Date): Promise<void> {
  const at = now.getTime();
  const letterRows = letters.map((letter) => {
    const { id, campaignId, state, from, to, place, subject, body, templateId, ownWords } = letter;
    const person = sealer.blind('person', from.email);
    const sealed = sealer.seal(JSON.stringify({ from, to, place, subject, body }));
    const row = { id, campaignId, state, writtenAt: at, movedAt: at, person, fingerprint: id, sealed };
    return { ...row, templateId, ownWords, wantsNews: 0, textGone: 0 };
  });
  const deliveryRows = letters.map(({ id, place }) => {
    const { code } = place.constituency;
    const row = { id: deliveryIdOf(id), letterId: id, addresseeId: mpId(code), areaCode: code };
    return { ...row, state: 'queued' as const, movedAt: at };
  });
  const outboxRows = letters.map(({ id: letterId }) => {
    const deliveryId = deliveryIdOf(letterId);
    const row = { id: `letter:${letterId}:${deliveryId}`, kind: 'letter' as const, letterId, deliveryId };
    return { ...row, dueAt: at, attempts: 0 };
  });
  await sql.insertInto('letters').values(letterRows).execute();
  await sql.insertInto('deliveries').values(deliveryRows).execute();
  await sql.insertInto('outbox').values(outboxRows).execute();
}

export function deliveryIdOf(letterId: string): string {
  return `delivery-of-${letterId}`;
}
