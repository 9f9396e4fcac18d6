import MimeNode from 'nodemailer/lib/mime-node';
import { flowed } from './flowed.ts';
import { refuseInjection, type Message } from './message.ts';

const TEXT = 'text/plain; charset=utf-8; format=flowed; delsp=no';
const HTML = 'text/html; charset=utf-8';

/** The whole mail as it goes over the wire: one flowed text (7bit, or quoted-printable), or text and HTML side by side. */
export async function bytesOf(message: Message): Promise<Buffer> {
  refuseInjection(message);
  const root =
    message.html === undefined ? text(new MimeNode(TEXT), message.text) : alternatives(message, message.html);
  root.setHeader({ From: message.from, To: message.to, Subject: message.subject, 'Message-ID': `<${message.id}>` });
  if (message.replyTo) root.setHeader('Reply-To', message.replyTo);
  if (message.automatic) root.setHeader('Auto-Submitted', 'auto-generated');
  return root.build();
}

function alternatives(message: Message, html: string): MimeNode {
  const root = new MimeNode('multipart/alternative');
  text(root.createChild(TEXT), message.text);
  root.createChild(HTML).setHeader('Content-Transfer-Encoding', 'quoted-printable').setContent(html);
  return root;
}

/** A node's own choice for letters of few Latin characters would be base64, which nobody can read in the raw. */
function text(node: MimeNode, content: string): MimeNode {
  const lines = flowed(content);
  if (!SEVEN_BIT.test(lines)) node.setHeader('Content-Transfer-Encoding', 'quoted-printable');
  return node.setContent(lines);
}

const SEVEN_BIT = /^[\t\r\n -~]*$/;
