import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, inject } from 'vitest';
import { mpId, type Addressee } from '../src/domain/addressee.ts';
import type { Campaign } from '../src/domain/campaign.ts';
import type { Letter, LetterAddressee } from '../src/domain/letter.ts';
import type { Place } from '../src/domain/place.ts';
import type { Postcode } from '../src/domain/postcode.ts';
import type { Supporter } from '../src/domain/supporter.ts';
import { claimDue, type OutboxItem } from '../src/store/outbox.ts';
import { ensureCampaign } from '../src/store/campaigns.ts';
import { closeDatabase, openDatabase, type Database } from '../src/store/database.ts';
import type { NewDelivery } from '../src/store/deliveries.ts';
import { insertLetter } from '../src/store/letters.ts';
import type { Schema } from '../src/store/schema.ts';
import { sealer } from '../src/store/seal.ts';
import { askPostgres, createDatabase } from './postgres.ts';

export const NOON = new Date('2026-11-23T12:00:00Z');
export const SEALER = sealer('a secret key that only the tests know');
export const CAMPAIGN = 'hikvision';

const MINUTE = 60 * 1000;

export const minutes = (count: number) => count * MINUTE;
export const hours = (count: number) => count * 60 * MINUTE;
export const days = (count: number) => count * 24 * 60 * MINUTE;
export const after = (date: Date, ms: number) => new Date(date.getTime() + ms);
export const before = (date: Date, ms: number) => new Date(date.getTime() - ms);

export type Engine = Database['engine'];

/** Describes a thing twice: on SQLite and on PostgreSQL. */
export function onBothEngines(name: string, specification: (store: TestStore) => void): void {
  describe.each<Engine>(['sqlite', 'postgres'])(`${name} (%s)`, (engine) => {
    specification(aDatabase(engine));
  });
}

export interface TestStore {
  /** Empty at the start of each test, but for the campaign. */
  readonly db: Database;
  /** Opens the same database once more. Whoever opens it closes it. On SQLite the two must not hold transactions at once: they would wait for each other. */
  openAgain(): Promise<Database>;
  /** Where it is, for a second process. */
  readonly where: { readonly databaseUrl: string | null; readonly file: string };
}

/** A real database of its own for the tests around it. */
export function aDatabase(engine: Engine = 'sqlite'): TestStore {
  let db: Database | undefined;
  let place: { databaseUrl: string | null; file: string; remove: () => Promise<void> };
  const open = () => openDatabase({ ...place, sealer: SEALER });

  beforeAll(async () => {
    place = engine === 'sqlite' ? aFile() : await aPostgresDatabase(inject('postgresUrl'));
    db = await open();
  });
  beforeEach(async () => {
    for (const table of TABLES) await db!.sql.deleteFrom(table).execute();
    await ensureCampaign(db!, CAMPAIGN, NOON);
  });
  afterAll(async () => {
    if (db) await closeDatabase(db);
    await place.remove();
  });

  return {
    get db() {
      if (!db) throw new Error('The database is open only while tests run');
      return db;
    },
    openAgain: open,
    get where() {
      return { databaseUrl: place.databaseUrl, file: place.file };
    },
  };
}

const TABLES = [
  'returnedMails',
  'letterLog',
  'paces',
  'pauses',
  'outbox',
  'deliveries',
  'letters',
  'written',
  'counts',
  'campaigns',
  'remembered',
  'contacts',
  'councillors',
  'councillorLists',
  'wards',
  'decidedSeats',
  'reports',
  'notices',
  'switches',
  'seats',
  'mailbox',
  'secretKeys',
] as const satisfies readonly (keyof Schema)[];

function aFile() {
  const folder = mkdtempSync(join(tmpdir(), 'pennypost-test-'));
  const remove = async () => rmSync(folder, { recursive: true, force: true });
  return { databaseUrl: null, file: join(folder, 'pennypost.db'), remove };
}

async function aPostgresDatabase(serverUrl: string) {
  const databaseUrl = await createDatabase(serverUrl);
  const name = new URL(databaseUrl).pathname.slice(1);
  return { databaseUrl, file: '', remove: () => askPostgres(serverUrl, `drop database ${name} with (force)`) };
}

export function aCampaign(details: Partial<Campaign> = {}): Campaign {
  return {
    id: CAMPAIGN,
    organisation: 'Free Tibet',
    title: 'Cameras',
    links: {
      petition: 'https://example.org/petition',
      fund: 'https://example.org/fund',
      reading: 'https://example.org/reading',
      organisation: 'https://example.org',
    },
    ...details,
  };
}

/** The mail that has been due longest, taken as a worker takes it. */
export const claimOne = async (db: Database, now: Date): Promise<OutboxItem | undefined> =>
  (await claimDue(db, now, 1))[0];

/** Keeps a letter under blind indexes of its own. */
export async function keep(db: Database, letter: Letter): Promise<Letter> {
  const person = db.sealer.blind('person', letter.from.email);
  await insertLetter(db, letter, { person, fingerprint: db.sealer.blind('letter', letter.id) });
  return letter;
}

export function aSupporter(details: Partial<Supporter> = {}): Supporter {
  return {
    name: 'Ada Example',
    email: 'ada@example.org',
    address: ['1 Example Street', 'London'],
    postcode: 'SE1 2DL' as Postcode,
    ...details,
  };
}

export function aPlace(details: Partial<Place> = {}): Place {
  return {
    postcode: 'SE1 2DL' as Postcode,
    nation: 'England',
    councils: [{ code: 'E09000028', name: 'London Borough of Southwark', tier: 'unitary' }],
    ward: { code: 'E05011104', name: 'London Bridge & West Bermondsey' },
    division: null,
    constituency: { code: 'E14001085', name: 'Bermondsey and Old Southwark' },
    source: 'postcodes.io',
    ...details,
  };
}

export function anAddressee(details: Partial<Addressee> = {}): Addressee {
  return {
    id: mpId('E14001085'),
    kind: 'mp',
    name: 'Mo Member',
    office: 'MP for Bermondsey and Old Southwark',
    salutation: 'Dear Mo Member',
    contact: { by: 'email', email: 'mo.member@parliament.example', website: null },
    vacant: false,
    areaCode: 'E14001085',
    ...details,
  };
}

export function aLetterAddressee(details: Partial<LetterAddressee> = {}): LetterAddressee {
  return {
    id: mpId('E14001085'),
    kind: 'mp',
    name: 'Mo Member',
    office: 'MP for Bermondsey and Old Southwark',
    email: 'mo.member@parliament.example',
    areaCode: 'E14001085',
    opening: '',
    sharing: [],
    ...details,
  };
}

export function aLetter(details: Partial<Letter> = {}): Letter {
  return {
    id: 'letter-1',
    campaignId: CAMPAIGN,
    state: 'awaiting confirmation',
    writtenAt: NOON,
    from: aSupporter(),
    to: [aLetterAddressee()],
    place: aPlace(),
    subject: 'Cameras in Southwark',
    body: 'Dear Mo Member,\n\nPlease look into the cameras.\n\nYours sincerely,\n\nAda Example',
    templateId: 'mp',
    ownWords: 12,
    wantsNews: false,
    ...details,
  };
}

export function aDelivery(details: Partial<NewDelivery> = {}): NewDelivery {
  return {
    id: 'delivery-1',
    letterId: 'letter-1',
    to: mpId('E14001085'),
    areaCode: 'E14001085',
    state: 'queued',
    movedAt: NOON,
    ...details,
  };
}
