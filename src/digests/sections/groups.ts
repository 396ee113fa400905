import { peopleCell } from "../../answers/events-table.ts";
import { breakdown } from "../../market/layoffs.ts";
import type { Dimension } from "../../market/layoffs.ts";
import type { Block } from "../../reply/reply.ts";
import { count } from "../../reply/words.ts";
import type { Section } from "../section.ts";
import type { Telling } from "../telling.ts";

/** Which industries and countries the span's events were in. */
export const groups: Section = {
  name: "groups",
  summary: "By industry and by country",
  heading: "Industries and countries",
  content: (told) => ({
    blocks: [
      ...groupTable(told, "industry", "Industry"),
      ...groupTable(told, "country", "Country"),
    ],
    figures: {},
    notes: [],
  }),
};

function groupTable(told: Telling, by: Dimension, title: string): readonly Block[] {
  const { market, filter, span, asof, rows: most, these } = told;
  const found = breakdown(market, { ...filter, ...span, asof }, by);
  if (found.length < 2) return [];
  return [
    {
      kind: "table",
      caption: `By ${by}, ${these}`,
      columns: [
        { title, align: "left" },
        { title: "People", align: "right" },
        { title: "Events", align: "right" },
        { title: "Size unknown", align: "right" },
      ],
      rows: found
        .slice(0, most)
        .map((group) => [
          group.name,
          peopleCell(group.unknownSize === group.events ? null : group.people),
          { text: count(group.events), value: group.events },
          { text: count(group.unknownSize), value: group.unknownSize },
        ]),
      more: Math.max(0, found.length - most),
    },
  ];
}
