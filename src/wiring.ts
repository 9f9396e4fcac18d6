import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { openUpstreams, type Reachability } from './upstreams.ts';
import { addresseeFinder } from './actions/find-addressees.ts';
import { mailComposer } from './actions/compose-mail.ts';
import { letterConfirmer, letterReviewer } from './actions/confirm-letter.ts';
import { copyCounter } from './actions/count-copy.ts';
import { councilContacts } from './actions/council-contacts.ts';
import { deliverNext } from './actions/deliver-next.ts';
import { letterDrafter } from './actions/draft-letter.ts';
import { forgetOldLetters } from './actions/forget-old-letters.ts';
import { statusReader } from './actions/letter-status.ts';
import { signedLinks } from './actions/links.ts';
import { letterWriter } from './actions/write-letter.ts';
import { openCouncillors } from './councillors.ts';
import { isPracticeMode, type Config } from './config.ts';
import { choosePlace } from './domain/choose-place.ts';
import type { Log } from './log.ts';
import { openMailbox } from './mailbox.ts';
import { asEml } from './mail/eml.ts';
import { readRecords } from './records/records.ts';
import { compileLetter } from './render/letter-template.ts';
import { openMails } from './render/mails.ts';
import { openPages } from './render/pages.ts';
import { practiceSecretKey } from './secret-key.ts';
import { listen } from './server.ts';
import { ensureCampaign } from './store/campaigns.ts';
import { closeDatabase, openDatabase } from './store/database.ts';
import { sealer } from './store/seal.ts';
import { webApp } from './web/app.ts';
import { openAssets } from './web/static.ts';
import { bell, work } from './worker.ts';

export interface Pennypost {
  /** Where people open it. */
  readonly url: URL;
  /** Where it listens; behind a proxy that is another one. */
  readonly port: number;
  /** Whether the public services answer. */
  reachability(): Promise<Reachability>;
  /** Finishes the requests and the mail in hand, then closes everything. */
  close(): Promise<void>;
}

const ROOT = new URL('../', import.meta.url);
const clock = () => new Date();

/** Builds everything from the settings, serves, and works through the outbox. */
export async function wire(config: Config, log: Log): Promise<Pennypost> {
  const complain = (event: string, cause: unknown) => log.error({ event, err: cause });
  const practice = isPracticeMode(config);
  const records = readRecords(ROOT);
  const secretKey = config.secretKey ?? practiceSecretKey(config.varDir);
  const db = await openDatabase({
    databaseUrl: config.databaseUrl,
    file: join(config.varDir, 'pennypost.sqlite'),
    sealer: sealer(secretKey),
  });
  const [campaign] = records.campaigns; // many can be kept, one is shown
  if (!campaign) throw new Error('data/campaigns/ has no campaign');
  await ensureCampaign(db, campaign.id, clock());

  const warn = (event: string, detail: string) => log.warn({ event, detail });
  const upstreams = openUpstreams({ config, db, records, complain: warn, clock });
  const councillors = openCouncillors({
    config,
    db,
    records,
    examples: [],
    madeUp: practiceAddress,
    complain: warn,
    fail: complain,
    clock,
  });
  const mailbox = await openMailbox({ config, db, newId: randomUUID, clock });
  const links = signedLinks(secretKey);
  const wake = bell();

  const server = await listen(config.port, config.host);
  const publicUrl = config.publicUrl ?? new URL(`http://localhost:${server.port}`);

  const registers = { councils: records.councils, constituencies: records.constituencies };
  const draftLetter = letterDrafter({ ...records, campaignId: campaign.id, compile: compileLetter, registers, clock });
  const contactOf = councilContacts({ db, madeUp: practice ? practiceAddress : null, clock });
  const queueing = { db, links, newId: randomUUID, clock, wake: wake.ring };
  const assets = openAssets(new URL('public/', ROOT));

  server.answer(
    webApp({
      ...records,
      publicUrl,
      trustedProxies: config.trustedProxies,
      rateLimits: config.rateLimits,
      assets,
      pages: openPages(new URL('views/', ROOT), { assets: assets.base, campaign, practice }),
      findPlace: upstreams.findPlace,
      ownDirectory: upstreams.ownDirectory,
      choosePlace: (council, constituency) => choosePlace(registers, council, constituency),
      findAddressees: addresseeFinder({
        registers,
        words: records.words,
        contactOf,
        findCouncillors: councillors.find,
        seatOf: upstreams.findSeat,
        clock,
      }),
      draftLetter,
      writeLetter: letterWriter({ ...queueing, campaignId: campaign.id, draftLetter, unlimited: !config.rateLimits }),
      reviewLetter: letterReviewer(queueing),
      confirmLetter: letterConfirmer(queueing),
      statusOf: statusReader(db, links),
      positionOf: (code) => records.positions.find(({ councilCode }) => councilCode === code),
      asEml,
      countCopy: copyCounter({ db, campaignId: campaign.id, registers, clock }),
      mailbox: mailbox.reading,
      complain,
      clock,
    }),
  );

  const mails = openMails(new URL('templates/mail/', ROOT));
  const compose = mailComposer({ mails, links, campaign, publicUrl, mailFrom: config.mailFrom });
  const stop = new AbortController();
  const worker = work({
    deliverNext: () => deliverNext({ db, compose, send: mailbox.send, clock }),
    chores: () => forgetOldLetters(db, clock()),
    complain: (cause) => complain('a mail or a chore failed', cause),
    clock,
    stop: stop.signal,
    wake,
  });

  return {
    url: publicUrl,
    port: server.port,
    reachability: upstreams.reachability,
    close: async () => {
      stop.abort();
      await Promise.all([server.close(), worker, councillors.close()]);
      mailbox.close();
      await upstreams.close();
      await closeDatabase(db);
    },
  };
}

/** RFC 2606 keeps `.example` for nobody, so that practice can never reach a council. */
function practiceAddress(id: string): string {
  return `${id.replaceAll(':', '-').toLowerCase()}@practice.example`;
}
