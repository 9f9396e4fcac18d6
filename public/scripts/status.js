// The letter is on its way: its draft need not stay on the device.
import { forget } from './device.js';

const sent = document.querySelector('#sent');
if (sent) forget(`draft:${sent.dataset.campaign}:${sent.dataset.sent}`);
