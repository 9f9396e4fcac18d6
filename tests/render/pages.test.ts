import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPages } from '../../src/render/pages.ts';

const CAMPAIGN = {
  id: 'cameras',
  organisation: 'An Organisation',
  title: 'Cameras',
  links: { petition: '/p', fund: '/f', reading: '/r', organisation: '/o' },
};
const EVERYWHERE = { assets: '/assets/abc123', campaign: CAMPAIGN, practice: false, testing: false };

describe('pages', () => {
  let folder: string;
  const write = (name: string, source: string) => writeFileSync(join(folder, `${name}.hbs`), source);
  const open = () => openPages(pathToFileURL(`${folder}/`), EVERYWHERE);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pennypost-views-'));
    mkdirSync(join(folder, 'partials'));
    mkdirSync(join(folder, 'letter'));
    write('layout', '<title>{{{title}}}</title>{{{content}}}');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('put the layout round a view, and its first line into the title', () => {
    write('letter/show', '<title>To {{name}}</title>\n<h1>{{name}}</h1>');
    expect(open().render('letter/show', { name: 'Alex' })).toBe('<title>To Alex</title><h1>Alex</h1>');
  });

  test('show what a supporter typed as text, in the title too', () => {
    write('letter/show', '<title>{{name}}</title>\n<b title="{{name}}">{{name}}</b>');
    const page = open().render('letter/show', { name: '"><script>{{x}}' });
    expect(page).not.toContain('<script>');
    expect(page).toContain('&lt;script&gt;{{x}}');
  });

  test('keep every line of a textarea where the supporter put it', () => {
    write('partials/letter', '<textarea>\n{{body}}</textarea>');
    write('letter/show', '<title>t</title>\n<div>\n    {{> letter}}\n</div>');
    expect(open().render('letter/show', { body: 'One\n  Two\nThree' })).toContain('\nOne\n  Two\nThree</textarea>');
  });

  test('load what belongs to them under an address that changes with its content', () => {
    write('letter/show', '<title>t</title>\n<script src="/assets/scripts/letter.js"></script>');
    expect(open().render('letter/show', {})).toContain('src="/assets/abc123/scripts/letter.js"');
  });

  test('know the campaign everywhere', () => {
    write('letter/show', '<title>{{campaign.organisation}}</title>\n');
    expect(open().render('letter/show', {})).toBe('<title>An Organisation</title>');
  });

  test('tell one word from another', () => {
    write('letter/show', '<title>t</title>\n{{#is state "queued"}}waiting{{else}}gone{{/is}}');
    const pages = open();
    expect(pages.render('letter/show', { state: 'queued' })).toContain('waiting');
    expect(pages.render('letter/show', { state: 'refused' })).toContain('gone');
  });

  test('do not open with a view that has no title', () => {
    write('letter/show', '<h1>Untitled</h1>');
    expect(open).toThrow('letter/show does not begin with its <title>');
  });

  test('throw at a view that does not exist', () => {
    expect(() => open().render('letter/lost', {})).toThrow('there is no view letter/lost');
  });
});

test('every view of ours compiles, and carries no style or script of its own', () => {
  const pages = openPages(new URL('../../views/', import.meta.url), EVERYWHERE);
  for (const view of [
    'supporter/letter',
    'supporter/copy',
    'supporter/confirm/review',
    'mailbox/mail',
    'errors/unexpected',
  ]) {
    const page = pages.render(view, {});
    expect(page, view).not.toMatch(/ style=| on[a-z]+="|<style|<script>/);
    expect(page.match(/<h1/g), view).toHaveLength(1);
  }
});
