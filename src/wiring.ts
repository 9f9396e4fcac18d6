import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { openUpstreams, type Reachability } from './upstreams.ts';
import { addresseeFinder } from './actions/find-addressees.ts';
import { letterConfirmer, letterReviewer } from './actions/confirm-letter.ts';
import { copyCounter } from './actions/count-copy.ts';
import { placeCorrecter } from './actions/correct-place.ts';
import { councilContacts } from './actions/council-contacts.ts';
import { dataDeleter } from './actions/delete-my-data.ts';
import { letterDrafter } from './actions/draft-letter.ts';
import { statusReader } from './actions/letter-status.ts';
import { signedLinks } from './actions/links.ts';
import { switchReader } from './actions/read-switches.ts';
import { replyNoter } from './actions/note-replies.ts';
import { contactReporter } from './actions/report-contact.ts';
import { goneFinder } from './actions/who-is-gone.ts';
import { letterWithdrawals } from './actions/withdraw-letter.ts';
import { letterWriter } from './actions/write-letter.ts';
import { openCouncillors } from './councillors.ts';
import { isPracticeMode, type Config } from './config.ts';
import { choosePlace } from './domain/choose-place.ts';
import { londonDay } from './domain/london-time.ts';
import type { Log } from './log.ts';
import { openMailbox } from './mailbox.ts';
import { asEml } from './mail/eml.ts';
import { goRounds, openMpRounds, roundTeller } from './mp-rounds.ts';
import { practiceAddress } from './practice-address.ts';
import { readRecords } from './records/records.ts';
import { compileLetter } from './render/letter-template.ts';
import { openMails } from './render/mails.ts';
import { openPages } from './render/pages.ts';
import { openReturns } from './returns.ts';
import { openSending } from './sending.ts';
import { secretKeysOf } from './secret-key.ts';
import { listen } from './server.ts';
import { ensureCampaign } from './store/campaigns.ts';
import { closeDatabase, openDatabase } from './store/database.ts';
import { noteKey } from './store/secret-keys.ts';
import { countUnseen } from './store/notices.ts';
import { sealer } from './store/seal.ts';
import { webApp } from './web/app.ts';
import { openAssets } from './web/static.ts';
import { bell } from './worker.ts';

export interface Pennypost {
  /** Where people open it. */
  readonly url: URL;
  /** Where it listens; behind a proxy that is another one. */
  readonly port: number;
  /** How many notices nobody had seen when it started. */
  readonly unseen: number;
  /** Whether the public services answer. */
  reachability(): Promise<Reachability>;
  /** Finishes the requests and the mail in hand, then closes everything. */
  close(): Promise<void>;
}

const ROOT = new URL('../', import.meta.url);
const time = () => new Date();

