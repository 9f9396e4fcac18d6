// The letter is on its way: its draft need not stay on the device.
import { forget } from './device.js';

const sent = document.querySelector('#sent');
for (const id of sent?.dataset.sent.split(' ') ?? []) forget(`draft:${sent.dataset.campaign}:${id}`);
