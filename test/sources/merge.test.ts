import { describe, expect, it } from "vitest";
import { learnedFacts } from "../../src/alerts/learned-facts.ts";
import { buildMarket } from "../../src/market/build.ts";
import { companyKey } from "../../src/market/company-key.ts";
import type { LayoffSighting, LayoffValues } from "../../src/market/facts.ts";
import { largest, totals } from "../../src/market/layoffs.ts";
import { mergeSightings, pairKey } from "../../src/sources/merge.ts";
import type { MergeRules } from "../../src/sources/merge.ts";
import { changed, factsOf, layoff, plainBook } from "../market/layoff-facts.ts";

const RULES: MergeRules = {
  companyKey,
  isList: (source) => source === "tracker",
  rankOf: (source) => ["tracker", "sec"].indexOf(source) + (source === "news" ? 3 : 0),
  verdicts: new Map(),
  confirmed: new Set(),
};

function report(
  source: string,
  company: string,
  on: string,
  headcount: number | null,
  more: Partial<LayoffSighting> & { readonly values?: Partial<LayoffValues> } = {},
): LayoffSighting {
  const { values, ...others } = more;
  return layoff(
    company,
    on,
    { headcount, ...values },
    { source, key: `${source}|${company}|${on}|${headcount}`, ...others },
  );
}

function merged(reports: readonly LayoffSighting[], more: Partial<MergeRules> = {}) {
  const found = mergeSightings(reports, { ...RULES, ...more });
  return {
    ...found,
    said: found.layoffs.map(({ source, versions }, at) => {
      const { company, headcount } = versions.at(-1)!.values;
      return `${company} ${headcount ?? "?"} ${source} ×${found.witnesses[at]?.length ?? 1}`;
    }),
  };
}

function marketOf(reports: readonly LayoffSighting[], more: Partial<MergeRules> = {}) {
  const { layoffs, ...told } = mergeSightings(reports, { ...RULES, ...more });
  return buildMarket({ ...factsOf(layoffs), ...told }, plainBook());
}

describe("reports of one happening", () => {
  it("by several sources are one event, counted once, and every figure is kept", () => {
    const reports = [
      report("tracker", "Acme", "2024-03-01", 1_000),
      report("news", "ACME", "2024-03-02", 1_200),
      report("sec", "Acme", "2024-03-03", 1_100),
    ];
    const { said, witnesses } = merged(reports);
    expect(said).toEqual(["Acme 1000 tracker ×3"]);
    expect(witnesses[0]?.map(({ source, people }) => [source, people])).toEqual([
      ["tracker", 1_000],
      ["sec", 1_100],
      ["news", 1_200],
    ]);
    expect(totals(marketOf(reports), {})).toMatchObject({ events: 1, people: 1_000 });
  });

  it.each<[string, LayoffSighting, LayoffSighting, number]>([
    [
      "of the same days, sizes alike",
      report("tracker", "A", "2024-03-01", 100),
      report("news", "A", "2024-03-04", 60),
      1,
    ],
    [
      "a size and none",
      report("tracker", "A", "2024-03-01", null),
      report("news", "A", "2024-03-03", 60),
      1,
    ],
    [
      "of the same size, two weeks apart",
      report("tracker", "A", "2024-03-01", 500),
      report("news", "A", "2024-03-15", 500),
      1,
    ],
    [
      "sizes that contradict each other",
      report("tracker", "A", "2024-03-01", 500),
      report("news", "A", "2024-03-02", 100),
      2,
    ],
    [
      "of another size, a week apart",
      report("tracker", "A", "2024-03-01", 500),
      report("news", "A", "2024-03-08", 100),
      2,
    ],
    [
      "a month apart",
      report("tracker", "A", "2024-03-01", 500),
      report("news", "A", "2024-04-01", 500),
      2,
    ],
    [
      "of different companies",
      report("tracker", "A", "2024-03-01", 500),
      report("news", "B", "2024-03-01", 500),
      2,
    ],
    [
      "rows of one list, however alike",
      report("tracker", "A", "2024-03-01", 500),
      report("tracker", "A", "2024-03-01", 500),
      2,
    ],
    [
      "two pages of one feed",
      report("news", "A", "2024-03-01", 500),
      report("news", "A", "2024-03-02", 500, { key: "n2" }),
      1,
    ],
  ])("%s", (_, one, other, events) => {
    expect(merged([one, other]).layoffs).toHaveLength(events);
    expect(merged([other, one]).layoffs).toHaveLength(events);
  });

  it("goes to the nearest of a company's events, and never joins two rows of a list", () => {
    const { said } = merged([
      report("tracker", "Acme", "2024-03-01", 300),
      report("tracker", "Acme", "2024-03-04", 310),
      report("news", "Acme", "2024-03-03", 310),
    ]);
    expect(said).toEqual(["Acme 300 tracker ×1", "Acme 310 tracker ×2"]);
  });

  it("of one company are joined though a filing adds to its name, unless that is a company of its own", () => {
    const filed = report("sec", "Expedia Group", "2024-02-26", 1_500);
    const tracked = report("tracker", "Expedia", "2024-02-26", 1_500);
    expect(merged([tracked, filed]).said).toEqual(["Expedia 1500 tracker ×2"]);
    const own = report("tracker", "Expedia Group", "2022-01-01", 5);
    expect(merged([tracked, filed, own]).layoffs).toHaveLength(3);
  });

  it("what the first in rank does not say, another one does", () => {
    const { layoffs } = merged([
      report("tracker", "Acme", "2024-03-01", null, { values: { industry: "Retail" } }),
      report("sec", "Acme", "2024-03-01", 800, { values: { industry: null, country: "Canada" } }),
    ]);
    expect(layoffs[0]?.versions.at(-1)?.values).toMatchObject({
      headcount: 800,
      industry: "Retail",
      country: "Canada",
    });
  });
});

