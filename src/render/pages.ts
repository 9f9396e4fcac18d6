import { readdirSync, readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import type { Campaign } from '../domain/campaign.ts';

export interface Pages {
  /** A whole HTML page. Every value is escaped where it is shown. A view that does not exist is a bug, and throws. */
  render(view: string, data: object): string;
}

/** What the layout shows on every page, whatever the view. */
export interface Everywhere {
  /** Where the files of public/ are served, with the hash of their content: "/assets/1f2e3d4c". */
  readonly assets: string;
  readonly campaign: Campaign;
  /** Whether mail goes to the practice mailbox instead of a mail server. */
  readonly practice: boolean;
  /** Whether every letter goes to the organisers instead of to its addressee. */
  readonly testing: boolean;
}

type Fill = (data: object) => string;

/**
 * Compiles every view once. A view is a Handlebars file whose first line is its <title>; `layout.hbs` goes round all of them, and
 * what lies in `partials/` can stand in any. View, layout and partials are put together before they are compiled: a page is one template,
 * and filling it takes tens of microseconds.
 */
export function openPages(folder: URL, everywhere: Everywhere): Pages {
  const compile = compiler(everywhere.assets);
  const source = (name: string): string => readFileSync(new URL(name + ENDING, folder), 'utf8');
  const layout = source('layout');
  const names = namesIn(folder).filter((name) => name !== 'layout' && !name.startsWith(PARTIALS));
  const views = new Map(names.map((name) => [name, compile(whole(source, within(layout, name, source(name))))]));

  return {
    render: (name, data) => {
      const fill = views.get(name);
      if (!fill) throw new Error(`there is no view ${name}`);
      return fill({ ...everywhere, ...data });
    },
  };
}

const ENDING = '.hbs';
const PARTIALS = 'partials/';
const TITLE = /^<title>(.*)<\/title>\n/;
const PARTIAL = /\{\{> ([\w-]+)\}\}/g;

function namesIn(folder: URL): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ENDING))
    .map((name) => name.replaceAll('\\', '/').slice(0, -ENDING.length));
}

/** The layout with a view's title and content in their places. */
function within(layout: string, name: string, view: string): string {
  const title = TITLE.exec(view)?.[1];
  if (title === undefined) throw new Error(`view ${name} does not begin with its <title>`);
  return layout.replace('{{{title}}}', () => title).replace('{{{content}}}', () => view.replace(TITLE, ''));
}

/** The source with every partial, and the partials in those, in its place. */
function whole(source: (name: string) => string, text: string): string {
  return text.replace(PARTIAL, (_, name: string) => whole(source, source(PARTIALS + name).trimEnd()));
}

function compiler(assets: string): (source: string) => Fill {
  const engine = Handlebars.create();
  engine.registerHelper('is', is);
  const options = { knownHelpers: { is: true }, knownHelpersOnly: true };
  return (source) => engine.compile(source.replaceAll('"/assets/', `"${assets}/`), options);
}

/** {{#is delivery.state "queued"}}…{{else}}…{{/is}} */
function is(this: unknown, value: unknown, wanted: unknown, options: Handlebars.HelperOptions): string {
  return value === wanted ? options.fn(this) : options.inverse(this);
}
