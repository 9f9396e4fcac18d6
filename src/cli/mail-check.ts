import { checkMail, type Sending } from '../actions/check-mail.ts';
import { isLoopback, isPracticeMode, readConfig, type Config } from '../config.ts';
import { mailRecords, type MailDns } from '../lookup/mail-records.ts';
import { bitsOf, publishedKeyOf } from '../mail/dkim-key.ts';
import { sayFindings } from './mail-check-words.ts';
import { readOptions } from './options.ts';
import { refuse, say, type Verb } from './verb.ts';

export const mailCheck: Verb = {
  words: 'mail check',
  usage: `[--server ADDRESS[:PORT]]
      Looks up SPF, DKIM, DMARC and MX of the domain that mail comes from, and says what is wrong and what to publish.
      Asks this machine's own DNS server, or the one at ADDRESS. Ends with 1 if something has to be mended, 2 if something
      could not be looked up.
`,
  async run(rest) {
    const asked = readOptions(rest, { texts: ['server'] });
    if (!asked || asked.words.length > 0) return null;
    const config = readConfig(process.env);
    if (isPracticeMode(config))
      return refuse('This is practice mode: no mail leaves the machine. Set MAIL_FROM first.\n');
    const server = asked.text('server');
    const dns = dnsAt(server);
    if (!dns) return refuse(`${server} is no internet address, such as 192.0.2.1 or 127.0.0.1:5353.\n`);

    const sending = sendingOf(config);
    const findings = await checkMail(dns, sending);
    const bounces = sending.envelope === sending.from ? '' : `, bounces to ${sending.envelope}`;
    say(`Mail from ${config.mailFrom}${bounces}, handed to ${sending.relay ?? 'this machine'}\n\n`);
    say(sayFindings(findings));
    const wrong = findings.filter(({ level }) => level === 'wrong').length;
    const unknown = findings.filter(({ level }) => level === 'unknown').length;
    say(`\n${sayEnd(wrong, unknown)}\n`);
    if (wrong > 0) return 1;
    return unknown > 0 ? 2 : 0;
  },
};

/** Null: no such address. */
function dnsAt(server: string | null): MailDns | null {
  try {
    return mailRecords({ server });
  } catch (cause) {
    if (cause instanceof TypeError || cause instanceof RangeError) return null;
    throw cause;
  }
}

function sendingOf({ mailFrom, bounceDomain, smtpUrl, dkim }: Config): Sending {
  const from = mailFrom.slice(mailFrom.lastIndexOf('@') + 1).toLowerCase();
  const relay = new URL(smtpUrl ?? '').hostname;
  return {
    from,
    envelope: bounceDomain ?? from,
    relay: isLoopback(relay) ? null : relay,
    key: dkim && {
      domain: dkim.domain,
      selector: dkim.selector,
      bits: bitsOf(dkim.key),
      ...publishedKeyOf(dkim.key),
    },
  };
}

function sayEnd(wrong: number, unknown: number): string {
  const things = (count: number) => `${count} ${count === 1 ? 'thing' : 'things'}`;
  if (wrong > 0) return `${things(wrong)} to mend.`;
  return unknown > 0 ? `${things(unknown)} could not be looked up.` : 'Nothing has to be mended.';
}
