import type { Section } from "./section.ts";
import { ai } from "./sections/ai.ts";
import { chart } from "./sections/chart.ts";
import { fired } from "./sections/fired.ts";
import { groups } from "./sections/groups.ts";
import { largest } from "./sections/largest.ts";
import { moved } from "./sections/moved.ts";
import { numbers } from "./sections/numbers.ts";
import { overlap } from "./sections/overlap.ts";
import { sentence } from "./sections/sentence.ts";

/** Every section a digest may have, in the order it is shown. */
export const SECTIONS: readonly Section[] = [
  sentence,
  numbers,
  chart,
  largest,
  moved,
  groups,
  ai,
  overlap,
  fired,
];

export const DENSITIES = ["brief", "standard", "deep", "leadership"] as const;
export type Density = (typeof DENSITIES)[number];

/** What a digest shows unless its sections were chosen, and how many rows its tables have. */
export const SHOWN: Readonly<Record<Density, { sections: readonly string[]; rows: number }>> = {
  brief: { sections: ["sentence", "fired"], rows: 3 },
  standard: {
    sections: ["sentence", "numbers", "chart", "largest", "moved", "ai", "overlap", "fired"],
    rows: 5,
  },
  deep: { sections: SECTIONS.map(({ name }) => name), rows: 20 },
  leadership: {
    sections: ["sentence", "numbers", "chart", "groups", "ai", "overlap", "fired"],
    rows: 5,
  },
};

/** The sections of a digest: the chosen ones, or those of its density; a name nobody knows is left out. */
export function sectionsOf(density: Density, chosen: readonly string[]): readonly Section[] {
  const names = new Set(chosen.length === 0 ? SHOWN[density].sections : chosen);
  return SECTIONS.filter(({ name }) => names.has(name));
}