/** Builds everything from the settings, serves, and works through the outbox. Another clock than the time is for rehearsals. */
export async function wire(config: Config, log: Log, clock: () => Date = time): Promise<Pennypost> {
  const complain = (event: string, cause: unknown) => log.error({ event, err: cause });
  const practice = isPracticeMode(config);
  const records = readRecords(ROOT);
  const secretKeys = secretKeysOf(config);
  const db = await openDatabase({
    databaseUrl: config.databaseUrl,
    file: join(config.varDir, 'pennypost.sqlite'),
    sealer: sealer(...secretKeys),
  });
  const [campaign] = records.campaigns; // many can be kept, one is shown
  if (!campaign) throw new Error('data/campaigns/ has no campaign');
  await ensureCampaign(db, campaign.id, clock());
  await noteKey(db, clock());
  const unseen = await countUnseen(db);

  const warn = (event: string, detail: string) => log.warn({ event, detail });
  const upstreams = openUpstreams({ config, db, records, complain: warn, clock });
  const examples = practice ? records.examples.councillors : [];
  const councillors = openCouncillors({
    config,
    db,
    records,
    examples,
    complain: warn,
    fail: complain,
    clock,
  });
  const mailbox = await openMailbox({ config, db, newId: randomUUID, clock });
  const links = signedLinks(...secretKeys);
  const wake = bell();

  const server = await listen(config.port, config.host);
  const publicUrl = config.publicUrl ?? new URL(`http://localhost:${server.port}`);

  const registers = { councils: records.councils, constituencies: records.constituencies };
  const draftLetter = letterDrafter({ ...records, campaignId: campaign.id, compile: compileLetter, registers, clock });
  const contactOf = councilContacts({ db, madeUp: practice ? practiceAddress : null, clock });
  const switches = switchReader(db, clock);
  const whoIsGone = goneFinder({ db, councils: records.councils, switches, clock });
  const queueing = { db, links, newId: randomUUID, clock, wake: wake.ring };
  const assets = openAssets(new URL('public/', ROOT));

  server.answer(
    webApp({
      ...records,
      publicUrl,
      trustedProxies: config.trustedProxies,
      rateLimits: config.rateLimits,
      assets,
      pages: openPages(new URL('views/', ROOT), {
        assets: assets.base,
        campaign,
        practice,
        testing: config.testLettersTo !== null,
      }),
      findPlace: upstreams.findPlace,
      ownDirectory: upstreams.ownDirectory,
      correctPlace: placeCorrecter({ registers, wardsOf: councillors.wardsOf, clock }),
      wardsOf: councillors.wardsOf,
      choosePlace: (council, constituency) => choosePlace(registers, council, constituency, londonDay(clock())),
      findAddressees: addresseeFinder({
        registers,
        words: records.words,
        contactOf,
        findCouncillors: councillors.find,
        seatOf: upstreams.findSeat,
        switches,
        clock,
      }),
      draftLetter,
      writeLetter: letterWriter({ ...queueing, campaignId: campaign.id, draftLetter, unlimited: !config.rateLimits }),
      reviewLetter: letterReviewer({ ...queueing, whoIsGone }),
      confirmLetter: letterConfirmer({ ...queueing, whoIsGone }),
      statusOf: statusReader(db, links),
      noteReplies: replyNoter({ db, links, clock }),
      deleteMyData: dataDeleter({ db, links, clock }),
      withdrawals: letterWithdrawals({ db, links, clock }),
      positionOf: (code) => records.positions.find(({ councilCode }) => councilCode === code),
      reportContact: contactReporter({ db, registers, examples, newId: randomUUID, clock }),
      asEml,
      countCopy: copyCounter({ db, campaignId: campaign.id, registers, clock }),
      mailbox: mailbox.reading,
      complain,
      switches,
      clock,
    }),
  );

  const { send, forward } = mailbox;
  const mails = openMails(new URL('templates/mail/', ROOT));
  const returns = await openReturns({ forward, config, secretKeys, db, mails, campaign, publicUrl, log, clock });

  const stop = new AbortController();
  const sending = openSending({
    ...queueing,
    config,
    campaign,
    publicUrl,
    send,
    mails,
    words: records.words,
    returnPathFor: returns.returnPathFor,
    tell: warn,
    whoIsGone,
    bell: wake,
    complain: (cause) => complain('a mail or a chore failed', cause),
    stop: stop.signal,
  });

  const rounds = openMpRounds({ config, db, constituencies: records.constituencies.all, clock });
  const going = goRounds({
    db,
    refresh: rounds.refresh,
    switches,
    clock,
    stop: stop.signal,
    tell: roundTeller(log, practice),
    complain: (cause) => complain('a round over all seats failed', cause),
  });

  return {
    url: publicUrl,
    port: server.port,
    unseen,
    reachability: upstreams.reachability,
    close: async () => {
      stop.abort();
      await Promise.all([server.close(), sending, going, returns.close(), councillors.close()]);
      mailbox.close();
      await Promise.all([upstreams.close(), rounds.close()]);
      await closeDatabase(db);
    },
  };
}
