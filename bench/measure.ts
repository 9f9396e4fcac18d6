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

export function rounded(number: number): number {
  return number >= 100 ? Math.round(number) : Math.round(number * 100) / 100;
}
