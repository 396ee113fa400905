import type { Figure } from "./program.ts";

const BEGIN = "<!-- figures: written by `npm run reliability` -->";
const END = "<!-- end of figures -->";
const HEAD = [
  "| id | promise | what was done to it | tried | broken | seen | measured |",
  "| --- | --- | --- | --: | --: | --- | --- |",
];

/**
 * A page with the rows of these promises replaced and all others kept, in the order of their numbers. Throws when the page
 * has no place for the table.
 */
export function withFigures(page: string, figures: readonly Figure[], on: string): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from)
    throw new Error(`The page has no place for the table: ${BEGIN} … ${END}`);
  const measured = new Set(figures.map(({ id }) => id));
  const kept = page
    .slice(from, to)
    .split("\n")
    .filter((line) => /^\| P\d/.test(line) && !measured.has(idIn(line)));
  const rows = [...kept, ...figures.map((figure) => rowOf(figure, on))].sort(
    (one, other) => Number(idIn(one).slice(1)) - Number(idIn(other).slice(1)),
  );
  return `${page.slice(0, from)}${[BEGIN, "", ...HEAD, ...rows, "", END].join("\n")}${page.slice(to + END.length)}`;
}

function idIn(row: string): string {
  return /P\d+/.exec(row)?.[0] ?? "";
}

function rowOf({ id, promise, injected, count, violations, detail }: Figure, on: string): string {
  const tried = count === 0 ? "–" : count.toLocaleString("en-US");
  const broken = count === 0 ? "–" : violations.toLocaleString("en-US");
  const cells = [id, promise, injected, tried, broken, detailText(detail), on];
  return `| ${cells.map(cellText).join(" | ")} |`;
}

/** What was seen, in one line. */
export function detailText(detail: Figure["detail"]): string {
  if (typeof detail === "string") return detail;
  return Object.entries(detail)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
}

function cellText(text: string): string {
  return text.replaceAll("|", "\\|").replace(/\s+/g, " ");
}
