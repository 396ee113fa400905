import { columnName } from "../csv-file.ts";
import { csvText } from "../csv-text.ts";
import type { SourceDef } from "../source.ts";
import { noticesOf } from "../warn-cells.ts";

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
  async *fetch({ get, settings }) {
    for (const url of (settings.url ?? "").split(/[\s,]+/).filter(Boolean)) {
      const text = await get(url, { accept: ["text/csv", "text/plain"] });
      if (text !== null) yield { url, text };
    }
  },
  fits: ({ header }) => {
    const names = header.map(columnName);
    return COLUMNS.every((column) => names.includes(column));
  },
  parse(text, { today }) {
    const { rows, faults } = csvText(text);
    return noticesOf(rows, faults, today, ({ cell }) => {
      // Gone from the state's page, mostly because it was listed anew under another key.
      if (cell("last seen") !== "") return null;
      const name = cell("employer name");
      // A remark below a table, taken for a row.
      if (name.startsWith("* ") && cell("employees affected") === "") return null;
      return {
        state: cell("state"),
        company: cell("canonical name") || name,
        noticedOn: cell("notice date"),
        effectiveOn: cell("effective date"),
        people: cell("employees affected"),
        kind: KINDS[cell("layoff type")] ?? null,
        temporary: cell("is temporary") === "" ? null : cell("is temporary") === "1",
        place: cell("location"),
        url: cell("source url"),
        id: cell("dedupe key"),
        learnedOn: cell("first seen"),
      };
    });
  },
};

const KINDS: Readonly<Record<string, "closure" | "layoff">> = {
  closure: "closure",
  mass_layoff: "layoff",
};
