import { daysBetween } from "../../market/calendar.ts";
import { columnName } from "../csv/reader.ts";
import { csvText } from "../csv/text.ts";
import type { NamedRow } from "../csv/text.ts";
import type { SourceDef } from "../source.ts";
import { dayIn, noticesOf } from "../warn-cells.ts";
import { csvAt } from "./csv-at.ts";

const COLUMNS = ["state", "employer name", "dedupe key", "first seen", "last seen"];

/** A register of WARN notices over many states, one row a notice, with the days it was seen. */
export const warnRegister: SourceDef = {
  id: "warn-register",
  publisher: "WARN notice register",
  title: "WARN notices by state",
  licence: "Apache-2.0; notices are public records",
  attribution: "WARN notices as published by the states' labour offices",
  url: "https://www.dol.gov/agencies/eta/layoffs/warn",
  gaps: "Large employers of the United States only; states differ in what they publish, and some lag by weeks.",
  everyMinutes: 24 * 60,
  staleAfterHours: 72,
  needs: ["url"],
  mayBeEmpty: false,
  byDefault: false,
  async *fetch(asking) {
    for (const url of (asking.settings.url ?? "").split(/[\s,]+/)) yield* csvAt(asking, url);
  },
  fits: ({ header }) => {
    const names = header.map(columnName);
    return COLUMNS.every((column) => names.includes(column));
  },
  parse(text, { today }) {
    const csv = csvText(text);
    const loads = loadsIn(csv.rows);
    return noticesOf(csv, today, ({ cell }) => {
      // Gone from the state's page, mostly because it was listed anew under another key.
      if (cell("last seen") !== "") return null;
      const name = cell("employer name");
      // A remark below a table, taken for a row.
      if (name.startsWith("* ") && cell("employees affected") === "") return null;
      return {
        state: cell("state"),
        company: cell("canonical name") || name,
        filedAs: name,
        noticedOn: cell("notice date"),
        effectiveOn: cell("effective date"),
        people: cell("employees affected"),
        kind: KINDS[cell("layoff type")] ?? null,
        temporary: cell("is temporary") === "" ? null : cell("is temporary") === "1",
        place: cell("location"),
        url: cell("source url"),
        id: cell("dedupe key"),
        learnedOn: loads.has(`${cell("state")} ${cell("first seen")}`)
          ? ownDay(cell("notice date") || cell("effective date"), cell("first seen"))
          : cell("first seen"),
      };
    });
  },
};

/** So many rows at once of which most are older than that are no news of a day. */
const LOADED_FROM = 20;
const OLD_DAYS = 30;

/**
 * The days on which a state's list was loaded in one go, or anew under other keys, each as "WA 2026-08-06": when its rows were
 * seen there says nothing about when they could be known.
 */
function loadsIn(rows: readonly NamedRow[]): ReadonlySet<string> {
  const counts = new Map<string, { rows: number; old: number }>();
  for (const { cell } of rows) {
    const name = `${cell("state")} ${cell("first seen")}`;
    const count = counts.get(name) ?? { rows: 0, old: 0 };
    counts.set(name, count);
    count.rows += 1;
    const [own, seen] = [
      dayIn(cell("notice date") || cell("effective date")),
      dayIn(cell("first seen")),
    ];
    if (own !== null && seen !== null && daysBetween(own, seen) > OLD_DAYS) count.old += 1;
  }
  return new Set(
    [...counts].flatMap(([name, count]) =>
      count.rows >= LOADED_FROM && 2 * count.old > count.rows ? [name] : [],
    ),
  );
}

/** A notice's own day, or the day it was seen where that was earlier or the only one. */
function ownDay(own: string, seen: string): string {
  return own !== "" && own < seen ? own : seen;
}

const KINDS: Readonly<Record<string, "closure" | "layoff">> = {
  closure: "closure",
  mass_layoff: "layoff",
};
