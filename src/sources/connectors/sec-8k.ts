import { z } from "zod";
import { Fault } from "../../fault.ts";
import { addDays, isDay } from "../../market/calendar.ts";
import type { Day } from "../../market/facts.ts";
import { filingFact } from "../extract/filing.ts";
import { itemText } from "../extract/item-text.ts";
import { feedItems } from "../feed-text.ts";
import { jsonText } from "../json-text.ts";
import type { Parsed, SourceDef } from "../source.ts";
import { toldValues } from "../told-values.ts";

const FEED =
  "https://www.sec.gov/cgi-bin/browse-edgar?action=getcurrent&type=8-K&count=100&output=atom";
/** Some days bring more than a thousand 8-Ks; half an hour does not. */
const PAGES = 5;
const ITEM = /Item 2\.05\b/i;
/** Filings of a named company are read so far back. */
const DAYS_BACK = 400;
const COMPANIES_MOST = 50;
/**
 * Industries of tech by their SIC code: computers, audio, communications equipment, electronics; telecom, cable; wholesale, shops and
 * mail order of such goods; software and services, business services (7389 has PayPal and Uber), streaming.
 */
const TECH_SIC =
  /^(?:357\d|3651|366[139]|367\d|481[23]|4822|4841|4899|5045|5065|5734|5961|737\d|7389|7841)$/;

const submissions = z.object({
  cik: z.string(),
  name: z.string(),
  filings: z.object({
    recent: z.object({
      accessionNumber: z.array(z.string()),
      filingDate: z.array(z.string()),
      form: z.array(z.string()),
      items: z.array(z.string()),
    }),
  }),
});

/**
 * Filings on Form 8-K that name Item 2.05, costs of exit or disposal: the feed of current filings says which, their text
 * says how many people, or that it is not stated.
 */
export const sec8k: SourceDef = {
  id: "sec-8k",
  publisher: "U.S. Securities and Exchange Commission",
  title: "8-K filings, Item 2.05",
  licence: "public records",
  attribution: "SEC EDGAR",
  url: "https://www.sec.gov/edgar",
  gaps: "Companies listed in the United States only, and only cuts they hold to be material; of the feed only companies whose industry code is of tech, of companies named by CIK all. A filing that states no figure is of unknown size.",
  everyMinutes: 30,
  staleAfterHours: 4 * 24,
  needs: ["contact"],
  mayBeEmpty: true,
  byDefault: true,
  paceMs: 150,
  settings: {
    ciks: "companies whose filings of the last 400 days are read too, by CIK between commas",
  },
  async *fetch({ get, settings, today, missed }) {
    const met = new Set<string>();
    for (const cik of ciksIn(settings.ciks ?? "")) {
      const url = `https://data.sec.gov/submissions/CIK${cik.padStart(10, "0")}.json`;
      try {
        const text = await get(url, { accept: ["application/json"] });
        if (text === null) continue;
        yield { url, text, topic: cik };
        for (const filing of filingsNamed(text, addDays(today, -DAYS_BACK))) {
          met.add(filing);
          const body = await get(filing, { accept: ["text/plain", "text/html"] });
          if (body !== null) yield { url: filing, text: body, topic: `CIK ${cik} ${filing}` };
        }
      } catch (error) {
        if (missed === undefined) throw error;
        missed(cik, error);
      }
    }
    for (let page = 0; page < PAGES; page += 1) {
      const url = `${FEED}&start=${page * 100}`;
      const text = await get(url, {
        accept: ["application/atom+xml", "text/xml", "application/xml"],
      });
      if (text === null) return;
      yield { url, text, topic: url };
      const items = feedItems(text);
      // An accession stands once for each filer.
      for (const { url: index, summary } of items) {
        const filing = index?.replace(/-index\.html?$/, ".txt");
        if (filing === undefined || !ITEM.test(summary) || met.has(filing)) continue;
        met.add(filing);
        try {
          const body = await get(filing, { accept: ["text/plain", "text/html"] });
          if (body !== null) yield { url: filing, text: body, topic: filing };
        } catch (error) {
          if (missed === undefined) throw error;
          missed(filing, error);
        }
      }
      if (items.length < 100) return;
    }
  },
  fits: ({ head, json }) =>
    /^\s*(?:-----BEGIN PRIVACY|<SEC-(?:DOCUMENT|HEADER))/.test(head) ||
    (head.includes("<feed") && head.includes("browse-edgar")) ||
    submissions.safeParse(json).success,
  parse(text, { url, topic }) {
    const start = text.slice(0, 2_000).trimStart();
    if (start.startsWith("{")) return ofSubmissions(text, url === null);
    if (start.startsWith("<?xml") || start.startsWith("<feed")) return ofFeed(text, url === null);
    const isChosen = url === null || topic?.startsWith("CIK ") === true;
    return ofFiling(text, url, isChosen);
  },
};

