import MimeNode from 'nodemailer/lib/mime-node';
import { encode, wrap } from 'nodemailer/lib/qp';
import { flowed } from './flowed.ts';
import { mailboxHeader, textHeader } from './headers.ts';
import { refuseLineBreak, refuseMailbox, type Mailbox, type Message } from './message.ts';

type Unsent = Pick<Message, 'subject' | 'text'> & { readonly to: readonly Mailbox[] };

/**
 * A letter as a file that mail programs open as a new message, ready to send: "X-Unsent" is what Outlook and Thunderbird look for.
 * Without sender, date and Message-ID: those are the mail program's to write.
 */
export function asEml({ to, subject, text }: Unsent): string {
  to.forEach(refuseMailbox);
  refuseLineBreak('The subject', subject);
  // A root would give itself a Date and a Message-ID; a part does not.
  const part = new MimeNode('multipart/mixed').createChild('text/plain; charset=utf-8; format=flowed; delsp=no');
  part.setHeader({ 'X-Unsent': '1', 'MIME-Version': '1.0' });
  part.setHeader('Content-Transfer-Encoding', 'quoted-printable').setContent(text);
  const headers = [mailboxHeader('To', ...to), textHeader('Subject', subject), part.buildHeaders()];
  return `${headers.join('\r\n')}\r\n\r\n${wrap(encode(flowed(text)))}\r\n`;
}
