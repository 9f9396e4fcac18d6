const LIST = new Intl.ListFormat('en-GB');

/** Names as a sentence lists them: "Ada Example, Bo Sample and Cy Specimen". One that is a list itself stays together: "Ada, and Bo and Cy". */
export function listed(names: readonly string[]): string {
  if (names.length < 2 || !names.some((name) => name.includes(' and '))) return LIST.format(names);
  return `${names.slice(0, -1).join(', ')}, and ${names.at(-1)}`;
}
