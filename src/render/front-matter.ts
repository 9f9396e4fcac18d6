/** Splits a file of "Name: value" lines, a blank line, and text, as mails have them. */
export function headAndBody(source: string): { head: ReadonlyMap<string, string>; body: string } {
  const [head = '', ...rest] = source.split(/\r?\n\r?\n/);
  const lines = head.split(/\r?\n/).map((line) => {
    const at = line.indexOf(':');
    return [line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()] as const;
  });
  return { head: new Map(lines), body: rest.join('\n\n') };
}
