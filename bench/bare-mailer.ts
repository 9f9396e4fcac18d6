// Bare pooled nodemailer, which ours is measured against: node bench/bare-mailer.ts SMTP_URL FILE CONNECTIONS, a line of JSON in the file being one mail.
import { readFileSync } from 'node:fs';
import { createTransport } from 'nodemailer';
import type { SendMailOptions } from 'nodemailer';

const [, , url = '', file = '', connections = '1'] = process.argv;
const mails = readFileSync(file, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as SendMailOptions);

const transport = createTransport({ url, pool: true, maxConnections: Number(connections), ignoreTLS: true });
const waiting = mails.values();
const lane = async () => {
  for (const mail of waiting) await transport.sendMail(mail);
};
await Promise.all(Array.from({ length: Number(connections) * 2 }, lane)); // so that no connection waits for us
transport.close();
