import type { Socket } from 'node:net';

/** Hears what a client of a mail server says, step by step, "." being the end of a letter. `answer` says whether a letter begins now. */
export function hearSteps(socket: Socket, answer: (step: string, line: string) => boolean): void {
  let inLetter = false;
  let heard = '';
  socket.on('error', () => {}); // clients that hang up are part of the tests
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    heard += chunk;
    for (let end = heard.indexOf('\r\n'); end >= 0; end = heard.indexOf('\r\n')) {
      const line = heard.slice(0, end);
      heard = heard.slice(end + 2);
      if (inLetter && line !== '.') continue;
      inLetter = answer(inLetter ? '.' : (line.split(/[ :]/)[0] ?? '').toUpperCase(), line);
    }
  });
}
