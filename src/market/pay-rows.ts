import { addDays } from "./calendar.ts";
import type { Day, PayLevel, PayRow } from "./facts.ts";
import { isAiFamily, roleFamily } from "./roles.ts";
import type { RoleFamily } from "./roles.ts";

/** Which reported salaries count. */
export interface PayQuery {
  readonly role?: RoleFamily | undefined;
  /** Any of these phrases, as whole words of the title. */
  readonly titleWords?: readonly string[] | undefined;
  readonly level?: PayLevel | undefined;
  /** ISO 3166 alpha-2 of the employer; every country when left out. */
  readonly country?: string | undefined;
  /** Only titles that name an AI field, or only the others. */
  readonly ai?: boolean | undefined;
  /** First and last day, both included: rows that appeared then. */
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  /** A quarter instead of the two days: "2023Q4". */
  readonly quarter?: string | undefined;
  /** Full-time when left out. */
  readonly employment?: PayRow["employment"] | undefined;
}

/** How far a dump may stand from the end of a period and still speak for it, days. */
const SLACK_DAYS = 10;

/** The families a query means: "engineer" with `ai` is the AI engineer, "ai-engineer" without is the engineer. */
export function familiesOf({ role = "all", ai }: PayQuery): readonly Exclude<RoleFamily, "all">[] {
  const families = (
    ["ai-engineer", "ai-other", "engineer", "data-scientist", "other"] as const
  ).filter((family) => ai === undefined || isAiFamily(family) === ai);
  if (role === "all") return families;
  const meant =
    role === "engineer" && ai === true
      ? "ai-engineer"
      : role === "ai-engineer" && ai === false
        ? "engineer"
        : role;
  return families.filter((family) => family === meant);
}

/**
 * The rows that fit, by everything but time when no day is given. A row belongs to a period when the dump it first stood
 * in and the dump before it both fall there (the latter up to ten days early), so that a gap between dumps is never passed
 * off as a shorter period.
 */
export function payRowsFor(rows: readonly PayRow[], query: PayQuery): readonly PayRow[] {
  const { level, country, employment = "full-time", titleWords, from, to } = query;
  const families = new Set<RoleFamily>(familiesOf(query));
  const phrases = titleWords?.map(spaced);
  const familyOf = familiesByTitle();
  return rows.filter(
    (row) =>
      row.employment === employment &&
      (level === undefined || row.level === level) &&
      (country === undefined || row.employerCountry === country) &&
      ((from === undefined && to === undefined) || appearedIn(row, from, to)) &&
      families.has(familyOf(row.title)) &&
      (phrases === undefined || phrases.some((phrase) => spaced(row.title).includes(phrase))),
  );
}

/** Whether the dumps follow one another through the whole period, none more than ten days from its ends. */
export function dumpsCover(rows: readonly PayRow[], from: Day, to: Day): boolean {
  const spans = new Map<string, readonly [after: Day, on: Day]>();
  for (const row of rows)
    if (appearedIn(row, from, to))
      spans.set(`${row.appearedAfter!} ${row.appearedOn!}`, [row.appearedAfter!, row.appearedOn!]);
  let reached = from;
  for (const [after, on] of [...spans.values()].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (after > addDays(reached, SLACK_DAYS)) return false;
    if (on > reached) reached = on;
  }
  return spans.size > 0 && reached >= addDays(to, -SLACK_DAYS);
}

function appearedIn(
  { appearedOn, appearedAfter }: PayRow,
  from: Day | undefined,
  to: Day | undefined,
): boolean {
  if (appearedOn === null || appearedAfter === null) return false;
  return (
    (to === undefined || appearedOn <= to) &&
    (from === undefined || (appearedOn >= from && appearedAfter >= addDays(from, -SLACK_DAYS)))
  );
}

/** Dumps hold thousands of rows and a few hundred titles: each title is read once. */
function familiesByTitle(): (title: string) => RoleFamily {
  const known = new Map<string, RoleFamily>();
  return (title) => {
    const family = known.get(title) ?? roleFamily(title);
    known.set(title, family);
    return family;
  };
}

function spaced(words: string): string {
  return ` ${words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()} `;
}
