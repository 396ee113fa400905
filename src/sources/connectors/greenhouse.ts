import { companyKey } from "../../market/company-key.ts";
import { buildsAi } from "../../market/ai-titles.ts";
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
import { intervalInText, intervalInWords, isOnTarget, spanOfRanges } from "./job-pay.ts";
import type { PayRange } from "./job-pay.ts";
import { countryOfPlace } from "./job-place.ts";

const OWN_ADDRESS = /^https?:\/\/(?:job-boards|boards)(?:\.eu)?\.greenhouse\.io\/([\w.-]+)\/jobs\//;

/** Job boards on Greenhouse: pay as ranges in cents where a board shares it, else from the pay block of the text. */
export const greenhouse: SourceDef = {
  id: "greenhouse",
  publisher: "Greenhouse job boards",
  title: "open jobs with posted pay",
  licence: "public advertisements of the employers; facts, cited",
  attribution: "Job advertisements of the employers on Greenhouse",
  url: "https://developers.greenhouse.io/job-board.html",
  gaps: "The boards asked only; pay where the employer posts it, several zones as one range from lowest to highest.",
  everyMinutes: 24 * 60,
  staleAfterHours: 72,
  needs: [],
  settings: BOARD_SETTINGS,
  mayBeEmpty: true,
  byDefault: true,
  fetch: (asking) =>
    askBoards(
      "greenhouse",
      (token) =>
        `https://boards-api.greenhouse.io/v1/boards/${token}/jobs?content=true&pay_transparency=true`,
      asking,
    ),
  fits: ({ json }) =>
    isRecord(json) &&
    Array.isArray(json["jobs"]) &&
    json["jobs"].some(
      (job) =>
        isRecord(job) && "absolute_url" in job && "title" in job && isRecord(job["location"]),
    ),
  parse(text, about) {
    const jobs = jobsIn(text);
    const token = tokenOf(
      about,
      jobs.flatMap((job) => {
        const name = textAt(job, "company_name");
        // Boards on an employer's own pages do not name themselves: their usual name is the company's in one word.
        const usual = name && `https://boards.greenhouse.io/${oneWord(name)}/jobs/`;
        return OWN_ADDRESS.test(textAt(job, "absolute_url") ?? "")
          ? [textAt(job, "absolute_url")]
          : [usual];
      }),
      OWN_ADDRESS,
    );
    const named = jobBoard("greenhouse", token)?.company;
    return postingsOf(jobs, token, (job) => {
      const title = textAt(job, "title") ?? "";
      const location = textAt(job, "location", "name");
      return {
        id: textAt(job, "id"),
        isListed: true,
        values: {
          board: "greenhouse",
          company: textAt(job, "company_name") ?? named ?? token,
          title,
          location,
          country: location === null ? null : countryOfPlace(location),
          ...spanOfRanges(rangesOf(job)),
          postedOn: dayAt(textAt(job, "first_published"), about.today),
          ai: buildsAi(title),
          url: addressOf(textAt(job, "absolute_url")),
        },
      };
    });
  },
};

function oneWord(name: string): string {
  return companyKey(name).replace(/[^\w]/g, "");
}

function rangesOf(job: Json): readonly PayRange[] {
  const inCents = listAt(job, "pay_input_ranges").filter(isRecord);
  if (inCents.length === 0) return rangesInText(textAt(job, "content") ?? "");
  return inCents.flatMap((range) => {
    const title = textAt(range, "title") ?? "";
    if (isOnTarget(title)) return [];
    const units = (cents: number | null) => (cents === null ? null : cents / 100);
    return [
      {
        min: units(numberAt(range, "min_cents")),
        max: units(numberAt(range, "max_cents")),
        currency: textAt(range, "currency_type"),
        interval: intervalInWords(title) ?? intervalInText(plainOf(textAt(range, "blurb") ?? "")),
      },
    ];
  });
}

/** The block Greenhouse itself writes into a text: a title, and two amounts of which the second names the currency. */
const PAY_BLOCK =
  /<div class="title">([^<]{0,200})<\/div>\s*<div class="pay-range">\s*<span>([^<]{1,40})<\/span>\s*<span class="divider">[^<]{0,20}<\/span>\s*<span>([^<]{1,40})<\/span>/g;

function rangesInText(content: string): readonly PayRange[] {
  // The text is HTML whose marks are written as entities; a few boards send it plain.
  const html = content.includes("&lt;") ? unescaped(content) : content;
  return [...html.matchAll(PAY_BLOCK)].flatMap(
    ({ index, 1: title = "", 2: low = "", 3: high = "" }) => {
      if (isOnTarget(title)) return [];
      const start = html.lastIndexOf('class="pay-input"', index);
      const beside = start < 0 ? "" : html.slice(start, index);
      return [
        {
          min: amountIn(low),
          max: amountIn(high),
          currency: /\b([A-Z]{3})\b/.exec(high)?.[1] ?? null,
          interval: intervalInWords(unescaped(title)) ?? intervalInText(plainOf(beside)),
        },
      ];
    },
  );
}

/** "$108,400", "€205.000", "$17.85": a mark before three digits parts thousands, before two it begins the cents. */
function amountIn(text: string): number | null {
  const digits = /\d[\d.,]*/.exec(text)?.[0];
  if (digits === undefined) return null;
  const plain = digits.replace(/[.,](?=\d{3}(?:\D|$))/g, "").replace(/,(?=\d{1,2}$)/, ".");
  return /^\d+(?:\.\d{1,2})?$/.test(plain) ? Number(plain) : null;
}

function unescaped(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&nbsp;", " ")
    .replaceAll("&amp;", "&");
}

function plainOf(html: string): string {
  return unescaped(html).replace(/<[^>]*>/g, " ");
}
