import type { LayoffValues } from "../market/facts.ts";

export type LayoffField = keyof LayoffValues;

/** Fields a tracker edits over time, in the order a change is told. */
const TOLD_FIELDS = [
  "announcedOn",
  "headcount",
  "percentOfStaff",
  "location",
  "country",
  "industry",
  "stage",
  "raisedUsdM",
  "url",
] as const satisfies readonly LayoffField[];

const ALL_FIELDS = [
  ...TOLD_FIELDS,
  "reason",
  "filedOn",
  "effectiveOn",
] as const satisfies readonly LayoffField[];

/** A tracker that takes a figure back says something new; a blank anywhere else says nothing. */
const BLANK_SPEAKS: ReadonlySet<LayoffField> = new Set(["headcount", "percentOfStaff"]);

/**
 * What is known of a row once it was read again: the newer value of each field, the known one where the newer file is
 * blank. `given` names the columns the file has, since a layout without percentages takes none back.
 */
export function mergedValues(
  known: LayoffValues,
  newer: LayoffValues,
  given: ReadonlySet<LayoffField>,
): LayoffValues {
  let merged = known;
  for (const field of ALL_FIELDS) {
    const speaks = newer[field] !== null || (BLANK_SPEAKS.has(field) && given.has(field));
    if (speaks && !sameValue(field, known[field], newer[field]))
      merged = { ...merged, [field]: newer[field] };
  }
  return merged;
}

/** The known values with their blanks filled from a report of the same values; figures are never filled, they are versions. */
export function filledValues(known: LayoffValues, other: LayoffValues): LayoffValues {
  let filled = known;
  for (const field of ALL_FIELDS)
    if (known[field] === null && other[field] !== null && !BLANK_SPEAKS.has(field))
      filled = { ...filled, [field]: other[field] };
  return filled;
}

/** Fields of which the source first said one thing and then another; a detail that was blank before is no change. */
export function changedFields(before: LayoffValues, after: LayoffValues): LayoffField[] {
  return TOLD_FIELDS.filter((field) => {
    const bothSpeak = BLANK_SPEAKS.has(field) || (before[field] !== null && after[field] !== null);
    return bothSpeak && !sameValue(field, before[field], after[field]);
  });
}

export function equalValues(a: LayoffValues, b: LayoffValues): boolean {
  return ALL_FIELDS.every((field) => a[field] === b[field]);
}

/** Percentages are printed rounded, by one layout to whole percents: half a point or 2 % apart is the same figure. */
export function samePercent(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= Math.max(0.5, 0.02 * Math.max(a, b)) + 1e-9;
}

function sameValue(
  field: LayoffField,
  a: string | number | null,
  b: string | number | null,
): boolean {
  if (typeof a === "number" && typeof b === "number") {
    if (field === "percentOfStaff") return samePercent(a, b);
    // One layout prints whole millions.
    return field === "raisedUsdM"
      ? Math.abs(a - b) <= Math.max(0.5, 0.01 * Math.max(a, b))
      : a === b;
  }
  if (typeof a !== "string" || typeof b !== "string" || field === "url") return a === b;
  return field === "location" ? samePlace(a, b) : foldedText(a) === foldedText(b);
}

/** One layout runs a row's two places together ("New DelhiNew York City") where the others keep the first. */
export function samePlace(a: string, b: string): boolean {
  const [one, other] = [foldedText(a), foldedText(b)];
  return one.startsWith(other) || other.startsWith(one);
}

/** Text for comparing only: case, accents' encoding and stray blanks do not count. */
export function foldedText(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();
}
