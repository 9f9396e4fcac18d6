import { z } from 'zod';
import { hoursIn, type HoursOfTheDay } from './domain/sending-hours.ts';

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

const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const hostName = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(new RegExp(`^${label}(\\.${label})*$`), { error: 'is not a name in the DNS' });

/** The environment, setting by setting: what each may be, and what it is when it is not set. */
export const Environment = z.object({
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
  MODERNGOV_URL: origin.optional(),
  TRUSTED_PROXIES: z.string().default('loopback'),
  RATE_LIMITS: z
    .enum(['on', 'off'], { error: 'is neither "on" nor "off"' })
    .transform((word) => word === 'on')
    .default(true),
  PENNYPOST_ROLE: z
    .enum(['serve', 'work', 'both'], { error: 'is neither "serve" nor "work" nor "both"' })
    .default('both'),
  METRICS_TOKEN: z.string().min(16, { error: 'is shorter than 16 characters' }).optional(),
  ALARM_TO: address.optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], { error: 'is not a level of the log' })
    .default('info'),
});

export type Settings = z.infer<typeof Environment>;

/** Compose files and shells set what they do not mean to "": that is not set. */
export const unlessEmpty = (environment: NodeJS.ProcessEnv) =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
