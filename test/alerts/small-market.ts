import { buildMarket } from "../../src/market/build.ts";
import { bareText, cellText } from "../../src/reply/reply.ts";
import type { Reply } from "../../src/reply/reply.ts";
import { factsOf, layoff, plainBook } from "../market/layoff-facts.ts";

/** A market of four layoffs in one week of March 2024, and what a reader sees of a reply. */

export const book = plainBook();
export const market = buildMarket(
  factsOf(
    [
      layoff("Northwind", "2024-03-02", { headcount: 4_000, country: "India", industry: "Retail" }),
      layoff("Contoso", "2024-03-05", { headcount: 7_000, country: "India", industry: "Retail" }),
      layoff("Fabrikam", "2024-03-05", { country: "Germany", industry: "Finance" }),
      layoff("Tailspin", "2024-03-06", { headcount: 12_000, country: "India", industry: "Retail" }),
    ],
    { asOfOn: "2024-03-31" },
  ),
  book,
);

/** All a reader sees, block by block. */
export function lines(reply: Reply): string[] {
  return [
    reply.title,
    ...reply.blocks.flatMap((block) => {
      switch (block.kind) {
        case "text":
          return [bareText(block.words)];
        case "bullets":
          return block.items.map((item) => bareText(item));
        case "figures":
          return block.items.map(({ label, value }) => `${label}: ${value}`);
        case "table":
          return [block.caption, ...block.rows.map((row) => row.map(cellText).join(" | "))];
        case "code":
          return [block.text];
        default:
          return [block.kind];
      }
    }),
    ...reply.notes,
  ];
}
