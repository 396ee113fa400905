import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { filerName, sec8k } from "../../../src/sources/connectors/sec-8k.ts";
import type { Answer, Get } from "../../../src/sources/source.ts";

const ABOUT = { today: "2026-11-22", url: "https://www.sec.gov/Archives/edgar/data/1/1.txt" };

function filing(item: string, sic?: string): string {
  return [
    "<SEC-DOCUMENT>0000000001-26-000007.txt : 20261102",
    "<SEC-HEADER>",
    "ACCESSION NUMBER:\t\t0000000001-26-000007",
    "CONFORMED SUBMISSION TYPE:\t8-K",
    "FILED AS OF DATE:\t\t20261102",
    "\tCOMPANY CONFORMED NAME:\t\t\tACME WIDGETS INC /DE/",
    ...(sic === undefined ? [] : [`\tSTANDARD INDUSTRIAL CLASSIFICATION:\t${sic}`]),
    "</SEC-HEADER>",
    "<DOCUMENT><TYPE>8-K<TEXT><html><body>",
    `<p>Item 2.05 Costs Associated with Exit or Disposal Activities</p><p>${item}</p>`,
    "<p>Item 9.01 Financial Statements and Exhibits</p><p>1,000 employees</p>",
    "</body></html></TEXT></DOCUMENT>",
  ].join("\n");
}

function entry(accession: string, items: string): string {
  return `<entry><title>8-K - ACME (0000000001) (Filer)</title><link rel="alternate" href="https://www.sec.gov/Archives/edgar/data/1/${accession}-index.htm"/><summary type="html">&lt;b&gt;Filed:&lt;/b&gt; 2026-11-02 ${items}</summary><updated>2026-11-02T10:00:00-05:00</updated><id>urn:${accession}</id></entry>`;
}

const feed = (...entries: readonly string[]) =>
  `<?xml version="1.0" encoding="ISO-8859-1" ?><feed xmlns="http://www.w3.org/2005/Atom"><title>Latest Filings</title><link rel="self" href="/cgi-bin/browse-edgar?action=getcurrent"/>${entries.join("")}</feed>`;

describe("a filing", () => {
  it("gives filer, day and head count of its Item 2.05, with the sentence", () => {
    const { layoffs } = sec8k.parse(
      filing("The plan will reduce our workforce by approximately 120 employees."),
      ABOUT,
    );
    expect(layoffs).toMatchObject([
      {
        id: "0000000001-26-000007",
        learnedOn: "2026-11-02",
        sentence: "The plan will reduce our workforce by approximately 120 employees.",
        values: {
          company: "Acme Widgets",
          announcedOn: "2026-11-02",
          headcount: 120,
          url: ABOUT.url,
        },
      },
    ]);
  });

  it("of a company that is not of tech counts only where somebody chose it", () => {
    const cuts = (sic: string, about: { topic?: string; url?: null }) =>
      sec8k.parse(filing("We will cut 120 employees.", sic), { ...ABOUT, ...about });
    const paper = "PAPER MILLS [2621]";
    expect(cuts("SERVICES-PREPACKAGED SOFTWARE [7372]", {}).layoffs).toHaveLength(1);
    expect(cuts(paper, {})).toMatchObject({
      layoffs: [],
      notices: ["Left out as no tech company: Acme Widgets (paper mills)."],
    });
    expect(cuts(paper, { topic: "CIK 51434 https://…" }).layoffs).toHaveLength(1);
    expect(cuts(paper, { url: null }).layoffs).toHaveLength(1);
  });

  it("that states no figure is of unknown size, and one without a cut is nothing", () => {
    const told = (item: string) =>
      sec8k.parse(filing(item), ABOUT).layoffs.map(({ values }) => values.headcount);
    expect(told("We approved a reduction in force and cannot yet estimate its size.")).toEqual([
      null,
    ]);
    expect(told("We sold our building in Fresno and ended its lease.")).toEqual([]);
  });

  it("without its header is refused", () => {
    expect(() => sec8k.parse("<SEC-DOCUMENT>\nhello", ABOUT)).toThrow("no whole filing");
  });
});

