import { columnName } from "../csv/reader.ts";
import { csvText } from "../csv/text.ts";
import type { NamedRow } from "../csv/text.ts";
import type { SourceDef } from "../source.ts";
import { noticesOf } from "../warn-cells.ts";
import type { NoticeCells } from "../warn-cells.ts";

type Told = Pick<NoticeCells, "company" | "noticedOn" | "effectiveOn" | "people" | "place"> &
  Partial<Pick<NoticeCells, "kind" | "temporary">>;

/** How single states write their lists. Names of contact persons stand in some of them and are not taken. */
const LAYOUTS: readonly {
  readonly state: string;
  readonly columns: readonly string[];
  readonly read: (row: NamedRow) => Told;
}[] = [
  {
    state: "CO",
    columns: ["company", "notice date", "begin date", "permanent job losses", "workforce area"],
    read: ({ cell }) => ({
      company: cell("company"),
      noticedOn: cell("notice date"),
      effectiveOn: cell("begin date"),
      people: sumOf(cell("permanent job losses"), cell("temporary job losses")) || cell("jobs"),
      place: cell("workforce area") || cell("workforce region"),
      kind: /clos/i.test(cell("reason")) ? "closure" : null,
    }),
  },
  {
    state: "VA",
    columns: ["company", "notice date", "impact date", "employees affected", "notice type"],
    read: ({ cell }) => ({
      company: cell("company"),
      noticedOn: cell("notice date"),
      effectiveOn: cell("impact date"),
      people: cell("employees affected"),
      place: cell("location"),
      kind: kindIn(cell("notice type")),
    }),
  },
  {
    state: "WA",
    columns: ["company", "layoff start date", "# of workers", "closure layoff", "received date"],
    read: ({ cell }) => ({
      company: cell("company"),
      noticedOn: cell("received date"),
      effectiveOn: cell("layoff start date"),
      people: cell("# of workers"),
      place: cell("location"),
      kind: kindIn(cell("closure layoff")),
      temporary:
        { permanent: false, temporary: true }[cell("type of layoff").toLowerCase()] ?? null,
    }),
  },
];

/** Lists as some states publish them, for files somebody has. */
export const warnStates: SourceDef = {
  id: "warn-states",
  publisher: "Labour offices of Colorado, Virginia and Washington",
  title: "WARN notices as the states list them",
  licence: "public records",
  attribution: "The states' labour offices",
  url: "https://www.dol.gov/agencies/eta/layoffs/warn",
  gaps: "Only the states whose files were imported.",
  everyMinutes: null,
  staleAfterHours: 24 * 31,
  needs: [],
  mayBeEmpty: false,
  byDefault: false,
  fits: ({ header }) => layoutOf(header) !== undefined,
  parse(text, { today }) {
    const csv = csvText(text);
    const layout = layoutOf(csv.header);
    return noticesOf(csv, today, (row) =>
      layout === undefined
        ? null
        : {
            kind: null,
            temporary: null,
            ...layout.read(row),
            state: layout.state,
            url: "",
            id: null,
            learnedOn: row.cell(layout.state === "WA" ? "received date" : "notice date"),
          },
    );
  },
};

function layoutOf(header: readonly string[]) {
  const names = header.map(columnName);
  return LAYOUTS.find(({ columns }) => columns.every((column) => names.includes(column)));
}

function kindIn(text: string): "closure" | "layoff" | null {
  if (/clos/i.test(text)) return "closure";
  return /layoff/i.test(text) ? "layoff" : null;
}

/** Two parts of one figure; "" where neither says anything. */
function sumOf(...parts: readonly string[]): string {
  const known = parts.filter((part) => /^\d+$/.test(part)).map(Number);
  const sum = known.reduce((total, part) => total + part, 0);
  return sum === 0 ? "" : String(sum);
}
