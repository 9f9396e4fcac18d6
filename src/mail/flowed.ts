const WIDTH = 72;

/** Separates a signature; its trailing space is part of it and does not mean "goes on". */
const SIGNATURE = '-- ';

/**
 * Text as format=flowed (RFC 3676, delsp=no): lines of at most 72 characters, a line that ends with a space goes on in the next.
 * Words are never broken, so a longer word makes a longer line. Trailing spaces in the text itself are dropped: they would mean "goes on".
 */
export function flowed(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .flatMap((line) => (line === SIGNATURE ? [SIGNATURE] : wrapped(line.replace(/ +$/, '')).map(stuffed)))
    .join('\r\n');
}

/** Breaks one paragraph after spaces, which stay at the end of the line. */
function wrapped(paragraph: string): string[] {
  if (stuffed(paragraph).length <= WIDTH) return [paragraph];
  const words = paragraph.split(/(?<= )(?! )/);
  const lines: string[] = [];
  let line = '';
  let longer = 0; // by being stuffed, which its first word decides
  for (const word of words) {
    const fits = longer + line.length + word.length <= WIDTH;
    // "-- " alone on a line would read as the start of a signature.
    if (line !== '' && (fits || line === SIGNATURE)) line += word;
    else {
      if (line !== '') lines.push(line);
      line = word;
      longer = stuffed(word).length - word.length;
    }
  }
  return [...lines, line];
}

/** A line that begins with a space, a quotation mark or "From " gets a space in front, which the reader's mail program takes away (RFC 3676, 4.4). */
function stuffed(line: string): string {
  return /^( |>|From )/.test(line) ? ` ${line}` : line;
}
