import { z } from "zod";
import { layoffTrend } from "../src/answers/layoff-trend.ts";
import { payTrend, premiumTrend } from "../src/answers/pay-trend.ts";
import { seriesTrend } from "../src/answers/series-trend.ts";
import { choice, words, yesNo } from "../src/command/args.ts";
import { defineCommand } from "../src/command/define.ts";
import {
  commonArgs,
  groupArgs,
  keysOf,
  NOT_OF_LAYOFFS,
  periodArgs,
  viewArgs,
} from "../src/command/filter-args.ts";
import { PAY_LEVELS } from "../src/market/facts.ts";

const TIMES = ["what", "period", "from", "to"] as const;
const LAYOFFS = [
  ...TIMES,
  "by",
  "compare",
  "todate",
  "project",
  "company",
  ...keysOf(groupArgs),
  ...keysOf(viewArgs),
  "why",
] as const;
const SERIES = [...TIMES, "country", "compare", "asof"] as const;

export const trend = defineCommand({
  name: "trend",
  summary: "How layoffs, pay or AI postings move, against the year or period before",
  args: z.object({
    what: choice(
      "What to follow: layoffs (people), events, companies, pay, ai-premium, ai-postings, postings (index), jolts",
      ["layoffs", "events", "companies", "pay", "ai-postings", "ai-premium", "postings", "jolts"],
    ),
    by: choice("One point a …", ["day", "week", "month", "quarter", "year"]),
    compare: words(
      "Against what: prev (the span before), yoy (a year earlier), or a period such as 2022",
      { example: "yoy" },
    ),
    todate: words("From 1 January to that day, against the same days before", {
      example: "2024-03-17",
    }),
    project: yesNo("Project the running year to its end at the pace so far"),
    company: words("Only that company", { complete: "company", example: "google" }),
    ...periodArgs,
    ...groupArgs,
    ...viewArgs,
    role: words("For pay: which role", { complete: "role", example: "ai-engineer" }),
    level: choice("For pay: which level", PAY_LEVELS),
    ...commonArgs,
  }),
  bare: ["what"],
  ownSlash: true,
  without: NOT_OF_LAYOFFS,
  examples: [
    "/trend layoffs",
    "/trend layoffs compare:yoy todate:2024-03-17",
    "/trend events by:quarter from:2022-01-01",
    "/trend ai-postings",
    "/trend pay role:ai-engineer",
  ],
  modes: {
    layoffs: { about: "layoffs", counts: LAYOFFS, chosenBy: { what: "layoffs" } },
    events: { about: "layoff events", counts: LAYOFFS },
    companies: { about: "companies with layoffs", counts: LAYOFFS },
    pay: {
      about: "reported pay",
      counts: [...TIMES, "role", "level", "country"],
      chosenBy: { what: "pay" },
    },
    "ai-premium": {
      about: "the AI premium",
      counts: [...TIMES, "level", "country"],
      chosenBy: { what: "ai-premium" },
    },
    "ai-postings": {
      about: "the AI share of postings",
      counts: SERIES,
      chosenBy: { what: "ai-postings" },
    },
    postings: {
      about: "the postings index",
      counts: [...SERIES, "sector"],
    },
    jolts: { about: "JOLTS", counts: [...SERIES, "sector"] },
  },
  modeOf: ({ what = "layoffs" }) => what,
  run: (args, context) => {
    switch (args.what) {
      case "pay":
        return payTrend(args, context);
      case "ai-premium":
        return premiumTrend(args, context);
      case "ai-postings":
      case "postings":
      case "jolts":
        return seriesTrend(args.what, args, context);
      case "events":
      case "companies":
        return layoffTrend(args, args.what, context);
      case "layoffs":
      case undefined:
        return layoffTrend(args, "people", context);
    }
  },
});
