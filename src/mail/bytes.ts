import MimeNode from 'nodemailer/lib/mime-node';
import { flowed } from './flowed.ts';
import { literally, literalName, refuseInjection, type Message } from './message.ts';

const TEXT = 'text/plain; charset=utf-8; format=flowed; delsp=no';
const HTML = 'text/html; charset=utf-8';

/** The whole mail as it goes over the wire: one flowed text (7bit, or quoted-printable), or text and HTML side by side. */
export async function bytesOf(message: Message): Promise<Buffer> {
  refuseInjection(message);
  const { id, from, replyTo, to, subject, text, html, automatic } = message;
  const root = html === undefined ? textIn(new MimeNode(TEXT), text) : alternatives(text, html);
  root.setHeader({
    From: literalName(from),
    To: literalName(to),
    Subject: literally(subject),
    'Message-ID': `<${id}>`,
  });
  if (replyTo) root.setHeader('Reply-To', literalName(replyTo));
  if (automatic) root.setHeader('Auto-Submitted', 'auto-generated');
  return root.build();
}

function alternatives(text: string, html: string): MimeNode {
  const root = new MimeNode('multipart/alternative');
  textIn(root.createChild(TEXT), text);
  root.createChild(HTML).setHeader('Content-Transfer-Encoding', 'quoted-printable').setContent(html);
  return root;
}

/** A node's own choice for texts of few Latin characters would be base64, which nobody can read in the raw. */
function textIn(node: MimeNode, text: string): MimeNode {
  const lines = flowed(text);
  if (!SEVEN_BIT.test(lines)) node.setHeader('Content-Transfer-Encoding', 'quoted-printable');
  return node.setContent(lines);
}

const SEVEN_BIT = /^[\t\r\n -~]*$/;
