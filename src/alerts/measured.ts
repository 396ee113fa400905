import type { Day } from "../market/facts.ts";
import type { LayoffRow } from "../market/layoffs.ts";

/** Why a rule has no value on a day. */
export type NoValue =
  /** The data end before the day. */
  | "stale"
  /** Fewer than ten salaries on a side, or no layoff of known size. */
  | "too-few"
  /** One side rests on twice as many salaries as the other: the mix may have changed, not the pay. */
  | "composition-break"
  /** Nothing to hold it against: no earlier window, a window of zero, or no spread. */
  | "no-baseline";

/** What a rule measured on one day, by what was known on it. */
export interface Measured {
  /** What the rule compares: the figure itself, its change in percent, or its robust z. */
  readonly value: number | null;
  /** The figure itself. */
  readonly level: number | null;
  /** What it is held against: the earlier window, the record so far, the day before. */
  readonly before: number | null;
  /** Whether the rule's test holds; false where there is no value. */
  readonly holds: boolean;
  /** Layoffs or salaries the figure rests on. */
  readonly n: number;
  readonly unknownSize: number;
  /** The largest layoffs behind it, at most ten, and how many there are. */
  readonly rows: readonly LayoffRow[];
  readonly total: number;
  /** The days the figure is about, both included. */
  readonly from: Day;
  readonly to: Day;
  /** The day it was measured as of. */
  readonly onDay: Day;
  /** The last day the data speak for. */
  readonly asOf: Day;
  readonly reason: NoValue | null;
}

/** The value of one day in a series. */
export interface MeasuredDay {
  readonly day: Day;
  readonly value: number | null;
  readonly level: number | null;
  readonly before: number | null;
  readonly holds: boolean;
  readonly reason: NoValue | null;
}
