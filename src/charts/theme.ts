import type { Theme } from "./chart.ts";

/**
 * Colours of a picture. Texts keep a contrast of 4.5 to the background and drawn shapes of 3
 * (WCAG 2.2, 1.4.3 and 1.4.11); a test computes both.
 */
export interface Colours {
  /** Opaque, so that a picture looks the same whatever the reader's app has behind it. */
  readonly background: string;
  /** Titles and figures. */
  readonly ink: string;
  /** Subtitles, axis labels, small print. */
  readonly soft: string;
  readonly grid: string;
  readonly zero: string;
  /** The threshold and what is marked. */
  readonly alert: string;
  /** One a series, in order; neighbours differ in lightness as well as in hue. */
  readonly series: readonly string[];
  /** The first series' colour, held back, for bars under a line. */
  readonly quiet: string;
}

export const COLOURS: Readonly<Record<Theme, Colours>> = {
  dark: {
    background: "#1e1f22",
    ink: "#f4f5f7",
    soft: "#b4b8c0",
    grid: "#35373d",
    zero: "#6b6f78",
    alert: "#ff8a65",
    series: ["#8c9eff", "#ffb84d", "#4dd0b1", "#f48fb1", "#c3d94e", "#7fd3f7"],
    quiet: "#5a6399",
  },
  light: {
    background: "#ffffff",
    ink: "#17181c",
    soft: "#5c6068",
    grid: "#e3e5e8",
    zero: "#8f949c",
    alert: "#c6401a",
    series: ["#3d5afe", "#b45f06", "#00796b", "#c2185b", "#5d6f00", "#0277a8"],
    quiet: "#8c9be0",
  },
};

/** Bundled with us, so the same chart has the same pixels on every machine. */
export const FONT = "Inter";

/** Lengths in half-pixels of the finished picture: it is drawn 800 wide and shown at 1600. */
export const SIZE = {
  width: 800,
  side: 28,
  top: 26,
  bottom: 20,
  plot: 250,
  title: 20,
  subtitle: 13,
  label: 12,
  small: 11,
} as const;

/** As many series as have a colour of their own. */
export const SERIES_MAX = COLOURS.dark.series.length;