const NOTHING: Parsed = {
  rows: 0,
  entries: [],
  layoffs: [],
  faults: [],
  notices: [],
  asOfOn: null,
  wholeOf: null,
};

/** The feed says who filed what; how many people stands in the filing alone. */
function ofFeed(text: string, isFile: boolean): Parsed {
  const items = feedItems(text);
  const named = new Set(items.filter(({ summary }) => ITEM.test(summary)).map(({ id }) => id));
  return { ...NOTHING, rows: items.length, notices: namedNotice(named.size, isFile) };
}

function ofSubmissions(text: string, isFile: boolean): Parsed {
  const read = submissions.safeParse(jsonText(text));
  if (!read.success)
    throw new Fault(
      "bad_file",
      "This is no list of a company's filings.",
      "Get it from data.sec.gov.",
    );
  const { form, items } = read.data.filings.recent;
  const named = items.filter((each, at) => form[at]!.startsWith("8-K") && /\b2\.05\b/.test(each));
  return { ...NOTHING, rows: items.length, notices: namedNotice(named.length, isFile) };
}

function ciksIn(typed: string): readonly string[] {
  return typed
    .split(/[\s,]+/)
    .filter((word) => /^\d{1,10}$/.test(word))
    .slice(0, COMPANIES_MOST);
}

/** The texts of a company's filings that name Item 2.05, filed from a day on. */
function filingsNamed(text: string, from: Day): readonly string[] {
  const read = submissions.safeParse(jsonText(text));
  if (!read.success) return [];
  const { cik, filings } = read.data;
  const { accessionNumber, filingDate, form, items } = filings.recent;
  return accessionNumber.flatMap((accession, at) =>
    form[at]!.startsWith("8-K") && /\b2\.05\b/.test(items[at]!) && filingDate[at]! >= from
      ? `https://www.sec.gov/Archives/edgar/data/${Number(cik)}/${accession.replaceAll("-", "")}/${accession}.txt`
      : [],
  );
}

function namedNotice(count: number, isFile: boolean): string[] {
  return count === 0
    ? isFile
      ? ["No filing of this list names Item 2.05, so it tells of no cut."]
      : []
    : [
        `${count} ${count === 1 ? "filing names" : "filings name"} Item 2.05. How many people is in the filing itself, which is read when the source is asked.`,
      ];
}

/**
 * A filing with its documents, as one text: its header says who and when, its Item 2.05 how many. One that nobody chose is left
 * out where its filer's industry is none of tech: the totals are of tech layoffs.
 */
function ofFiling(text: string, url: string | null, isChosen: boolean): Parsed {
  const header = text.slice(0, 20_000);
  const accession = /ACCESSION NUMBER:\s*([\d-]{10,25})/.exec(header)?.[1];
  const filer = /COMPANY CONFORMED NAME:\s*([^\n]{1,150})/.exec(header)?.[1]?.trim();
  const filed = /FILED AS OF DATE:\s*(\d{4})(\d{2})(\d{2})/.exec(header);
  const on = filed === null ? "" : filed.slice(1).join("-");
  if (accession === undefined || filer === undefined || !isDay(on))
    throw new Fault(
      "bad_file",
      "This is no whole filing: its header is missing.",
      "Get its .txt from EDGAR.",
    );
  const [, industry = "", sic] =
    /STANDARD INDUSTRIAL CLASSIFICATION:\s*([^\n[]{0,80})\[(\d{4})\]/.exec(header) ?? [];
  if (!isChosen && sic !== undefined && !TECH_SIC.test(sic))
    return {
      ...NOTHING,
      rows: 1,
      asOfOn: on,
      notices: [
        `Left out as no tech company: ${filerName(filer)} (${industry.trim().toLowerCase()}).`,
      ],
    };
  const item = itemText(text);
  const fact = item === null ? null : filingFact(item, filer);
  if (fact === null) return { ...NOTHING, rows: 1, asOfOn: on };
  return {
    ...NOTHING,
    rows: 1,
    asOfOn: on,
    layoffs: [
      {
        id: accession,
        values: { ...toldValues(filerName(filer), on, fact, url), filedOn: on },
        learnedOn: on,
        sentence: fact.people === null && fact.percent === null ? null : fact.sentence,
      },
    ],
  };
}

/** "INTERNATIONAL PAPER CO /NEW/" as people write it: "International Paper". */
export function filerName(filer: string): string {
  const bare = filer
    .replace(/\s*\/[A-Z ]{1,12}\/?\s*$/, "")
    .replace(
      /[,.\s]+(?:inc|corp|co|corporation|company|incorporated|ltd|limited|llc|lp|plc|n\.?v|s\.?a)\.?$/i,
      "",
    )
    .trim();
  const name = bare === "" ? filer : bare;
  return name === name.toUpperCase()
    ? name.toLowerCase().replace(/(?<![\p{L}'’])\p{L}/gu, (letter) => letter.toUpperCase())
    : name;
}
