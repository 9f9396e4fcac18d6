/** Where a council stands on the cameras. */
export const STANCES = ['uses', 'phasing out', 'ruled out', 'not known'] as const;
export type Stance = (typeof STANCES)[number];

/** A council's known position with its evidence. */
export interface Position {
  readonly councilCode: string;
  readonly stance: Exclude<Stance, 'not known'>;
  /** One full sentence that a letter may carry as it stands. */
  readonly text: string;
  readonly source: string;
  readonly url: string | null;
  /** Year, month or day, as exactly as the source tells: "2022", "2023-02", "2024-01-25". */
  readonly dated: string;
}
