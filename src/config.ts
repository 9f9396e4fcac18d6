import { z } from 'zod';
import { readDkimSettings } from './dkim-setting.ts';
import type { Pace } from './domain/pace.ts';
import { hoursIn, type HoursOfTheDay } from './domain/sending-hours.ts';
import type { DkimKey } from './mail/dkim-key.ts';

const address = z.email({ error: 'is not an email address' });
const origin = z.url({ protocol: /^https?$/, error: 'is not an http(s) address' }).transform((text) => new URL(text));

const count = z.coerce
  .number({ error: 'is not a number' })
  .int({ error: 'is not a whole number' })
  .min(1, { error: 'is less than 1' });

const secretKey = z.string().min(32, { error: 'is shorter than 32 characters' });

const hours = z.string().transform((text, context): HoursOfTheDay => {
  const read = hoursIn(text);
  if (read) return read;
  context.addIssue({ code: 'custom', message: 'is not like "08:00-20:00"' });
  return z.NEVER;
});

/** Compose files and shells set what they do not mean to "": that is not set. */
const unlessEmpty = (environment: NodeJS.ProcessEnv) =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));

const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const hostName = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(new RegExp(`^${label}(\\.${label})*$`), { error: 'is not a name in the DNS' });

const Environment = z.object({
  PORT: z.coerce.number({ error: 'is not a number' }).int().min(0).max(65_535).default(3000),
  HOST: z.string().optional(),
  PUBLIC_URL: origin.optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'is not a postgres:// address' }).optional(),
  VAR_DIR: z.string().default('./var'),
  SECRET_KEY: secretKey.optional(),
  OLD_SECRET_KEYS: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((key) => key.trim())
        .filter(Boolean),
    )
    .pipe(z.array(secretKey))
    .optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'is not an smtp:// or smtps:// address' }).optional(),
  MAIL_FROM: address.optional(),
  BOUNCE_DOMAIN: hostName.optional(),
  BOUNCE_SMTP_PORT: z.coerce.number({ error: 'is not a number' }).int().min(0).max(65_535).optional(),
  BOUNCE_SMTP_HOST: z.string().default('127.0.0.1'),
  DKIM_DOMAIN: hostName.optional(),
  DKIM_SELECTOR: hostName.optional(),
  DKIM_KEY_FILE: z.string().optional(),
  TEST_LETTERS_TO: address.optional(),
  LETTERS_AN_HOUR: count.default(30),
  LETTERS_A_MINUTE: count.default(60),
  CONNECTIONS_TO_ONE_DOMAIN: count.default(2),
  SENDING_HOURS: hours.optional(),
  ORGANISERS: z
    .string()
    .transform((text) => text.split(/[\s,;]+/).filter(Boolean))
    .pipe(z.array(address))
    .optional(),
  POSTCODES_URL: origin.default(new URL('https://api.postcodes.io')),
  PARLIAMENT_URL: origin.default(new URL('https://members-api.parliament.uk')),
  GOVUK_URL: origin.default(new URL('https://www.gov.uk')),
  MODERNGOV_URL: origin.optional(),
  TRUSTED_PROXIES: z.string().default('loopback'),
  RATE_LIMITS: z
    .enum(['on', 'off'], { error: 'is neither "on" nor "off"' })
    .transform((word) => word === 'on')
    .default(true),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], { error: 'is not a level of the log' })
    .default('info'),
});

/** Settings without which nothing may leave the machine. Naming any of the telling ones means a real campaign, which needs all. */
const CAMPAIGN_SETTINGS = ['PUBLIC_URL', 'SMTP_URL', 'MAIL_FROM', 'SECRET_KEY', 'ORGANISERS'] as const;
const TELLING_SETTINGS = ['SMTP_URL', 'MAIL_FROM', 'ORGANISERS'] as const;

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Null when not set: the address it listens on. */
  readonly publicUrl: URL | null;
  readonly databaseUrl: string | null;
  readonly varDir: string;
  /** Null in practice mode when none is set: one is made in `varDir`. */
  readonly secretKey: string | null;
  /** Those before it, the latest first: what was made with one of them is still known. */
  readonly oldSecretKeys: readonly string[];
  /** Null in practice mode: mail stays in our own mailbox. */
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** Where mail that comes back is addressed to; null: `mailFrom`, where nobody of us reads it. */
  readonly bounceDomain: string | null;
  /** Where we listen for it ourselves; null: another mail server hands it over. */
  readonly bounceSmtpPort: number | null;
  readonly bounceSmtpHost: string;
  /** Null: nothing is signed here. */
  readonly dkim: DkimKey | null;
  /** Where every letter goes instead of to its addressee, in test mode; null: nothing is a test. */
  readonly testLettersTo: string | null;
  readonly pace: Pace;
  readonly organisers: readonly string[];
  readonly postcodesUrl: URL;
  readonly parliamentUrl: URL;
  /** One server that stands in for every council's own ModernGov, for rehearsals; null: each its own. */
  readonly moderngovUrl: URL | null;
  readonly trustedProxies: string;
  readonly rateLimits: boolean;
  readonly logLevel: string;
}

