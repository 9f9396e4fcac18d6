import MimeNode from 'nodemailer/lib/mime-node';
import { flowed } from './flowed.ts';
import { mailboxHeader, textHeader } from './headers.ts';
import { refuseInjection, type Message } from './message.ts';

const TEXT = 'text/plain; charset=utf-8; format=flowed; delsp=no';
const HTML = 'text/html; charset=utf-8';

/**
 * The whole mail as it goes over the wire, in ASCII, each line ended by CR LF: one flowed text (7bit, or quoted-printable),
 * or text and HTML side by side.
 */
export async function bytesOf(message: Message): Promise<Buffer> {
  refuseInjection(message);
  const { id, text, html } = message;
  const root = html === undefined ? textIn(new MimeNode(TEXT), text) : alternatives(text, html);
  root.setHeader('Message-ID', `<${id}>`);
  return Buffer.concat([Buffer.from(headersOf(message).join('')), await root.build()]);
}

/** Those that a node would not fold, or would not write so that they are read back as they are. */
function headersOf({ from, replyTo, to, subject, automatic, unsubscribe, oneClick }: Message): readonly string[] {
  return [
    mailboxHeader('From', from),
    ...(replyTo ? [mailboxHeader('Reply-To', replyTo)] : []),
    mailboxHeader('To', to),
    textHeader('Subject', subject),
    ...(automatic ? ['Auto-Submitted: auto-generated'] : []),
    ...(unsubscribe ? [`List-Unsubscribe: <${unsubscribe.href}>`] : []),
    ...(unsubscribe?.protocol === 'https:' && oneClick ? ['List-Unsubscribe-Post: List-Unsubscribe=One-Click'] : []),
  ].map((header) => `${header}\r\n`);
}

function alternatives(text: string, html: string): MimeNode {
  const root = new MimeNode('multipart/alternative');
  textIn(root.createChild(TEXT), text);
  const lines = html.replace(/\r\n?|\n/g, '\r\n');
  root.createChild(HTML).setHeader('Content-Transfer-Encoding', 'quoted-printable').setContent(lines);
  return root;
}

/** A node's own choice for texts of few Latin characters would be base64, which nobody can read in the raw. */
function textIn(node: MimeNode, text: string): MimeNode {
  const lines = flowed(text);
  const plain = lines.split('\r\n').every((line) => SEVEN_BIT.test(line));
  return node.setHeader('Content-Transfer-Encoding', plain ? '7bit' : 'quoted-printable').setContent(lines);
}

/** A line that is written as it is. */
const SEVEN_BIT = /^[\t -~]{0,76}$/;
