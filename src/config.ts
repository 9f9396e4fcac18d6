import { readDkimSettings } from './dkim-setting.ts';
import type { Pace } from './domain/pace.ts';
import { Environment, unlessEmpty, type Settings } from './environment.ts';
import type { DkimKey } from './mail/dkim-key.ts';

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
  /** Whether this process answers people, sends their mail, or both. */
  readonly role: 'serve' | 'work' | 'both';
  /** Who names it may read /metrics; null: nobody may. */
  readonly metricsToken: string | null;
  /** Who is told by mail that letters are late or come back; null: the log alone says so. */
  readonly alarmTo: string | null;
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
  if (settings.PENNYPOST_ROLE === 'work' && settings.PUBLIC_URL === undefined)
    throw new SettingsError(['PUBLIC_URL is missing: mails name the pages, and a process that only works has none']);

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
    role: settings.PENNYPOST_ROLE,
    metricsToken: settings.METRICS_TOKEN ?? null,
    alarmTo: settings.ALARM_TO ?? null,
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
function isPractice(settings: Settings): boolean {
  const isPublic = settings.PUBLIC_URL !== undefined && !isLoopback(settings.PUBLIC_URL.hostname);
  return !isPublic && TELLING_SETTINGS.every((name) => settings[name] === undefined);
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}