it("asks for the filings that name Item 2.05 alone, each once, and goes on when one fails", async () => {
  const asked: string[] = [];
  const get: Get = async (url) => {
    asked.push(url);
    if (url.includes("browse-edgar"))
      return feed(
        entry("1-26-1", "&lt;br&gt;Item 2.05: Cost Associated with Exit or Disposal Activities"),
        entry("1-26-1", "&lt;br&gt;Item 2.05: Cost Associated with Exit or Disposal Activities"),
        entry("1-26-2", "&lt;br&gt;Item 7.01: Regulation FD Disclosure"),
        entry("1-26-3", "&lt;br&gt;Item 2.05: Cost Associated with Exit or Disposal Activities"),
      );
    if (url.includes("1-26-3")) throw new Error("503");
    return filing("We will cut 120 employees.");
  };
  const missed: string[] = [];
  const answers: Answer[] = [];
  for await (const answer of sec8k.fetch!({
    get,
    settings: {},
    today: ABOUT.today,
    missed: (topic) => missed.push(topic),
  }))
    answers.push(answer);
  expect(asked.slice(1)).toEqual([
    "https://www.sec.gov/Archives/edgar/data/1/1-26-1.txt",
    "https://www.sec.gov/Archives/edgar/data/1/1-26-3.txt",
  ]);
  expect(missed).toEqual(["https://www.sec.gov/Archives/edgar/data/1/1-26-3.txt"]);
  expect(
    answers.flatMap(({ text, url }) => sec8k.parse(text, { ...ABOUT, url }).layoffs),
  ).toHaveLength(1);
});

it("reads the filings of named companies too, of the last 400 days", async () => {
  const asked: string[] = [];
  const get: Get = async (url) => {
    asked.push(url);
    if (url.includes("browse-edgar")) return feed();
    if (url.endsWith(".txt")) return filing("We will cut 120 employees.");
    return JSON.stringify({
      cik: "0000000007",
      name: "Acme",
      filings: {
        recent: {
          accessionNumber: ["0000000007-26-000001", "0000000007-26-000002", "0000000007-20-000003"],
          filingDate: ["2026-03-04", "2026-02-18", "2020-02-25"],
          form: ["8-K", "8-K", "8-K"],
          items: ["2.02,2.05,9.01", "2.02", "2.05"],
        },
      },
    });
  };
  const answers: Answer[] = [];
  for await (const answer of sec8k.fetch!({ get, settings: { ciks: "7, x" }, today: ABOUT.today }))
    answers.push(answer);
  expect(asked.slice(0, 2)).toEqual([
    "https://data.sec.gov/submissions/CIK0000000007.json",
    "https://www.sec.gov/Archives/edgar/data/7/000000000726000001/0000000007-26-000001.txt",
  ]);
  expect(asked).toHaveLength(3);
  expect(answers.flatMap(({ text }) => sec8k.parse(text, ABOUT).layoffs)).toHaveLength(1);
});

it.each([
  ["INTERNATIONAL PAPER CO /NEW/", "International Paper"],
  ["Sarepta Therapeutics, Inc.", "Sarepta Therapeutics"],
  ["HORMEL FOODS CORP /DE/", "Hormel Foods"],
  ["3M CO", "3M"],
  ["O'REILLY AUTOMOTIVE INC", "O'reilly Automotive"],
])("the filer %j is %j", (filer, name) => {
  expect(filerName(filer)).toBe(name);
});

const EDGAR = new URL("../../../../shared/data/edgar/", import.meta.url);

describe.skipIf(!existsSync(EDGAR))("answers of EDGAR as they are", () => {
  it.each([
    ["getcurrent_2025-12-12_page0.atom", 100],
    ["getcurrent_2025-12-12_page15_has_item205.atom", 100],
    ["submissions_CIK0001324424.json", 1_002],
  ])("%s is known by its shape and read", (name, rows) => {
    const text = readFileSync(new URL(name, EDGAR), "latin1");
    const json: unknown = name.endsWith(".json") ? JSON.parse(text) : undefined;
    expect(sec8k.fits({ name, head: text.slice(0, 8_192), header: [], json })).toBe(true);
    expect(sec8k.parse(text, ABOUT)).toMatchObject({ rows, layoffs: [], faults: [] });
  });

  it("the feed's one Item 2.05 of that page, and the two of a company's list, are named", () => {
    const notices = (name: string) =>
      sec8k.parse(readFileSync(new URL(name, EDGAR), "latin1"), { ...ABOUT, url: null }).notices[0];
    expect(notices("getcurrent_2025-12-12_page0.atom")).toContain("No filing of this list");
    expect(notices("getcurrent_2025-12-12_page15_has_item205.atom")).toContain("1 filing names");
    expect(notices("submissions_CIK0001324424.json")).toContain("2 filings name");
  });
});