/** Where letters come from in practice mode; `.example` can never be anybody's address (RFC 2606). */
const PRACTICE_SENDER = 'letters@pennypost.example';

/** Reads the environment once, at start-up. Throws one error that names every setting that is wrong or missing, and none of their values. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = Environment.safeParse(unlessEmpty(environment));
  if (!parsed.success)
    throw new SettingsError(parsed.error.issues.map(({ path, message }) => `${path[0]?.toString() ?? ''} ${message}`));

  const settings = parsed.data;
  if (settings.BOUNCE_SMTP_PORT !== undefined && settings.BOUNCE_DOMAIN === undefined)
    throw new SettingsError(['BOUNCE_DOMAIN is missing: without it no mail comes back to BOUNCE_SMTP_PORT']);
  const practice = isPractice(settings);
  const missing = practice ? [] : CAMPAIGN_SETTINGS.filter((name) => settings[name] === undefined);
  if (missing.length > 0)
    throw new SettingsError(missing.map((name) => `${name} is missing: a campaign that sends real mail needs it`));

  const mailFrom = settings.MAIL_FROM ?? PRACTICE_SENDER;
  const wrong: string[] = [];
  const dkim = readDkimSettings(settings, mailFrom, (sentence) => wrong.push(sentence));
  if (wrong.length > 0) throw new SettingsError(wrong);

  return {
    port: settings.PORT,
    host: settings.HOST ?? (practice ? '127.0.0.1' : '0.0.0.0'),
    publicUrl: settings.PUBLIC_URL ?? null,
    databaseUrl: settings.DATABASE_URL ?? null,
    varDir: settings.VAR_DIR,
    secretKey: settings.SECRET_KEY ?? null,
    oldSecretKeys: settings.OLD_SECRET_KEYS ?? [],
    smtpUrl: settings.SMTP_URL ?? null,
    mailFrom,
    bounceDomain: settings.BOUNCE_DOMAIN ?? null,
    bounceSmtpPort: settings.BOUNCE_SMTP_PORT ?? null,
    bounceSmtpHost: settings.BOUNCE_SMTP_HOST,
    dkim,
    testLettersTo: settings.TEST_LETTERS_TO ?? null,
    pace: {
      lettersAnHour: settings.LETTERS_AN_HOUR,
      lettersAMinute: settings.LETTERS_A_MINUTE,
      connections: settings.CONNECTIONS_TO_ONE_DOMAIN,
      hours: settings.SENDING_HOURS ?? null,
    },
    organisers: settings.ORGANISERS ?? [],
    postcodesUrl: settings.POSTCODES_URL,
    parliamentUrl: settings.PARLIAMENT_URL,
    moderngovUrl: settings.MODERNGOV_URL ?? null,
    trustedProxies: settings.TRUSTED_PROXIES,
    rateLimits: settings.RATE_LIMITS,
    logLevel: settings.LOG_LEVEL,
  };
}

export function isPracticeMode(config: Pick<Config, 'smtpUrl'>): boolean {
  return config.smtpUrl === null;
}

/** Everything that is wrong with the settings, in one message. */
export class SettingsError extends Error {
  constructor(problems: readonly string[]) {
    super(`Pennypost cannot start with these settings:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

/** A practice mailbox shows everybody's letters to whoever can open it, so a public address is never practice. */
function isPractice(settings: z.infer<typeof Environment>): boolean {
  const isPublic = settings.PUBLIC_URL !== undefined && !isLoopback(settings.PUBLIC_URL.hostname);
  return !isPublic && TELLING_SETTINGS.every((name) => settings[name] === undefined);
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}
