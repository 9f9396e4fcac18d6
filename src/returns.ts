import type { ReturnPathFor } from './actions/compose-mail.ts';
import { returnFollower, type FollowReturn } from './actions/follow-return.ts';
import { returnKeeper } from './actions/note-return.ts';
import { returnReceiver, type ReceiveReturn } from './actions/receive-return.ts';
import { signedReturnPaths, type ReturnPaths } from './actions/return-path.ts';
import type { Config } from './config.ts';
import type { Campaign } from './domain/campaign.ts';
import type { SecretKeys } from './domain/secret-keys.ts';
import type { Log } from './log.ts';
import type { ArrivedMail } from './mail/read-return.ts';
import type { ForwardMail } from './mail/transport.ts';
import type { Mails } from './render/mails.ts';
import type { Database } from './store/database.ts';

/** Dealing with the mail that comes back. */
export interface ReturnDesk {
  readonly paths: ReturnPaths;
  readonly receive: ReceiveReturn;
}

interface Needs {
  readonly config: Pick<Config, 'mailFrom' | 'testLettersTo'>;
  /** Where mail comes back: BOUNCE_DOMAIN. */
  readonly domain: string;
  readonly secretKeys: SecretKeys;
  readonly db: Database;
  readonly forward: ForwardMail;
  readonly mails: Mails;
  readonly campaign: Campaign;
  readonly publicUrl: URL;
  /** What follows for the delivery, in the transaction that notes the mail; left out: what does in earnest. */
  readonly follow?: FollowReturn;
  readonly clock: () => Date;
}

export function openReturnDesk({
  config,
  domain,
  secretKeys,
  follow = returnFollower({ chance: Math.random }),
  clock,
  ...needs
}: Needs): ReturnDesk {
  const paths = signedReturnPaths(secretKeys, domain);
  const returns = returnKeeper({ ...needs, follow, mailFrom: config.mailFrom, testing: config.testLettersTo !== null });
  return {
    paths,
    receive: returnReceiver({ returns, read: readOnDemand, isReturnPath: paths.isReturnPath, clock }),
  };
}

/** A parser of mail is a large thing, and days pass without a bounce. */
async function readOnDemand(mail: ArrivedMail) {
  const { readReturn } = await import('./mail/read-return.ts');
  return readReturn(mail);
}

interface Opening extends Omit<Needs, 'config' | 'domain' | 'follow'> {
  readonly config: Config;
  readonly log: Log;
}

/** Return paths, and the listener for what comes back to them; neither where the settings name no domain for it. */
export async function openReturns({ config, log, ...needs }: Opening): Promise<{
  readonly returnPathFor: ReturnPathFor | undefined;
  close(): Promise<void>;
}> {
  if (config.bounceDomain === null) return { returnPathFor: undefined, close: async () => {} };
  const { clock } = needs;
  const desk = openReturnDesk({ ...needs, config, domain: config.bounceDomain });
  // Whoever only serves leaves what comes back to a process that works.
  const bounceSmtpPort = config.role === 'serve' ? null : config.bounceSmtpPort;
  const listener = await listenWhereAsked({ config: { ...config, bounceSmtpPort }, desk, log, clock });
  return {
    returnPathFor: (deliveryId, attempt) => desk.paths.returnPathFor(deliveryId, attempt, clock()),
    close: listener.close,
  };
}

interface Listening {
  readonly config: Pick<Config, 'bounceDomain' | 'bounceSmtpPort' | 'bounceSmtpHost'>;
  readonly desk: ReturnDesk;
  readonly log: Log;
  readonly clock: () => Date;
}

/** Opens the listener where the settings name a port for it. */
export async function listenWhereAsked({
  config,
  desk,
  log,
  clock,
}: Listening): Promise<{ readonly port: number | null; close(): Promise<void> }> {
  const { bounceDomain, bounceSmtpPort, bounceSmtpHost } = config;
  if (bounceDomain === null || bounceSmtpPort === null) return { port: null, close: async () => {} };
  const { listenForReturns } = await import('./mail/returns-listener.ts');
  return listenForReturns({
    port: bounceSmtpPort,
    host: bounceSmtpHost,
    name: `pennypost.${bounceDomain}`,
    attemptIn: (address) => desk.paths.attemptIn(address, clock()),
    receive: desk.receive,
    note: (event, what) => log.info({ event, ...what }),
    complain: (cause) => log.error({ event: 'a mail that came back could not be dealt with', err: cause }),
  });
}
