// The letter page: measures own words, keeps the draft on the device, grows the paper. All of it works without.
import { shareInOwnWords } from '../originality.js';
import { forget, keep, recall } from './device.js';

const form = document.querySelector('#letter-form');
const { body, subject, name, address, email } = form.elements;
const template = document.querySelector('#starting-letter').content.textContent;
const firstSubject = subject.value;
const draftName = `draft:${form.dataset.draft}`;
const PERSON = 'person';

/* In your own words */

const meter = document.querySelector('#meter');
const said = document.querySelector('#meter-text');
const enough = Number(form.dataset.enough);

function measure() {
  const share = shareInOwnWords(body.value, template);
  meter.value = share;
  const percent = Math.round(share * 100);
  if (percent === 0) said.textContent = '0%: as we wrote it';
  else said.textContent = `${percent}%: ${share < enough ? 'a good beginning' : 'unmistakably yours'}`;
}

/* Paper that grows, where the browser does not grow it by itself */

const growsByItself = CSS.supports('field-sizing', 'content');

function grow() {
  if (growsByItself) return;
  body.style.height = 'auto';
  body.style.height = `${body.scrollHeight}px`;
}

/* A sentence to begin with */

const SALUTATION = /^Dear .*,$/m;

function begin(words) {
  const found = SALUTATION.exec(body.value);
  const at = found ? found.index + found[0].length : 0;
  body.focus();
  body.setSelectionRange(at, at);
  if (found) return insert(`\n\n${words} `);
  // What several get begins below their salutations.
  insert(`${words} \n\n`);
  body.setSelectionRange(words.length + 1, words.length + 1);
}

function insert(words) {
  // execCommand keeps the browser's own undo; setRangeText is for browsers that dropped it.
  if (!document.execCommand('insertText', false, words)) {
    body.setRangeText(words, body.selectionStart, body.selectionEnd, 'end');
    body.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

for (const starter of document.querySelectorAll('#starters li')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = `${starter.textContent.trim()} …`;
  const words = starter.textContent.trim();
  button.addEventListener('click', () => begin(words));
  starter.replaceChildren(button);
}

/* Kept on the device */

function keepDraft() {
  if (body.value === template && subject.value === firstSubject) forget(draftName);
  else keep(draftName, { subject: subject.value, body: body.value });
}

function keepPerson() {
  keep(PERSON, { name: name.value, address: address.value, email: email?.value ?? recall(PERSON)?.email ?? '' });
}

const putBackNote = document.querySelector('#put-back');

function putBack() {
  const draft = recall(draftName);
  if (!draft || draft.body === body.value) return;
  body.value = draft.body;
  subject.value = draft.subject;
  putBackNote.hidden = false;
}

function fillPerson() {
  const person = recall(PERSON);
  if (!person) return;
  if (!name.value) name.value = person.name;
  if (!address.value) address.value = person.address;
  if (email && !email.value) email.value = person.email;
}

if (!('redisplayed' in form.dataset)) {
  putBack();
  fillPerson();
}

document.querySelector('#start-again').addEventListener('click', () => {
  forget(draftName);
  body.value = template;
  subject.value = firstSubject;
  putBackNote.hidden = true;
  changed();
  body.focus();
});

document.querySelector('#forget').addEventListener('click', (event) => {
  forget(draftName);
  forget(PERSON);
  for (const field of [name, address, email]) if (field) field.value = '';
  event.target.closest('p').textContent = 'Forgotten. Your letter is still on this page, and nowhere else.';
});

function changed() {
  measure();
  grow();
}

let soon;
body.addEventListener('input', () => {
  putBackNote.hidden = true; // read by now, and in the way of who writes
  clearTimeout(soon);
  soon = setTimeout(() => {
    changed();
    keepDraft();
  }, 150);
  grow();
});
subject.addEventListener('input', keepDraft);
form.addEventListener('submit', () => {
  keepDraft();
  keepPerson();
});
changed();
