/** A filled letter in two: everything up to its salutation, and the rest. Without a salutation there is no opening. */
export function cutAfterSalutation(letter: string, salutation: string): { opening: string; rest: string } {
  const said = salutation.replace(/\s+/g, ' ').trim(); // as a tidied letter has it
  const at = said === '' ? -1 : letter.indexOf(said);
  if (at === -1) return { opening: '', rest: letter };
  const end = letter.indexOf('\n', at);
  const cut = end === -1 ? letter.length : end;
  return { opening: letter.slice(0, cut).trim(), rest: letter.slice(cut).trim() };
}
