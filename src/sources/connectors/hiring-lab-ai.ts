import { AI_POSTINGS } from "../../market/series-points.ts";
import { csvText } from "../csv/text.ts";
import { hasColumns } from "../file-sample.ts";
import { monthlyMeans } from "../monthly-means.ts";
import type { SourceDef } from "../source.ts";
import { csvAt } from "./csv-at.ts";

const ADDRESS = "https://raw.githubusercontent.com/hiring-lab/ai-tracker/main/AI_posting.csv";

/** Indeed Hiring Lab's share of job postings that mention AI, by country. */
export const hiringLabAi: SourceDef = {
  id: "hiring-lab-ai",
  publisher: "Indeed Hiring Lab",
  title: "AI tracker: share of job postings that mention AI",
  licence: "CC BY 4.0",
  attribution: "Indeed Hiring Lab AI tracker, CC BY 4.0",
  url: "https://github.com/hiring-lab/ai-tracker",
  gaps: "Postings on Indeed only, nine countries; monthly means of daily seven-day averages; each edition revises all past months. Postings are advertised jobs, not people hired.",
  everyMinutes: 24 * 60,
  staleAfterHours: 72,
  needs: [],
  mayBeEmpty: false,
  byDefault: true,
  fetch: (asking) => csvAt(asking, ADDRESS),
  fits: ({ header }) => hasColumns(header, ["date", "jobcountry", "ai share postings"]),
  parse: (text, { today }) =>
    monthlyMeans(csvText(text), { today, unit: "percent of postings", digits: 3 }, ({ cell }) => ({
      series: AI_POSTINGS,
      place: cell("jobcountry"),
      day: cell("date"),
      value: cell("ai share postings"),
    })),
};
