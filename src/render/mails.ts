import { readdirSync, readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { headAndBody } from './front-matter.ts';

/** The mails that the tool itself sends, each with a plain text and an HTML side. */
export interface Mails {
  /** Fills one mail. What a supporter typed stays text on both sides. Throws for a name without a template. */
  render(name: string, data: object): { readonly subject: string; readonly text: string; readonly html: string };
}

interface Compiled {
  readonly subject: HandlebarsTemplateDelegate;
  readonly text: HandlebarsTemplateDelegate;
  readonly html: HandlebarsTemplateDelegate;
}

const TEXT_ENDING = '.txt.hbs';

/** Reads `<name>.txt.hbs` ("Subject: …", a blank line, the text) and `<name>.html.hbs` from a folder, once. */
export function openMails(folder: URL): Mails {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith(TEXT_ENDING))
    .map((file) => file.slice(0, -TEXT_ENDING.length));
  const compiled = new Map(names.map((name) => [name, compile(folder, name)]));

  return {
    render: (name, data) => {
      const mail = compiled.get(name);
      if (!mail) throw new Error(`there is no mail called ${name}`);
      return { subject: oneLine(mail.subject(data)), text: mail.text(data), html: mail.html(data) };
    },
  };
}

function compile(folder: URL, name: string): Compiled {
  const { head, body } = headAndBody(readFileSync(new URL(`${name}${TEXT_ENDING}`, folder), 'utf8'));
  const html = readFileSync(new URL(`${name}.html.hbs`, folder), 'utf8');
  const plain = { noEscape: true, strict: true };
  return {
    subject: Handlebars.compile(head.get('subject') ?? '', plain),
    text: Handlebars.compile(body, plain),
    html: Handlebars.compile(html, { strict: true }),
  };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
