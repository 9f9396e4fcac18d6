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
}

type Fill = (data: object) => string;

interface View {
  readonly title: Fill;
  readonly content: Fill;
}

/**
 * Compiles every view once. A view is a Handlebars file whose first line is its <title>;
 * `layout.hbs` goes round all of them, and what lies in `partials/` can be used by any.
 */
export function openPages(folder: URL, everywhere: Everywhere): Pages {
  const compile = compiler(folder, everywhere.assets);
  const layout = compile(sourceOf(folder, 'layout'));
  const names = namesIn(folder).filter((name) => name !== 'layout' && !name.startsWith(PARTIALS));
  const views = new Map(names.map((name) => [name, openView(name, sourceOf(folder, name), compile)]));

  return {
    render: (name, data) => {
      const view = views.get(name);
      if (!view) throw new Error(`there is no view ${name}`);
      const all = { ...everywhere, ...data };
      return layout({ ...all, title: view.title(all), content: view.content(all) });
    },
  };
}

const ENDING = '.hbs';
const PARTIALS = 'partials/';
const TITLE = /^<title>(.*)<\/title>\n/;

function namesIn(folder: URL): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ENDING))
    .map((name) => name.replaceAll('\\', '/').slice(0, -ENDING.length));
}

function sourceOf(folder: URL, name: string): string {
  return readFileSync(new URL(name + ENDING, folder), 'utf8');
}

function openView(name: string, source: string, compile: (source: string) => Fill): View {
  const title = TITLE.exec(source)?.[1];
  if (title === undefined) throw new Error(`view ${name} does not begin with its <title>`);
  return { title: compile(title), content: compile(source.replace(TITLE, '')) };
}

function compiler(folder: URL, assets: string): (source: string) => Fill {
  const engine = Handlebars.create();
  engine.registerHelper('is', is);
  const options = {
    knownHelpers: { is: true },
    knownHelpersOnly: true,
    preventIndent: true, // an indented partial must not indent what stands in a textarea
  };
  const compile = (source: string) => engine.compile(source.replaceAll('"/assets/', `"${assets}/`), options);
  for (const name of namesIn(folder).filter((name) => name.startsWith(PARTIALS)))
    engine.registerPartial(name.slice(PARTIALS.length), compile(sourceOf(folder, name)));
  return compile;
}

/** {{#is delivery.state "queued"}}…{{else}}…{{/is}} */
function is(this: unknown, value: unknown, wanted: unknown, options: Handlebars.HelperOptions): string {
  return value === wanted ? options.fn(this) : options.inverse(this);
}
