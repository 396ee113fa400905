import { z } from "zod";
import { overlapAnswer } from "../src/answers/overlap.ts";
import { whole, words } from "../src/command/args.ts";
import { defineCommand } from "../src/command/define.ts";
import { commonArgs, groupArgs, NOT_OF_LAYOFFS, viewArgs } from "../src/command/filter-args.ts";

export const overlap = defineCommand({
  name: "overlap",
  summary: "Companies that cut and post AI jobs: people cut, open AI jobs, highest posted pay",
  args: z.object({
    window: words("Cuts of so long back from now: 365d (default), 90d, 2024, ytd", {
      example: "365d",
    }),
    since: words("Or cuts since that day", { example: "2024-01-01" }),
    sector: groupArgs.sector,
    country: groupArgs.country,
    min: whole("Only companies that cut at least so many people in all", 1, 10_000_000, {
      example: "500",
    }),
    limit: whole("How many rows", 1, 25),
    asof: viewArgs.asof,
    share: commonArgs.share,
  }),
  bare: ["window"],
  without: NOT_OF_LAYOFFS,
  examples: [
    "/overlap",
    "/overlap since:2024-01-01 min:500",
    "/overlap window:730d sector:finance",
  ],
  run: overlapAnswer,
});
