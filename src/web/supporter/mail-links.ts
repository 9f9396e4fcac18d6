/** A link that opens a message in a mail program. */
export interface MailLink {
  readonly url: string;
  /** False when the letter is too long for a link, which then carries address and subject alone. */
  readonly whole: boolean;
}

interface Mail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly body: string;
}

/** Longer addresses are cut or refused: by Windows when it opens a mail program at about 2,000 characters. */
export const LONGEST_URL = 1_900;

/**
 * A mailto link as RFC 6068 has it: commas between addresses, line breaks as %0D%0A, and %20, never "+", for a space.
 * https://www.rfc-editor.org/rfc/rfc6068
 */
export function mailtoLink(mail: Mail): MailLink {
  return shortEnough(
    mail,
    ({ to, subject, body }) => `mailto:${to.map(mailboxInUrl).join(',')}?${fields({ subject, body })}`,
  );
}

/** The compose window of Gmail. Its address is not documented, but has stood since 2010. */
export function gmailLink(mail: Mail): MailLink {
  return shortEnough(mail, ({ to, subject, body }) => {
    return `https://mail.google.com/mail/?view=cm&fs=1&${fields({ to: to.join(','), su: subject, body })}`;
  });
}

/** The compose window of Outlook on the web. */
export function outlookLink(mail: Mail): MailLink {
  return shortEnough(mail, ({ to, subject, body }) => {
    return `https://outlook.live.com/mail/0/deeplink/compose?${fields({ to: to.join(','), subject, body })}`;
  });
}

function shortEnough(mail: Mail, urlOf: (mail: Mail) => string): MailLink {
  const whole = urlOf(mail);
  if (whole.length <= LONGEST_URL) return { url: whole, whole: true };
  return { url: urlOf({ ...mail, body: '' }), whole: false };
}

function fields(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed().replace(/\r\n?|\n/g, '\r\n'))}`)
    .join('&');
}

/** The @ stays as it is; everything else that could end the address or begin a field is encoded. */
function mailboxInUrl(mailbox: string): string {
  return encodeURIComponent(mailbox).replace(/%40/g, '@');
}
