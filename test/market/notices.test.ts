import { describe, expect, it } from "vitest";
import { NO_ENTRIES } from "../../src/market/facts.ts";
import type { Entry, NoticeValues } from "../../src/market/facts.ts";
import { employerName, notices, noticeTotals } from "../../src/market/notices.ts";
import { stateCode } from "../../src/market/us-states.ts";

const NOTICE: NoticeValues = {
  state: "WA",
  company: "Acme, Inc.",
  noticedOn: "2026-07-01",
  effectiveOn: "2026-09-01",
  people: 120,
  kind: null,
  temporary: null,
  place: null,
  url: null,
};
let made = 0;

function entry(
  values: Partial<NoticeValues>,
  more: Partial<Entry<NoticeValues>> = {},
): Entry<NoticeValues> {
  made += 1;
  return {
    key: `k${made}`,
    source: "warn-bln",
    versions: [{ from: "2026-07-05", values: { ...NOTICE, ...values } }],
    ...more,
  };
}

const marketOf = (...entries: readonly Entry<NoticeValues>[]) => ({
  entries: { ...NO_ENTRIES, notices: entries },
});
const company = (name: string, ...aliases: readonly string[]) => ({
  key: name.toLowerCase(),
  name,
  aliases,
  parent: null,
});

describe("notices", () => {
  it("come by effective day, the larger first, those without a day last", () => {
    const market = marketOf(
      entry({ effectiveOn: null }),
      entry({ effectiveOn: "2026-09-02", people: 10 }),
      entry({ company: "Bolt", effectiveOn: "2026-09-02", people: 90 }),
      entry({ effectiveOn: "2026-08-01" }),
    );
    expect(notices(market, {}).map(({ effectiveOn, people }) => [effectiveOn, people])).toEqual([
      ["2026-08-01", 120],
      ["2026-09-02", 90],
      ["2026-09-02", 10],
      [null, 120],
    ]);
  });

  it("on two lists are one, with the size that either knows; twice on one list they are two", () => {
    const twice = marketOf(
      entry({ people: null }, { source: "warn-register" }),
      entry({ company: "ACME INC" }),
    );
    expect(notices(twice, {})).toMatchObject([{ people: 120, source: "warn-register" }]);
    expect(notices(marketOf(entry({}), entry({})), {})).toHaveLength(2);
    const differ = marketOf(entry({ people: 50 }, { source: "warn-register" }), entry({}));
    expect(notices(differ, {})).toHaveLength(2);
  });

  it("read as they were known on a day, and are gone once withdrawn", () => {
    const market = marketOf(
      entry(
        {},
        {
          versions: [
            { from: "2026-07-05", values: NOTICE },
            { from: "2026-07-20", values: { ...NOTICE, people: 200 } },
            { from: "2026-08-01", values: null },
          ],
        },
      ),
    );
    const people = (asof?: string) =>
      notices(market, asof === undefined ? {} : { asof }).map((row) => row.people);
    expect([
      people("2026-07-01"),
      people("2026-07-10"),
      people("2026-07-20"),
      people("2026-08-01"),
      people(),
    ]).toEqual([[], [120], [200], [], []]);
  });

  it("of an employer are those filed under its whole name, never another firm's", () => {
    const market = marketOf(
      entry({ company: "Meta Platforms, Inc. (Updated)" }),
      entry({ company: "Meta Materials Inc." }),
      entry({ company: "Amazon.com Services LLC" }),
      entry({ company: "Amazonia Nurseries" }),
    );
    const of = (employer: Parameters<typeof notices>[1]["employer"]) =>
      notices(market, { employer: employer! }).map((row) => row.company);
    expect(of(company("Meta", "Meta Platforms"))).toEqual(["Meta Platforms, Inc. (Updated)"]);
    expect(of(company("Amazon", "Amazon.com"))).toEqual(["Amazon.com Services LLC"]);
    expect(of("meta materials")).toEqual(["Meta Materials Inc."]);
  });

  it("add up to a floor, with those that did not say beside it", () => {
    const rows = notices(
      marketOf(entry({}), entry({ company: "Bolt", people: null }), entry({ state: "CA" })),
      {},
    );
    expect(noticeTotals(rows)).toEqual({ notices: 3, people: 240, unknownSize: 1, employers: 2 });
  });
});

it.each([
  ["Google LLC", "google"],
  ["The Coca-Cola Company", "coca-cola"],
  ["*Updated* Community Healthlink, Inc. (aka CHL)", "community healthlink"],
  ["Monitronics International, Inc. d/b/a Brinks Home", "monitronics international"],
  ["Intel Corp.", "intel"],
  ["Co", "co"],
])("%j is filed by %j", (filed, name) => {
  expect(employerName(filed)).toBe(name);
});

it.each([
  ["wa", "WA"],
  ["Washington", "WA"],
  ["new york", "NY"],
  ["mars", undefined],
])("%j is the state %j", (typed, code) => {
  expect(stateCode(typed)).toBe(code);
});
