import MimeNode from 'nodemailer/lib/mime-node';
import { encode, wrap } from 'nodemailer/lib/qp';
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
  const headers = headersOf(message).join('');
  if (html === undefined) return Buffer.from(`${headers}${oneText(id, text)}`);
  const root = alternatives(text, html).setHeader('Message-ID', `<${id}>`);
  return Buffer.concat([Buffer.from(headers), await root.build()]);
}

/** A letter is one text and nothing else: what a node would make of it, without the streams that it builds through. */
function oneText(id: string, text: string): string {
  const lines = flowed(text);
  const encoding = encodingOf(lines);
  const root = new MimeNode(TEXT, NO_PARTS).setHeader({
    'Content-Transfer-Encoding': encoding,
    'Message-ID': `<${id}>`,
  });
  return `${root.buildHeaders()}\r\n\r\n${encoding === '7bit' ? lines : wrap(encode(lines))}\r\n`;
}

/** Spares the chance that would go into a boundary. */
const NO_PARTS = { baseBoundary: 'none' };

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
  const plain = flowed(text);
  root.createChild(TEXT).setHeader('Content-Transfer-Encoding', encodingOf(plain)).setContent(plain);
  const lines = html.replace(/\r\n?|\n/g, '\r\n');
  root.createChild(HTML).setHeader('Content-Transfer-Encoding', 'quoted-printable').setContent(lines);
  return root;
}

/** A node's own choice for texts of few Latin characters would be base64, which nobody can read in the raw. */
function encodingOf(lines: string): '7bit' | 'quoted-printable' {
  return SEVEN_BIT.test(lines) ? '7bit' : 'quoted-printable';
}

/** Lines that are written as they are. */
const SEVEN_BIT = /^[\t -~]{0,76}(\r\n[\t -~]{0,76})*$/;
