const LIST = new Intl.ListFormat('en-GB');

/** Names as a sentence lists them: "Ada Example, Bo Sample and Cy Specimen". */
export function listed(names: readonly string[]): string {
  return LIST.format(names);
}
