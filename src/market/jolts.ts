import { JOLTS } from "./series-points.ts";

/**
 * Layoffs and discharges of a month in the United States, seasonally adjusted, as the Bureau of Labor Statistics counts them
 * (thousands of people): its series ids and what they are called.
 */
export const JOLTS_SERIES = [
  { id: "JTS000000000000000LDL", name: "all industries", about: "total nonfarm" },
  {
    id: "JTS510000000000000LDL",
    name: "information",
    about: "publishing, software, telecoms, media",
  },
  {
    id: "JTS540099000000000LDL",
    name: "professional and business services",
    about: "consulting, engineering, staffing",
  },
] as const;

/** The name of a series in the facts. */
export function joltsSeries(id: string): string {
  return `${JOLTS}${id}`;
}
