import { existsSync, readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { Fault } from "../../../src/fault.ts";
import type { PostingValues } from "../../../src/market/facts.ts";
import { ashby } from "../../../src/sources/connectors/ashby.ts";
import { greenhouse } from "../../../src/sources/connectors/greenhouse.ts";
import { boardsToAsk, jobBoards } from "../../../src/sources/connectors/job-boards.ts";
import { countryOfPlace } from "../../../src/sources/connectors/job-place.ts";
import { lever } from "../../../src/sources/connectors/lever.ts";
import { SOURCES } from "../../../src/sources/connectors/index.ts";
import { fileSample } from "../../../src/sources/file-sample.ts";
import type { Parsed, SourceDef } from "../../../src/sources/source.ts";

const TODAY = "2026-11-22";
const BOARDS = [ashby, greenhouse, lever];

function read(source: SourceDef, answer: unknown, topic?: string): Parsed {
  const about = { today: TODAY, url: null, ...(topic !== undefined && { topic }) };
  return source.parse(JSON.stringify(answer), about);
}
function values({ entries }: Parsed): readonly PostingValues[] {
  return entries.flatMap((entry) => (entry.shelf === "postings" ? [entry.values] : []));
}
const pay = ({ min, max, currency, interval }: PostingValues) => [min, max, currency, interval];

describe("Greenhouse", () => {
  const job = (more: object) => ({
    id: 7,
    title: "ML Engineer",
    company_name: "Acme",
    location: { name: "Remote, Italy" },
    absolute_url: "https://boards.greenhouse.io/acme/jobs/7",
    first_published: "2026-04-17T23:58:03-04:00",
    content: "",
    ...more,
  });
  const payOf = (more: object) => pay(values(read(greenhouse, { jobs: [job(more)] }))[0]!);

  it("gives a job with its place, day in UTC, and no pay where none is posted", () => {
    expect(read(greenhouse, { jobs: [job({})] })).toMatchObject({
      rows: 1,
      wholeOf: "acme/",
      entries: [
        {
          shelf: "postings",
          id: "acme/7",
          values: {
            board: "greenhouse",
            company: "Acme",
            title: "ML Engineer",
            location: "Remote, Italy",
            country: "IT",
            min: null,
            max: null,
            currency: null,
            interval: null,
            postedOn: "2026-04-18",
            ai: true,
            url: "https://boards.greenhouse.io/acme/jobs/7",
          },
        },
      ],
    });
  });
  it("reads amounts in cents, and per what from the words around them", () => {
    const ranges = (title: string, more = {}) => ({
      pay_input_ranges: [
        { min_cents: 15_000_000, max_cents: 20_050_000, currency_type: "USD", title, ...more },
      ],
    });
    expect(payOf(ranges("Annual Salary:"))).toEqual([150_000, 200_500, "USD", "year"]);
    expect(payOf(ranges("Pay range"))).toEqual([150_000, 200_500, "USD", null]);
    expect(payOf(ranges("Pay range", { blurb: "&lt;p&gt;Paid hourly&lt;/p&gt;" }))[3]).toBe("hour");
  });
  it("takes several zones as one range from the lowest to the highest end", () => {
    const zone = (min: number, max: number) => ({
      min_cents: min * 100,
      max_cents: max * 100,
      currency_type: "USD",
      title: "Salary",
    });
    expect(payOf({ pay_input_ranges: [zone(150, 200), zone(120, 170)] })).toEqual([
      120,
      200,
      "USD",
      "year",
    ]);
  });
  it("leaves out on-target earnings", () => {
    const range = { min_cents: 100, max_cents: 200, currency_type: "USD", title: "OTE" };
    expect(payOf({ pay_input_ranges: [range] })).toEqual([null, null, null, null]);
  });
  const block = (title: string, low: string, high: string) =>
    `<div class="title">${title}</div><div class="pay-range"><span>${low}</span><span class="divider">&mdash;</span><span>${high}</span></div>`;
  const escaped = (html: string) =>
    html
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;");
  it.each([
    ["US Salary Range", "$108,400", "$129,600 USD", [108_400, 129_600, "USD", "year"]],
    ["Annual Salary:", "€205.000", "€255.000 EUR", [205_000, 255_000, "EUR", "year"]],
    ["Hourly pay", "$17.85", "$22.50 USD", [17.85, 22.5, "USD", "hour"]],
    ["On-Target Earnings", "$1,000", "$2,000 USD", [null, null, null, null]],
    ["Salary", "$2,000", "$1,000 USD", [null, null, null, null]],
    ["Salary", "competitive", "$1,000 USD", [null, 1_000, "USD", "year"]],
  ])("reads the pay block of an escaped text: %s %s – %s", (title, low, high, expected) => {
    expect(payOf({ content: escaped(block(title, low, high)) })).toEqual(expected);
  });
  it("knows the board by the asked name, the address, or the company's name in one word", () => {
    const own = job({ absolute_url: "https://acme.com/jobs?gh_jid=7", company_name: "Acme Labs" });
    expect(read(greenhouse, { jobs: [own] }).wholeOf).toBe("acmelabs/");
    expect(read(greenhouse, { jobs: [own] }, "acme").wholeOf).toBe("acme/");
  });
  it("an answer without a list of jobs is refused, so that nothing is taken for gone", () => {
    expect(() => read(greenhouse, { status: 404, error: "not found" }, "acme")).toThrow(Fault);
    expect(() => read(ashby, [], "acme")).toThrow(Fault);
    expect(() => read(lever, { ok: false }, "acme")).toThrow(Fault);
  });
});

describe("Ashby", () => {
  const salary = { compensationType: "Salary", interval: "1 YEAR", currencyCode: "USD" };
  const range = { ...salary, minValue: 150_000, maxValue: 250_000 };
  const job = (more: object) => ({
    id: "a-1",
    title: "Product Designer",
    location: "New York, NY (HQ)",
    isListed: true,
    publishedAt: "2026-03-17T20:30:40.304+00:00",
    jobUrl: "https://jobs.ashbyhq.com/ramp/a-1",
    ...more,
  });
  const answer = (more: object) => read(ashby, { jobs: [job(more)], apiVersion: "1" });
  const tiers = (...compensationTiers: object[]) => ({ compensation: { compensationTiers } });

  it("takes the component called Salary and not equity", () => {
    const equity = { compensationType: "EquityCashValue", interval: "1 YEAR", maxValue: 9 };
    const [only] = values(answer(tiers({ components: [equity, range] })));
    expect(pay(only!)).toEqual([150_000, 250_000, "USD", "year"]);
    expect(only).toMatchObject({ company: "Ramp", country: "US", ai: false });
  });
  it.each([
    ["compensation null", { compensation: null }],
    ["no tiers", tiers()],
    ["a tier of OTE", tiers({ title: "OTE", components: [range] })],
    ["a component of OTE", tiers({ components: [{ ...range, summary: "$150K – $250K OTE" }] })],
    [
      "on-target in the summary",
      {
        compensation: {
          compensationTierSummary: "$150K – $250K On-Target Earnings",
          compensationTiers: [{ components: [range] }],
        },
      },
    ],
    ["pay per two weeks", tiers({ components: [{ ...range, interval: "2 WEEK" }] })],
  ])("posts no base pay: %s", (_, more) => {
    expect(pay(values(answer(more))[0]!)).toEqual([null, null, null, null]);
  });
  it("leaves out unlisted jobs and says how many", () => {
    const parsed = answer({ isListed: false });
    expect(parsed.entries).toEqual([]);
    expect(parsed.notices).toEqual(["1 unlisted job left out."]);
  });
  it("names no country where its places are in several, or in none", () => {
    const address = (addressCountry: string) => ({
      address: { postalAddress: { addressCountry } },
    });
    const country = (more: object) => values(answer(more))[0]!.country;
    expect(country(address("United States"))).toBe("US");
    expect(country(address("European Union"))).toBeNull();
    expect(
      country({ ...address("United States"), secondaryLocations: [{ location: "London, UK" }] }),
    ).toBeNull();
  });
});

describe("Lever", () => {
  const job = (more: object) => ({
    id: "l-1",
    text: "Staff ML Engineer",
    categories: { location: "San Francisco, CA", department: "Engineering" },
    country: "US",
    createdAt: Date.UTC(2026, 4, 19, 23),
    hostedUrl: "https://jobs.lever.co/matchgroup/l-1",
    ...more,
  });
  const first = (more: object) => values(read(lever, [job(more)]))[0]!;
  it.each([
    ["per-year-salary", "year"],
    ["per year", "year"],
    ["per-hour-wage", "hour"],
    ["per-month-salary", "month"],
  ])("reads %s as per %s", (interval, expected) => {
    const salaryRange = { min: 10, max: 20, currency: "USD", interval };
    expect(pay(first({ salaryRange }))).toEqual([10, 20, "USD", expected]);
  });
  it.each([[null], [undefined], [{ min: 1, max: 2, currency: "USD", interval: "bi-week-salary" }]])(
    "posts no pay: %j",
    (salaryRange) => {
      expect(pay(first({ salaryRange }))).toEqual([null, null, null, null]);
    },
  );
  it("a department that is a brand of its own is the company", () => {
    expect(first({}).company).toBe("Match Group");
    expect(first({ categories: { department: "Hinge" } }).company).toBe("Hinge");
    expect(first({})).toMatchObject({ postedOn: "2026-05-19", ai: true, country: "US" });
  });
});

it("a job without id or title is a fault of its row, and the others are taken", () => {
  const parsed = read(lever, [{ text: "A", hostedUrl: "" }, { id: "2", text: " " }, 3], "acme");
  expect(parsed.faults.map(({ row, reason }) => [row, reason])).toEqual([
    [1, "has no id"],
    [2, "has no title"],
    [3, "is no job"],
  ]);
});

it.each([
  ["New York City, NY; San Francisco, CA", "US"],
  ["San Francisco, CA | Remote", "US"],
  ["Remote - US", "US"],
  ["Dublin, CA", "US"],
  ["Dublin", "IE"],
  ["Berlin, DE", "DE"],
  ["Wilmington, DE", "US"],
  ["London, UK", "GB"],
  ["London, ON", "CA"],
  ["Toronto, CA", "CA"],
  ["Tbilisi, Georgia", null],
  ["Atlanta, Georgia", "US"],
  ["Seoul, South Korea", "KR"],
  ["London; New York, NY", null],
  ["Europe", null],
  ["Remote", null],
  ["CA", null],
  ["", null],
])("%j is in %s", (place, country) => {
  expect(countryOfPlace(place)).toBe(country);
});

describe("the boards to ask", () => {
  it("are the marked ones, the named ones, or all of the list", () => {
    const kinds = ["ashby", "greenhouse", "lever"] as const;
    expect(kinds.map((kind) => boardsToAsk(kind, {}).length)).toEqual([9, 24, 3]);
    expect(boardsToAsk("ashby", { boards: "ramp, acme" })).toEqual(["ramp", "acme"]);
    expect(boardsToAsk("lever", { boards: "all" })).toHaveLength(14);
    expect(() => boardsToAsk("lever", { boards: "../x" })).toThrow(/no board's name/);
  });
  it("are in the list once each", () => {
    const names = jobBoards().map(({ board, token }) => `${board} ${token}`);
    expect(new Set(names).size).toBe(names.length);
    const file = new URL("../../../data/job-boards.json", import.meta.url);
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ about: { rows: names.length } });
  });
  const asked = async (get: (url: string) => Promise<string | null>, boards: string) => {
    const topics: (string | undefined)[] = [];
    const told: string[] = [];
    const missed = (topic: string) => void told.push(topic);
    const settings = { boards };
    const asking = { get, settings, today: TODAY, missed };
    try {
      for await (const { topic } of lever.fetch!(asking)) topics.push(topic);
    } catch (error) {
      told.push(error instanceof Fault ? error.message : "no Fault");
    }
    return { topics, told };
  };
  const gone = new Fault("not_found", "No such page.", "");
  it("that fail are told of and do not keep the others from being asked", async () => {
    const answer = (url: string) =>
      url.includes("/bad?") ? Promise.reject(gone) : Promise.resolve("[]");
    expect(await asked(answer, "a,bad,c")).toEqual({ topics: ["a", "c"], told: ["bad"] });
  });
  it("are given up after three in a row", async () => {
    let calls = 0;
    const { told } = await asked(() => (calls++, Promise.reject(gone)), "a,b,c,d,e");
    expect([calls, told]).toEqual([3, ["a", "b", "No such page."]]);
  });
  it("that did not change give no answer", async () => {
    expect(await asked(() => Promise.resolve(null), "a,b")).toEqual({ topics: [], told: [] });
  });
});

