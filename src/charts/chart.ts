/**
 * A chart as plain data. Platforms with native charts draw it themselves, others show a picture,
 * and `altText` says the numbers to people and programs that see neither.
 */
export type Chart = SeriesChart | RangeChart;

export interface SeriesChart {
  readonly kind: "bars" | "lines" | "grouped";
  readonly title: string;
  /** Basis, window and source in one line. */
  readonly subtitle: string;
  /** What the vertical axis counts: "people", "events", "USD per year", "percent". */
  readonly unit: string;
  /** One label a point, oldest first. */
  readonly categories: readonly string[];
  readonly series: readonly Series[];
  /** A horizontal line with its label, for example "alert > 10,000". */
  readonly threshold?: { readonly value: number; readonly label: string };
  /** The last point's period is still running: it is drawn hatched and said to be partial. */
  readonly lastIncomplete: boolean;
  /** Points to mark, for example the days an alert fired. */
  readonly marks?: readonly { readonly category: string; readonly label: string }[];
}

export interface Series {
  readonly name: string;
  /** As many as there are categories; null where nothing is known. */
  readonly values: readonly (number | null)[];
  /** A line over bars (a rolling average); otherwise as the chart's kind says. */
  readonly as?: "line";
  /** Its last point is whole though the chart's last period still runs: an earlier year's beside this year's. */
  readonly isWhole?: true;
}

/** Horizontal bands (p25 to p75, or min to max) with their middle marked: pay ranges. */
export interface RangeChart {
  readonly kind: "ranges";
  readonly title: string;
  readonly subtitle: string;
  readonly unit: string;
  readonly rows: readonly {
    readonly label: string;
    readonly low: number;
    readonly middle: number;
    readonly high: number;
    readonly note?: string;
  }[];
}

export type Theme = "light" | "dark";

/** Draws a chart as a PNG, 1600 pixels wide. */
export type Draw = (chart: Chart, theme: Theme) => Promise<Uint8Array>;
