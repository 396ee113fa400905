import { Fault } from "../../fault.ts";
import { buildsAi } from "../../market/ai-titles.ts";
import { countryCode } from "../../market/country.ts";
import type { PostingValues } from "../../market/facts.ts";
import { jsonText } from "../json-text.ts";
import type { SourceDef } from "../source.ts";
import { addressOf, dayAt, isRecord, numberAt, postingsOf, textAt, tokenOf } from "./job-answer.ts";
import type { Json } from "./job-answer.ts";
import { askBoards, BOARD_SETTINGS, jobBoard } from "./job-boards.ts";
import { isOnTarget, spanOfRanges } from "./job-pay.ts";
import type { PayRange } from "./job-pay.ts";
import { countryOfPlace } from "./job-place.ts";

/** Job boards on Lever. A department that is a brand of its own (Hinge on Match Group's board) is the job's company. */
export const lever: SourceDef = {
  id: "lever",
  publisher: "Lever job boards",
  title: "open jobs with posted pay",
  licence: "public advertisements of the employers; facts, cited",
  attribution: "Job advertisements of the employers on Lever",
  url: "https://github.com/lever/postings-api",
  gaps: "The boards asked only; most jobs post no range here.",
  everyMinutes: 24 * 60,
  staleAfterHours: 72,
  needs: [],
  settings: BOARD_SETTINGS,
  mayBeEmpty: true,
  byDefault: true,
  fetch: (asking) =>
    askBoards("lever", (token) => `https://api.lever.co/v0/postings/${token}?mode=json`, asking),
  fits: ({ json }) =>
    Array.isArray(json) &&
    json.length > 0 &&
    json.every((job) => isRecord(job) && "text" in job && "hostedUrl" in job),
  parse(text, about) {
    const jobs = jsonText(text);
    if (!Array.isArray(jobs))
      throw new Fault("bad_file", "This is no list of jobs.", "A board answers with a list.");
    const token = tokenOf(
      about,
      jobs.map((job) => textAt(job, "hostedUrl")),
      /^https:\/\/jobs(?:\.eu)?\.lever\.co\/([^/]+)\//,
    );
    const board = jobBoard("lever", token);
    return postingsOf(jobs, token, (job) => {
      const title = textAt(job, "text") ?? "";
      const location = textAt(job, "categories", "location");
      const department = textAt(job, "categories", "department") ?? "";
      const country = textAt(job, "country");
      return {
        id: textAt(job, "id"),
        isListed: true,
        values: {
          board: "lever",
          company: board?.brands.find((brand) => brand === department) ?? board?.company ?? token,
          title,
          location,
          country:
            country === null ? countryOfPlace(location ?? "") : (countryCode(country) ?? null),
          ...spanOfRanges(rangesOf(job)),
          postedOn: dayAt(numberAt(job, "createdAt"), about.today),
          ai: buildsAi(title),
          url: addressOf(textAt(job, "hostedUrl")),
        },
      };
    });
  },
};

const INTERVALS: Readonly<Record<string, PostingValues["interval"]>> = {
  "per-year-salary": "year",
  "per-month-salary": "month",
  "per-week-salary": "week",
  "per-day-wage": "day",
  "per-hour-wage": "hour",
  "per year": "year",
  "per month": "month",
  "per week": "week",
  "per day": "day",
  "per hour": "hour",
};

/** Pay per two weeks, half a month, or once, is not kept: a posting has no such interval. */
function rangesOf(job: Json): readonly PayRange[] {
  const interval = INTERVALS[textAt(job, "salaryRange", "interval")?.toLowerCase() ?? ""];
  if (interval === undefined || isOnTarget(textAt(job, "salaryDescriptionPlain") ?? "")) return [];
  return [
    {
      min: numberAt(job, "salaryRange", "min"),
      max: numberAt(job, "salaryRange", "max"),
      currency: textAt(job, "salaryRange", "currency"),
      interval,
    },
  ];
}
