import type { Postcode } from './postcode.ts';

/** Who writes: exactly what a representative needs to know that a constituent is writing. */
export interface Supporter {
  readonly name: string;
  readonly email: string;
  /** Lines of the postal address, without the postcode. */
  readonly address: readonly string[];
  readonly postcode: Postcode;
}

/** The name and address that close a letter. What the supporter has not said yet is left out. */
export function signature(supporter: { name: string; address: readonly string[]; postcode: string | null }): string {
  return [supporter.name, ...supporter.address, supporter.postcode ?? ''].filter((line) => line !== '').join('\n');
}
