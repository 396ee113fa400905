/** Placeholder until the columns are written. */
export interface LayoffTable {
  readonly size: number;
}
