import { headlineFact } from "../extract/headline.ts";
import { feedItems } from "../feed-text.ts";
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
    const faults = [];
    let newest: string | null = null;
    for (const [at, { id, title, url: link, on }] of items.entries()) {
      if (on !== null && on <= today && on > (newest ?? "")) newest = on;
      const fact = headlineFact(title);
      if (fact === null || fact.company === null) continue;
      if (fact.people === null && fact.percent === null) continue;
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
      notices: [],
      // A feed that is asked speaks for now; a saved one for no more than the newest day in it.
      asOfOn: url === null ? newest : null,
      wholeOf: null,
    };
  },
};
