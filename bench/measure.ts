/** One line of the table. `ratio` is ours to the reference's; the goal says from where on it is good. */
export interface Measured {
  readonly name: string;
  readonly ours: number;
  readonly reference: number | null;
  readonly ratio: number | null;
  readonly unit: string;
  readonly goal: string;
  readonly met: boolean;
  readonly notes: Readonly<Record<string, number>>;
}

export type Bench = (seconds: number) => Promise<Measured>;

/** A line with the most that the ratio may be as its goal, such as "ratio ≤ 1.5". */
export function compared(
  line: Pick<Measured, 'name' | 'ours' | 'unit' | 'notes'> & { readonly reference: number },
  atMost: number,
): Measured {
  const ratio = line.ours / line.reference;
  const figures = { ours: rounded(line.ours), reference: rounded(line.reference), ratio: rounded(ratio) };
  return { ...line, ...figures, goal: `ratio ≤ ${atMost}`, met: ratio <= atMost };
}

export function rounded(number: number): number {
  return number >= 100 ? Math.round(number) : Math.round(number * 100) / 100;
}
