import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../src/config.ts';
import { openLog, type Log } from '../src/log.ts';
import { wire, type Pennypost } from '../src/wiring.ts';
import { startParliament, type Options as ParliamentOptions } from './stand-ins/parliament.ts';
import { startPostcodesIo } from './stand-ins/postcodes-io.ts';

/** The whole of Pennypost as `npm start` builds it, on a free port, between stand-ins of the public services. */
export interface Site {
  readonly url: URL;
  readonly port: number;
  readonly postcodes: Awaited<ReturnType<typeof startPostcodesIo>>;
  readonly parliament: Awaited<ReturnType<typeof startParliament>>;
  readonly varDir: string;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Sends a form as a browser on our own page does. Redirects are not followed. */
  post(
    path: string,
    form: Record<string, string> | URLSearchParams,
    headers?: Record<string, string>,
  ): Promise<Response>;
  postJson(path: string, body: unknown): Promise<Response>;
  close(): Promise<void>;
}

export interface SiteOptions {
  readonly clock?: () => Date;
  readonly settings?: Record<string, string>;
  readonly log?: Log;
  readonly parliament?: ParliamentOptions;
}

/** What a supporter sends to have a letter sent. */
export const A_FORM = {
  postcode: 'SE1 2DL',
  to: 'mp:E14001085',
  name: 'Tenzin Example',
  email: 'tenzin@example.org',
  address: '1 Example Street\nLondon',
  subject: 'Cameras',
  body: 'I walk past these cameras every day, and I mind them.\n\nYours sincerely,',
  consent: 'yes',
};

/** Settings of a campaign that sends real mail, to this server. */
export const aRealCampaign = (smtpUrl: string) => ({
  PUBLIC_URL: 'https://write.example.org',
  SMTP_URL: smtpUrl,
  MAIL_FROM: 'letters@write.example.org',
  SECRET_KEY: 'a secret key that only the tests know',
  ORGANISERS: 'organiser@example.org',
});

export async function startSite({
  settings = {},
  parliament: seats = {},
  clock,
  log,
}: SiteOptions = {}): Promise<Site> {
  const [postcodes, parliament] = await Promise.all([startPostcodesIo(), startParliament(seats)]);
  const varDir = mkdtempSync(join(tmpdir(), 'pennypost-site-'));
  const config = readConfig({
    PORT: '0',
    VAR_DIR: varDir,
    RATE_LIMITS: 'off',
    LETTERS_AN_HOUR: '3600000',
    LETTERS_A_MINUTE: '60000',
    LOG_LEVEL: 'silent',
    POSTCODES_URL: postcodes.url.href,
    PARLIAMENT_URL: parliament.url.href,
    ...settings,
  });
  const pennypost: Pennypost = await wire(config, log ?? openLog(config.logLevel), clock);
  const at = (path: string) => new URL(path, `http://127.0.0.1:${pennypost.port}`);

  return {
    url: pennypost.url,
    port: pennypost.port,
    postcodes,
    parliament,
    varDir,
    get: (path, headers = {}) => fetch(at(path), { headers, redirect: 'manual' }),
    post: (path, form, headers = {}) =>
      fetch(at(path), {
        method: 'POST',
        body: new URLSearchParams(form),
        headers: { 'Sec-Fetch-Site': 'same-origin', ...headers },
        redirect: 'manual',
      }),
    postJson: (path, body) =>
      fetch(at(path), { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    close: async () => {
      await pennypost.close();
      await Promise.all([postcodes.close(), parliament.close()]);
      rmSync(varDir, { recursive: true, force: true });
    },
  };
}
