import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testBot } from "../bot.ts";
import type { TestBot } from "../bot.ts";

/** A bot that has read a little of every kind of facts: layoffs, pay, advertisements, notices, published series. */
export async function botOfEachKind(): Promise<TestBot> {
  const folder = mkdtempSync(join(tmpdir(), "pulse-each-"));
  const file = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const bot = await testBot({
    files: [
      file("layoffs.csv", tracker()),
      file("aijobs_salaries_2023-09-24.csv", dump(PAID)),
      file("aijobs_salaries_2023-12-31.csv", dump([...PAID, ...PAID_LATER])),
      file("spotify_2026-11-01.json", JSON.stringify(BOARD.slice(0, 6))),
      file("spotify_2026-11-20.json", JSON.stringify(BOARD)),
      file(
        "klarna_2026-11-01.json",
        JSON.stringify(BOARD.slice(0, 2)).replaceAll("/spotify/", "/klarna/"),
      ),
      file("va_2026-11-20.csv", NOTICES),
      file("index.csv", INDEX),
      file("bls.json", JSON.stringify(SURVEY)),
    ],
  });
  return bot;
}

const LEVELS = ["EN", "MI", "SE", "EX"];

function dump(rows: readonly string[]): string {
  const header =
    "work_year,experience_level,employment_type,job_title,salary,salary_currency,salary_in_usd,employee_residence,remote_ratio,company_location,company_size";
  return [header, ...rows, ""].join("\n");
}

function salaries(n: number, level: string, title: string, country: string, usd: number): string[] {
  return Array.from(
    { length: n },
    (_, at) =>
      `2023,${level},FT,${title},${usd + 100 * at},USD,${usd + 100 * at},${country},0,${country},M`,
  );
}

const paid = (n: number, more: number) =>
  LEVELS.flatMap((level, rank) => [
    ...salaries(n + rank, level, "Machine Learning Engineer", "US", 150_000 + 30_000 * rank + more),
    ...salaries(n + 3, level, "Data Engineer", "US", 110_000 + 25_000 * rank + more),
    ...salaries(n + 1, level, "Data Scientist", "US", 105_000 + 25_000 * rank + more),
    ...salaries(n + 2, level, "Data Engineer", "DE", 70_000 + 15_000 * rank + more),
    ...salaries(n, level, "Machine Learning Engineer", "DE", 80_000 + 15_000 * rank + more),
  ]);
const PAID = paid(12, 0);
const PAID_LATER = paid(16, 4_000);

const COMPANIES = [
  ["Google", "Consumer", "United States", "Post-IPO"],
  ["Meta", "Consumer", "United States", "Post-IPO"],
  ["Amazon", "Retail", "United States", "Post-IPO"],
  ["Twitch", "Media", "United States", "Acquired"],
  ["Spotify", "Media", "Sweden", "Post-IPO"],
  ["Zomato", "Food", "India", "Series B"],
  ["Klarna", "Finance", "Sweden", "Series H"],
] as const;

/** Each company cuts every other month of 2022 to April 2024; the tracker learns of it ten days later. */
function tracker(): string {
  const header =
    "Company,Location_HQ,Industry,Laid_Off_Count,Percentage,Date,Source,Funds_Raised,Stage,Date_Added,Country,List_of_Employees_Laid_Off";
  const rows = COMPANIES.flatMap(([company, industry, country, stage], which) =>
    Array.from({ length: 14 }, (_, at) => {
      const month = 2 * at + (which % 2);
      const date = (day: number) =>
        `${2022 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}-${day}`;
      const people = (at + which) % 4 === 3 ? "" : String(100 * (which + 1) * (at + 1));
      const share = at % 3 === 0 ? String((which + at + 1) / 100) : "";
      return `${company},Somewhere,${industry},${people},${share},${date(12)},https://news.example.com/${which}-${at},10,${stage},${date(22)},${country},`;
    }),
  );
  return [header, ...rows, ""].join("\n");
}

function job(id: string, text: string, pay: object, country = "US") {
  return {
    id,
    text,
    categories: { location: "New York, NY", department: "Engineering" },
    country,
    createdAt: Date.UTC(2026, 9, 1),
    hostedUrl: `https://jobs.lever.co/spotify/${id}`,
    salaryRange: { min: 100_000, currency: "USD", interval: "per-year-salary", ...pay },
  };
}

const BOARD = [
  job("s1", "Senior Machine Learning Engineer", { max: 260_000 }),
  job("s2", "Machine Learning Engineer", { max: 200_000 }),
  job("s3", "Data Engineer", { max: 180_000 }),
  job("s4", "Senior Data Scientist", { max: 220_000 }),
  job("s5", "Machine Learning Engineer", { max: 150_000, currency: "EUR" }, "DE"),
  job("s6", "Vice President of Sales", { max: 300_000 }),
  job("s7", "Machine Learning Engineer, Ads", { max: 270_000 }),
];

const NOTICES = [
  "Company,Notice Date,Impact Date,Employees Affected,Location,Contact Person,Notice Type",
  "Acme,11/02/2026,12/01/2026,100,Richmond VA,Pat Example,Closure",
  "Bolt,11/02/2026,03/15/2027,70,Norfolk VA,Pat Example,Layoff",
  "",
].join("\n");

const MONTHS = Array.from({ length: 40 }, (_, at) => new Date(Date.UTC(2023, 4 + at, 1)));

const INDEX = [
  "date,jobcountry,indeed_job_postings_index,variable,display_name",
  ...["Software Development", "Mathematics"].flatMap((name, which) =>
    MONTHS.flatMap((month, at) =>
      Array.from(
        {
          length: new Date(
            Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 0),
          ).getUTCDate(),
        },
        (_, day) =>
          `${month.toISOString().slice(0, 8)}${String(day + 1).padStart(2, "0")},US,${60 + 20 * which + at},total postings,${name}`,
      ),
    ),
  ),
].join("\n");

const SURVEY = {
  status: "REQUEST_SUCCEEDED",
  Results: {
    series: ["JTS000000000000000LDL", "JTS510000000000000LDL"].map((seriesID, which) => ({
      seriesID,
      data: MONTHS.map((month, at) => ({
        year: String(month.getUTCFullYear()),
        period: `M${String(month.getUTCMonth() + 1).padStart(2, "0")}`,
        value: String(1_700 - 1_000 * which + at),
        footnotes: [{}],
      })).toReversed(),
    })),
  },
};