const JOBS = new URL("../../../../shared/data/jobs/", import.meta.url);
describe.skipIf(!existsSync(JOBS))("real answers", () => {
  const names = existsSync(JOBS) ? readdirSync(JOBS).filter((name) => name.endsWith(".json")) : [];
  const textOf = (name: string) => readFileSync(fileURLToPath(new URL(name, JOBS)), "utf8");
  const sourceOf = (name: string) => BOARDS.find(({ id }) => name.includes(id))!;
  it.each(names)("%s is known by its shape to its own source alone", (name) => {
    const sample = fileSample("renamed.json", textOf(name), textOf(name));
    expect(SOURCES.filter((source) => source.fits(sample)).map(({ id }) => id)).toEqual([
      sourceOf(name).id,
    ]);
  });
  it("give these jobs", () => {
    const found = names.flatMap((name) =>
      values(sourceOf(name).parse(textOf(name), { today: TODAY, url: null })).map((job) =>
        [job.company, job.title, job.country, ...pay(job), job.postedOn, job.ai].join(" | "),
      ),
    );
    expect(found).toEqual([
      "Ramp | AI Operations Specialist | Agentic Workflows | US | 150000 | 250000 | USD | year | 2026-03-17 | false",
      "Anthropic | Account Executive, Academic Medical Centers | US |  |  |  |  | 2026-01-30 | false",
      "Anthropic | Senior AI Engineer | US |  |  |  |  | 2026-03-10 | true",
      "example | Staff ML Engineer | US | 200000 | 280000 | USD | year | 2024-04-01 | true",
      "example | Product Designer | US |  |  |  |  | 2024-03-31 | false",
      "Linear | Senior / Staff Fullstack Engineer |  |  |  |  |  | 2021-04-27 | false",
      "Linear | Senior / Staff Fullstack Engineer | US |  |  |  |  | 2021-08-18 | false",
      "GitLab | Account Executive - Italy | IT |  |  |  |  | 2026-04-17 | false",
      "GitLab | AI Engineer | US | 108400 | 129600 | USD | year | 2026-05-29 | true",
      "Hinge | Android Engineer III | US | 150000 | 180000 | USD | year | 2026-05-19 | false",
      "Hyperconnect | Android Software Engineer (Azar) | KR |  |  |  |  | 2026-01-05 | false",
    ]);
  });
});
