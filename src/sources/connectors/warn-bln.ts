import { columnName } from "../csv/reader.ts";
import { csvText } from "../csv/text.ts";
import type { SourceDef } from "../source.ts";
import { noticesOf } from "../warn-cells.ts";
import { csvAt } from "./csv-at.ts";

const COLUMNS = ["hash id", "postal code", "company", "notice date", "jobs"];
const ADDRESS =
  "https://raw.githubusercontent.com/biglocalnews/warn-github-flow/transformer/data/warn-transformer/processed/integrated.csv";
/** Notices first loaded before this day came in one go: the day says nothing about when they could be known. */
const LOADED_UNTIL = "2022-04-09";

/** Big Local News's consolidated file of the states' WARN notices. */
export const warnBln: SourceDef = {
  id: "warn-bln",
  publisher: "Big Local News",
  title: "WARN notices of some forty states, consolidated",
  licence: "Apache-2.0; notices are public records",
  attribution: "Big Local News, from the states' labour offices",
  url: "https://biglocalnews.org",
  gaps: "Large employers of the United States only; a notice is first seen days after its date; amended notices are estimated.",
  everyMinutes: 12 * 60,
  staleAfterHours: 72,
  needs: [],
  mayBeEmpty: false,
  byDefault: true,
  fetch: (asking) => csvAt(asking, ADDRESS, 64 << 20),
  fits: ({ header }) => {
    const names = header.map(columnName);
    return COLUMNS.every((column) => names.includes(column));
  },
  parse(text, { today, url }) {
    const csv = csvText(text);
    return noticesOf(csv, today, ({ cell }) => {
      if (isTrue(cell("is superseded"))) return null;
      const loaded = cell("first inserted date").slice(0, 10);
      return {
        state: cell("postal code").toUpperCase(),
        company: cell("company"),
        noticedOn: cell("notice date"),
        effectiveOn: cell("effective date"),
        people: cell("jobs"),
        kind: cell("is closure") === "" ? null : isTrue(cell("is closure")) ? "closure" : "layoff",
        temporary: cell("is temporary") === "" ? null : isTrue(cell("is temporary")),
        place: cell("location"),
        url: url ?? "",
        id: cell("hash id"),
        learnedOn: loaded >= LOADED_UNTIL ? loaded : cell("notice date"),
      };
    });
  },
};

function isTrue(text: string): boolean {
  return text.toLowerCase() === "true";
}
