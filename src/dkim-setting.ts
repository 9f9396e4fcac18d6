import { readFileSync } from 'node:fs';
import { isWithin, siteOf } from './domain/site.ts';
import { readDkimKey, type DkimKey } from './mail/dkim-key.ts';

interface Settings {
  readonly DKIM_DOMAIN?: string | undefined;
  readonly DKIM_SELECTOR?: string | undefined;
  readonly DKIM_KEY_FILE?: string | undefined;
}

const NAMES = ['DKIM_DOMAIN', 'DKIM_SELECTOR', 'DKIM_KEY_FILE'] as const;

const KEY_PROBLEMS = {
  'not-a-key': 'holds no private key in PEM, or one that is locked with a password',
  'another-kind': 'holds a key that is neither RSA nor Ed25519',
  'too-short': 'holds an RSA key under 1024 bits, which nobody believes: make one of 2048',
} as const;

/** Whose signature goes on each mail; null: nobody's. `wrong` takes a sentence for each setting that is wrong. */
export function readDkimSettings(
  settings: Settings,
  mailFrom: string,
  wrong: (sentence: string) => void,
): DkimKey | null {
  const missing = NAMES.filter((name) => settings[name] === undefined);
  if (missing.length === NAMES.length) return null;
  for (const name of missing) wrong(`${name} is missing: ${NAMES.join(', ')} go together`);

  const { DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_KEY_FILE: file } = settings;
  if (domain !== undefined && !vouchesFor(domain, mailFrom))
    wrong('DKIM_DOMAIN is neither the domain of MAIL_FROM nor one above it, so the signature would count for nothing');
  const key = file === undefined ? null : readKeyFile(file, wrong);
  return domain === undefined || selector === undefined || key === null ? null : { domain, selector, key };
}

/** A signature counts for what comes from its own domain or from below it, where both are one organisation's (RFC 9989, 4.4). */
function vouchesFor(domain: string, mailFrom: string): boolean {
  const sender = mailFrom.slice(mailFrom.lastIndexOf('@') + 1).toLowerCase();
  return domain.includes('.') && isWithin(sender, domain) && isWithin(domain, siteOf(sender));
}

function readKeyFile(file: string, wrong: (sentence: string) => void): DkimKey['key'] | null {
  const pem = textOf(file);
  if (pem === null) {
    wrong('DKIM_KEY_FILE cannot be read: there is no such file, or it belongs to somebody else');
    return null;
  }
  const key = readDkimKey(pem);
  if (!key.ok) wrong(`DKIM_KEY_FILE ${KEY_PROBLEMS[key.error]}`);
  return key.ok ? key.value : null;
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null; // its own words would name the file, which is a setting's value
  }
}
