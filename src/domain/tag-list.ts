/**
 * The tags of a DKIM or DMARC record, "v=DKIM1; p=…", in their order (RFC 6376, 3.2). Null: it is no such list, or a tag stands there
 * twice, which makes all of it void.
 */
export function readTags(text: string): ReadonlyMap<string, string> | null {
  const tags = new Map<string, string>();
  for (const piece of text.trim().replace(/;\s*$/, '').split(';')) {
    const [, name, value] = /^\s*([a-z][a-z0-9_]*)\s*=\s*(.*?)\s*$/is.exec(piece) ?? [];
    if (name === undefined || value === undefined || tags.has(name)) return null;
    tags.set(name, value);
  }
  return tags;
}
