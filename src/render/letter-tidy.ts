/** A filled letter without what empty fields leave behind: ends of lines, double spaces, holes between paragraphs. */
export function tidyLetter(text: string): string {
  return text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** A subject on one line. */
export function tidySubject(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
