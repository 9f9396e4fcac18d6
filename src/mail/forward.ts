import MimeNode from 'nodemailer/lib/mime-node';
import { flowed } from './flowed.ts';
import { mailboxHeader, textHeader } from './headers.ts';
import { refuseInjection, type Message } from './message.ts';

/** On every mail that we forward. One that comes back with it has gone round (RFC 3834 tells machines not to answer, and not all obey). */
export const LOOP_MARK = { name: 'x-loop', value: 'pennypost' } as const;

/**
 * Somebody's mail inside one of ours, byte for byte and unread, as an attachment that mail programs open. In front stands what we say about it.
 * It is to be sent from nobody ("<>"), so that no server ever answers it.
 */
export async function forwardOf(message: Message, arrived: Buffer): Promise<Buffer> {
  refuseInjection(message);
  const { id, from, replyTo, to, subject, text, html } = message;
  const root = new MimeNode('multipart/mixed');
  const ours = root.createChild('multipart/alternative');
  printable(ours.createChild('text/plain; charset=utf-8; format=flowed; delsp=no')).setContent(flowed(text));
  if (html !== undefined) printable(ours.createChild('text/html; charset=utf-8')).setContent(html);
  root.createChild('message/rfc822').setContent(arrived);
  root.setHeader({ 'Message-ID': `<${id}>`, 'Auto-Submitted': 'auto-generated', 'X-Loop': LOOP_MARK.value });
  const names = [
    mailboxHeader('From', from),
    ...(replyTo ? [mailboxHeader('Reply-To', replyTo)] : []),
    mailboxHeader('To', to),
    textHeader('Subject', subject),
  ];
  return Buffer.concat([Buffer.from(names.map((header) => `${header}\r\n`).join('')), await root.build()]);
}

function printable(node: MimeNode): MimeNode {
  return node.setHeader('Content-Transfer-Encoding', 'quoted-printable');
}
