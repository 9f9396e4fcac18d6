import type { Area, Nation } from './nation.ts';

/** One of the 650 constituencies of the House of Commons. */
export interface Constituency extends Area {
  readonly nation: Nation;
  /** Codes of the councils whose areas it touches; never a county. */
  readonly councilCodes: readonly string[];
}

export interface ConstituencyRegister {
  readonly all: readonly Constituency[];
  byCode(code: string): Constituency | undefined;
}
