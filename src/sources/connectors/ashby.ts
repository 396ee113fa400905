import { buildsAi } from "../../market/ai-titles.ts";
import { countryCode } from "../../market/country.ts";
import type { PostingValues } from "../../market/facts.ts";
import type { SourceDef } from "../source.ts";
import {
  addressOf,
  dayAt,
  isRecord,
  jobsIn,
  listAt,
  numberAt,
  postingsOf,
  textAt,
  tokenOf,
} from "./job-answer.ts";
import type { Json } from "./job-answer.ts";
import { askBoards, BOARD_SETTINGS, jobBoard } from "./job-boards.ts";
import { isOnTarget, spanOfRanges } from "./job-pay.ts";
import type { PayRange } from "./job-pay.ts";
import { countryOfPlace } from "./job-place.ts";

/** Job boards on Ashby. Base pay is the component called Salary, unless its words say that it is on-target earnings. */
export const ashby: SourceDef = {
  id: "ashby",
  publisher: "Ashby job boards",
  title: "open jobs with posted pay",
  licence: "public advertisements of the employers; facts, cited",
  attribution: "Job advertisements of the employers on Ashby",
  url: "https://developers.ashbyhq.com/docs/public-job-posting-api",
  gaps: "The boards asked only; pay where the employer posts it; on-target earnings and equity are left out.",
  everyMinutes: 24 * 60,
  staleAfterHours: 72,
  needs: [],
  settings: BOARD_SETTINGS,
  mayBeEmpty: true,
  byDefault: true,
  fetch: (asking) =>
    askBoards(
      "ashby",
      (token) =>
        `https://api.ashbyhq.com/posting-api/job-board/${encodeURIComponent(token)}?includeCompensation=true`,
      asking,
    ),
  fits: ({ json }) =>
    isRecord(json) &&
    "apiVersion" in json &&
    Array.isArray(json["jobs"]) &&
    json["jobs"].every((job) => isRecord(job) && !("absolute_url" in job)),
  parse(text, about) {
    const jobs = jobsIn(text);
    const token = tokenOf(
      about,
      jobs.map((job) => textAt(job, "jobUrl")),
      /^https:\/\/jobs\.ashbyhq\.com\/([^/]+)\//,
    );
    const company = jobBoard("ashby", token)?.company ?? decodeURIComponent(token);
    return postingsOf(jobs, token, (job) => {
      const title = textAt(job, "title") ?? "";
      return {
        id: textAt(job, "id"),
        isListed: job["isListed"] !== false,
        values: {
          board: "ashby",
          company,
          title,
          location: textAt(job, "location"),
          country: countryOf(job),
          ...spanOfRanges(rangesOf(job)),
          postedOn: dayAt(textAt(job, "publishedAt"), about.today),
          ai: buildsAi(title),
          url: addressOf(textAt(job, "jobUrl")),
        },
      };
    });
  },
};

/** The one country that its main and its further places are in. */
function countryOf(job: Json): string | null {
  const found = new Set(
    [job, ...listAt(job, "secondaryLocations")].map((place) => {
      const said = textAt(place, "address", "postalAddress", "addressCountry");
      if (said !== null) return countryCode(said) ?? null;
      return countryOfPlace(textAt(place, "location") ?? "");
    }),
  );
  const [only] = found;
  return found.size === 1 ? (only ?? null) : null;
}

function rangesOf(job: Json): readonly PayRange[] {
  const summary = textAt(job, "compensation", "compensationTierSummary") ?? "";
  if (isOnTarget(summary)) return [];
  return listAt(job, "compensation", "compensationTiers").flatMap((tier) => {
    const words = ["title", "tierSummary", "additionalInformation"]
      .map((name) => textAt(tier, name) ?? "")
      .join(" ");
    if (isOnTarget(words)) return [];
    return listAt(tier, "components").flatMap((component) =>
      textAt(component, "compensationType") === "Salary" &&
      !isOnTarget(textAt(component, "summary") ?? "")
        ? rangeOf(component)
        : [],
    );
  });
}

const INTERVALS: Readonly<Record<string, PostingValues["interval"]>> = {
  "1 HOUR": "hour",
  "1 DAY": "day",
  "1 WEEK": "week",
  "1 MONTH": "month",
  "1 YEAR": "year",
};

/** Pay per two weeks, or once, is not kept: a posting has no such interval. */
function rangeOf(component: unknown): readonly PayRange[] {
  const interval = INTERVALS[textAt(component, "interval") ?? ""];
  if (interval === undefined) return [];
  return [
    {
      min: numberAt(component, "minValue"),
      max: numberAt(component, "maxValue"),
      currency: textAt(component, "currencyCode"),
      interval,
    },
  ];
}
