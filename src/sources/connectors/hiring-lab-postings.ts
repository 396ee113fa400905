import { POSTINGS_INDEX } from "../../market/series-points.ts";
import { csvText } from "../csv/text.ts";
import { hasColumns } from "../file-sample.ts";
import { monthlyMeans } from "../monthly-means.ts";
import type { SourceDef } from "../source.ts";
import { csvAt } from "./csv-at.ts";

const ADDRESS =
  "https://raw.githubusercontent.com/hiring-lab/job_postings_tracker/master/US/job_postings_by_sector_US.csv";

/** Occupations of tech workers, as Hiring Lab has named them over the years; the others are left out and counted. */
const WANTED =
  /^(software|data & analytics|information design|it )|mathematics|industrial engineering|scientific research/i;

/** Indeed Hiring Lab's index of job postings by occupation, United States. */
export const hiringLabPostings: SourceDef = {
  id: "hiring-lab-postings",
  publisher: "Indeed Hiring Lab",
  title: "job postings index by occupation",
  licence: "CC BY 4.0",
  attribution: "Indeed Hiring Lab job postings index, CC BY 4.0",
  url: "https://github.com/hiring-lab/job_postings_tracker",
  gaps: "Postings on Indeed only, tech occupations, seasonally adjusted, 1 February 2020 = 100; monthly means of daily seven-day averages; past months are revised.",
  everyMinutes: 7 * 24 * 60,
  staleAfterHours: 24 * 15,
  needs: [],
  mayBeEmpty: false,
  byDefault: true,
  fetch: (asking) => csvAt(asking, ADDRESS, 64 << 20),
  fits: ({ header }) =>
    hasColumns(header, [
      "date",
      "jobcountry",
      "indeed job postings index",
      "variable",
      "display name",
    ]),
  parse(text, { today }) {
    let others = 0;
    const parsed = monthlyMeans(
      csvText(text),
      { today, unit: "index, 1 Feb 2020 = 100", digits: 2 },
      ({ cell }) => {
        const [occupation, kind] = [cell("display name"), cell("variable")];
        if (!WANTED.test(occupation)) {
          others += 1;
          return null;
        }
        return {
          series: kind.startsWith("new") ? POSTINGS_INDEX.new : POSTINGS_INDEX.total,
          place: `${cell("jobcountry")}:${occupation}`,
          day: cell("date"),
          value: cell("indeed job postings index"),
        };
      },
    );
    return others === 0
      ? parsed
      : {
          ...parsed,
          notices: [
            ...parsed.notices,
            `${others.toLocaleString("en-US")} ${others === 1 ? "row" : "rows"} of other occupations left out.`,
          ],
        };
  },
};
