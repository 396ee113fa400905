import { readHeadline } from "../extract/headline.ts";
import type { Nothing } from "../extract/headline.ts";
import { feedItems } from "../feed-text.ts";
import type { RowFault } from "../row-fault.ts";
import type { FoundLayoff, SourceDef } from "../source.ts";
import { toldValues } from "../told-values.ts";

const TYPES = [
  "application/rss+xml",
  "application/atom+xml",
  "application/xml",
  "text/xml",
  "application/rdf+xml",
];

/** Headlines of news feeds the operator names: company and figure, or nothing. */
export const news: SourceDef = {
  id: "news",
  publisher: "News feeds",
  title: "headlines about cuts",
  licence: "facts, cited with their link",
  attribution: "Each headline's own publisher, by its link",
  url: "https://en.wikipedia.org/wiki/Web_feed",
  gaps: "Headlines only, no article is read, and every employer counts, tech or not: choose feeds of tech news. A figure is unconfirmed until a second publisher or a person says the same.",
  everyMinutes: 30,
  staleAfterHours: 24,
  needs: ["url"],
  mayBeEmpty: true,
  byDefault: false,
  robots: true,
  settings: { url: "addresses of RSS or Atom feeds, between commas" },
  async *fetch({ get, settings, missed }) {
    for (const url of (settings.url ?? "").split(/[\s,]+/).filter(Boolean)) {
      try {
        const text = await get(url, { accept: TYPES, most: 5 << 20 });
        if (text !== null) yield { url, text, topic: new URL(url).host };
      } catch (error) {
        if (missed === undefined) throw error;
        missed(url, error);
      }
    }
  },
  fits: ({ head }) =>
    /^(?:<\?xml[^>]*>\s*)?<(?:rss|rdf:RDF|feed)\b/i.test(head) && !head.includes("browse-edgar"),
  parse(text, { today, url }) {
    const items = feedItems(text);
    const layoffs = new Map<string, FoundLayoff>();
    const faults: RowFault[] = [];
    const passedOver: RowFault[] = [];
    const kinds = new Map<string, number>();
    const pass = (at: number, title: string, nothing: keyof typeof REASONS) => {
      const reason = REASONS[nothing];
      kinds.set(reason, (kinds.get(reason) ?? 0) + 1);
      if (nothing !== "no cut") passedOver.push({ row: at + 1, column: "", value: title, reason });
    };
    let newest: string | null = null;
    for (const [at, { id, title, url: link, on }] of items.entries()) {
      if (on !== null && on <= today && on > (newest ?? "")) newest = on;
      const read = readHeadline(title);
      if ("nothing" in read) {
        pass(at, title, read.nothing);
        continue;
      }
      const { fact } = read;
      const isSized = fact.people !== null || fact.percent !== null;
      if (fact.company === null || !isSized) {
        pass(at, title, isSized ? "no company" : "no number");
        continue;
      }
      if (layoffs.has(id)) {
        pass(at, title, "twice");
        continue;
      }
      if (on === null || on > today) {
        faults.push({
          row: at + 1,
          column: "date",
          value: on ?? "",
          reason: on === null ? "is missing" : `lies in the future (after ${today})`,
        });
        continue;
      }
      layoffs.set(id, {
        id,
        values: toldValues(fact.company, on, fact, link),
        learnedOn: on,
        sentence: fact.sentence,
      });
    }
    return {
      rows: items.length,
      entries: [],
      layoffs: [...layoffs.values()],
      faults,
      passedOver,
      notices: passedNotices(kinds),
      // A feed that is asked speaks for now; a saved one for no more than the newest day in it.
      asOfOn: url === null ? newest : null,
      wholeOf: null,
    };
  },
};

const REASONS: Readonly<Record<Nothing | "twice", string>> = {
  "no cut": "tells of no layoff",
  asked: "only asks",
  denied: "denies it",
  possible: "says what may be",
  past: "looks back",
  "for cause": "tells of people fired for cause",
  "one person": "is of one person",
  several: "names no single company",
  "no company": "names no company I can tell",
  "no number": "gives no number",
  twice: "is there twice",
};

/** "9 headlines give no fact: tells of no layoff (7), only asks (2)." */
function passedNotices(kinds: ReadonlyMap<string, number>): string[] {
  if (kinds.size === 0) return [];
  const all = kinds.values().reduce((sum, count) => sum + count, 0);
  const counted = [...kinds]
    .toSorted(([, a], [, b]) => b - a)
    .map(([reason, count]) => `${reason} (${count.toLocaleString("en-US")})`);
  return [
    `${all.toLocaleString("en-US")} ${all === 1 ? "headline gives" : "headlines give"} no fact: ${counted.join(", ")}.`,
  ];
}