describe("an event of several reports", () => {
  const reports = [
    report("tracker", "Acme", "2024-03-01", 900, { learnedOn: "2024-03-10", versions: [] }),
    report("news", "Acme", "2024-03-01", 1_000, { sentence: "Acme cuts 1,000" }),
  ].map((each) =>
    each.source === "tracker"
      ? {
          ...each,
          versions: [
            {
              from: "2024-03-10",
              values: report("tracker", "Acme", "2024-03-01", 900).versions[0]!.values,
            },
          ],
        }
      : each,
  );

  it("reads on each day as its reports did by then", () => {
    const market = marketOf(reports);
    expect(totals(market, { asof: "2024-03-05" })).toMatchObject({ events: 1, people: 1_000 });
    expect(totals(market, { asof: "2024-03-12" })).toMatchObject({ events: 1, people: 900 });
  });

  it("is unconfirmed while one headline says so, and confirmed by a second report or a person", () => {
    const [, news] = reports;
    const alone = (more: Partial<MergeRules> = {}) =>
      largest(marketOf([news!], more), {}, 1)[0]?.unconfirmed;
    expect(alone()).toBe(true);
    expect(alone({ confirmed: new Set([news!.key]) })).toBe(false);
    const [row] = largest(marketOf(reports), {}, 1);
    expect(row).toMatchObject({ unconfirmed: false, witnesses: 2 });
  });

  it("a list that names the event and no size confirms no headline's size", () => {
    const listed = report("tracker", "Acme", "2024-03-01", null);
    const headline = report("news", "Acme", "2024-03-02", 200, {
      sentence: "Acme lays off 200",
      learnedOn: "2024-03-02",
    });
    const [row] = largest(marketOf([listed, headline]), {}, 1);
    expect(row).toMatchObject({ people: 200, unconfirmed: true, witnesses: 2 });
    expect(marketOf([listed, headline]).unconfirmed).toMatchObject([
      { key: listed.key, source: "news", people: 200, sentence: "Acme lays off 200" },
    ]);
    const other = report("tracker", "Acme", "2024-03-01", 210);
    expect(largest(marketOf([other, headline]), {}, 1)[0]).toMatchObject({
      people: 210,
      unconfirmed: false,
    });
  });

  it("shows the page that gives its size, and that of a list's row only for what the row says", () => {
    const page = (host: string): Parameters<typeof report>[4] => ({
      values: { url: `https://${host}/a` },
    });
    const urlOf = (...events: readonly LayoffSighting[]) =>
      largest(marketOf(events), {}, 1)[0]?.url ?? null;
    const headline = report("news", "Acme", "2024-03-02", 200, {
      ...page("tech.example"),
      sentence: "Acme lays off 200",
    });
    const tracked = (people: number | null, more = page("press.example")) =>
      report("tracker", "Acme", "2024-03-01", people, more);
    expect(urlOf(tracked(null), headline)).toBe("https://tech.example/a");
    expect(urlOf(tracked(210), headline)).toBe("https://press.example/a");
    expect(urlOf(tracked(200, {}), headline)).toBe("https://tech.example/a");
    expect(urlOf(tracked(210, {}), headline)).toBeNull();
  });

  it("two pages of one publisher confirm nothing", () => {
    const page = (path: string, key: string) =>
      report("news", "Acme", "2024-03-01", 1_000, {
        key,
        sentence: "Acme cuts 1,000",
        values: { url: `https://news.example/${path}` },
      });
    const [row] = largest(marketOf([page("a", "a"), page("b", "b")]), {}, 1);
    expect(row).toMatchObject({ unconfirmed: true, witnesses: 2 });
  });

  it("keeps the name alerts know it by when a list reports it later", () => {
    const ids = (known: readonly LayoffSighting[]) =>
      learnedFacts(marketOf(known), "2024-01-01", "2024-12-31")
        .filter(({ event }) => event === "layoff")
        .map(({ id }) => id);
    expect(ids(reports)).toEqual(ids(reports.slice(1)));
  });

  it("becomes a revision when another report changes its size", () => {
    const told = learnedFacts(marketOf(reports), "2024-01-01", "2024-12-31");
    expect(told.map(({ event, size, was }) => [event, size, was?.people ?? null])).toEqual([
      ["layoff", 900, null],
      ["revision", 900, 1_000],
    ]);
  });

  it("stands while one of its reports does, and goes with the last", () => {
    const gone = (on: string | null) =>
      marketOf([
        report("tracker", "Acme", "2024-03-01", 900, { withdrawnOn: "2024-03-20" }),
        report("news", "Acme", "2024-03-01", 1_000, { withdrawnOn: on }),
      ]);
    expect(totals(gone(null), {})).toMatchObject({ events: 1, people: 1_000 });
    expect(totals(gone("2024-03-25"), {})).toMatchObject({ events: 0 });
    expect(totals(gone("2024-03-25"), { asof: "2024-03-22" })).toMatchObject({ events: 1 });
  });

  it("survives a new date and a corrected size of one of them", () => {
    const tracker = report("tracker", "Acme", "2024-03-01", 900);
    const redated = changed(tracker, "2024-03-15", {
      announcedOn: "2024-03-04",
      headcount: 950,
    });
    expect(merged([redated, report("news", "Acme", "2024-03-02", 1_000)]).said).toEqual([
      "Acme 950 tracker ×2",
    ]);
  });
});

