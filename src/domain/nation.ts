export const NATIONS = ['England', 'Scotland', 'Wales', 'Northern Ireland'] as const;
export type Nation = (typeof NATIONS)[number];

/** A named area with its official code (the nine characters of the Office for National Statistics). */
export interface Area {
  readonly code: string;
  readonly name: string;
}

/** Of whatever has a code and a name, these two. */
export function areaOf({ code, name }: Area): Area {
  return { code, name };
}