it("what was one event stays one when a source corrects its size or day beyond likeness", () => {
  const tracker = report("tracker", "Acme", "2024-03-01", 1_000);
  const news = report("news", "Acme", "2024-03-01", 1_000);
  expect(merged([changed(tracker, "2024-03-20", { headcount: 100 }), news]).said).toEqual([
    "Acme 100 tracker ×2",
  ]);
  expect(
    merged([changed(tracker, "2024-03-20", { announcedOn: "2024-02-01" }), news]).said,
  ).toEqual(["Acme 1000 tracker ×2"]);
});

describe("what a person says", () => {
  const far = [
    report("tracker", "Acme", "2024-03-01", 500),
    report("news", "Acme", "2024-03-02", 100),
  ];
  const said = (says: "same" | "different", reports = far) => ({
    verdicts: new Map([[pairKey(reports[0]!.key, reports[1]!.key), says]]),
  });

  it("decides what is asked of them, and can be taken back", () => {
    expect(merged(far).unsure.map(({ a, b }) => [a.people, b.people])).toEqual([[500, 100]]);
    expect(merged(far, said("same"))).toMatchObject({ said: ["Acme 500 tracker ×2"], unsure: [] });
    expect(merged(far, said("different"))).toMatchObject({ layoffs: { length: 2 }, unsure: [] });
  });

  it("parts what would be joined, also by way of a third", () => {
    const near = [
      report("tracker", "Acme", "2024-03-01", 500),
      report("news", "Acme", "2024-03-02", 500),
      report("sec", "Acme", "2024-03-01", 500),
    ];
    expect(merged(near, said("different", near)).said).toEqual([
      "Acme 500 tracker ×2",
      "Acme 500 news ×1",
    ]);
  });
});

it("a single list is left as it is, without asking for a company's name", () => {
  const reports = [
    report("tracker", "Acme", "2024-03-01", 500),
    report("tracker", "Acme", "2024-03-02", 500),
  ];
  const found = mergeSightings(reports, {
    ...RULES,
    companyKey: () => {
      throw new Error("asked");
    },
  });
  expect(found).toEqual({ layoffs: reports, witnesses: {}, unsure: [], unconfirmed: [] });
});
