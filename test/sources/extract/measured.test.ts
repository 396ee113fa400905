import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ExtractedFact } from "../../../src/sources/extract/fact.ts";
import { filingFact } from "../../../src/sources/extract/filing.ts";
import { headlineFact } from "../../../src/sources/extract/headline.ts";

const HEADLINES = new URL("../../../../shared/data/news/slug_headlines.json", import.meta.url);
const FILINGS = new URL("../../../../shared/data/edgar/item205_labelled.json", import.meta.url);

/** Words of an address, and what a tracker says of the same cut; `kind` says what of it stands in the words. */
interface Headline {
  readonly text: string;
  readonly n: number | null;
  readonly pct: number | null;
  readonly kind: "count" | "percent" | "other_number" | "small_number" | "none";
}

interface Filing {
  readonly filer: string;
  readonly text?: string;
  readonly count?: number | null;
}

function labelledHeadlines(): Headline[] {
  const rows: Headline[] = existsSync(HEADLINES) ? JSON.parse(readFileSync(HEADLINES, "utf8")) : [];
  return rows;
}

function labelledFilings(): Record<"positives" | "negatives" | "traps", Filing[]> {
  if (!existsSync(FILINGS)) return { positives: [], negatives: [], traps: [] };
  const file: ReturnType<typeof labelledFilings> = JSON.parse(readFileSync(FILINGS, "utf8"));
  return file;
}

/** The rules were made on the first half; the second, read later and little, shows whether they hold elsewhere. */
function half(text: string): "first" | "second" {
  return createHash("sha256").update(text).digest()[0]! % 2 === 0 ? "first" : "second";
}

type Verdict = "right" | "differs" | "wrong";

/** Whether a figure and its bound agree with the tracker's ("over 100" with 103). */
function agrees(
  figure: number,
  bound: ExtractedFact["bound"],
  label: number | null,
  slack: number,
) {
  if (label === null) return false;
  if (Math.abs(figure - label) <= slack) return true;
  if (bound === "at-least") return label > figure && label <= 2 * figure;
  if (bound === "up-to") return label < figure && label >= figure / 2;
  return bound === "about" && Math.abs(figure - label) <= label / 10;
}

/**
 * A head count against the label. Of kind `other_number` the words hold another number than the tracker: where it is the
 * tracker's percent, a share was read as heads, which is wrong; otherwise headline and tracker differ ("lays off 200",
 * tracker 202), which says nothing of the reading and is counted apart.
 */
function countVerdict({ n, pct, kind }: Headline, { people, bound }: ExtractedFact): Verdict {
  if (agrees(people!, bound, n, 0)) return "right";
  if (kind !== "other_number" || (pct !== null && Math.abs(people! - 100 * pct) <= 1))
    return "wrong";
  return "differs";
}

/** A percent against the label, in whole points; wrong too where the words hold no percent of the tracker's. */
function shareVerdict({ n, pct, kind }: Headline, fact: ExtractedFact): Verdict {
  const bound = fact.people === null ? fact.bound : "exact";
  if (agrees(fact.percent!, bound, pct === null ? null : 100 * pct, 1)) return "right";
  return kind !== "other_number" || fact.percent === n ? "wrong" : "differs";
}

interface Measure {
  /** Headlines whose words hold the tracker's figure. */
  readonly labelled: number;
  readonly recall: number;
  readonly given: number;
  /** Right of right and wrong. */
  readonly precision: number;
  readonly differs: number;
  /** Right of all that are given, where every difference to the tracker is held against the reading, bounds too. */
  readonly strict: number;
}

function measure(headlines: readonly Headline[], figure: "people" | "percent"): Measure {
  const read = headlines.map((label) => ({ label, fact: headlineFact(label.text) }));
  const verdictOf = figure === "people" ? countVerdict : shareVerdict;
  const given = read.filter(({ fact }) => fact !== null && fact[figure] !== null);
  const verdicts = given.map(({ label, fact }) => verdictOf(label, fact!));
  const number = (verdict: Verdict) => verdicts.filter((each) => each === verdict).length;
  const exact = ({ label, fact }: (typeof read)[number]) =>
    figure === "people"
      ? fact?.people === label.n
      : label.pct !== null && Math.abs((fact?.percent ?? Number.NaN) - 100 * label.pct) <= 1;
  const labelled = read.filter(
    ({ label }) => label.kind === (figure === "people" ? "count" : "percent"),
  );
  return {
    labelled: labelled.length,
    recall: labelled.filter(exact).length / labelled.length,
    given: given.length,
    precision: number("right") / (number("right") + number("wrong")),
    differs: number("differs"),
    strict: given.filter(exact).length / given.length,
  };
}

function row(name: string, measured: Measure): string {
  const three = (share: number) => share.toFixed(3);
  const { labelled, recall, given, precision, differs, strict } = measured;
  return `${name.padEnd(24)} n ${labelled}  recall ${three(recall)}  given ${given}  precision ${three(precision)}  (strict ${three(strict)}, differs ${differs})`;
}

describe.skipIf(!existsSync(HEADLINES))("1,785 headlines of a tracker", () => {
  const headlines = labelledHeadlines();
  const halves = ["first", "second"] as const;
  const of = (which: string) =>
    headlines.filter(({ text }) => which === "all" || half(text) === which);

  it.each([
    ["people", "all", 0.97, 0.89],
    ["people", "first", 0.97, 0.91],
    ["people", "second", 0.96, 0.86],
    ["percent", "all", 0.97, 0.97],
    ["percent", "first", 0.97, 0.99],
    ["percent", "second", 0.98, 0.96],
  ] as const)("%s of %s: precision ≥ %d, recall ≥ %d", (figure, which, precision, recall) => {
    const measured = measure(of(which), figure);
    console.info(row(`${figure}, ${which} half`, measured));
    expect(measured.precision).toBeGreaterThanOrEqual(precision);
    expect(measured.recall).toBeGreaterThanOrEqual(recall);
  });

  it("both halves are large", () => {
    for (const each of halves) expect(of(each).length).toBeGreaterThan(800);
  });
});

describe.skipIf(!existsSync(FILINGS))("sentences of Item 2.05", () => {
  const file = labelledFilings();

  it("every stated head count is found", () => {
    const read = file.positives.map((each) => [
      filingFact(each.text!, each.filer)?.people,
      each.count,
    ]);
    console.info(
      `Item 2.05: ${read.filter(([got, want]) => got === want).length} of ${read.length} counts`,
    );
    expect(read.filter(([got, want]) => got !== want)).toEqual([]);
    expect(read.length).toBeGreaterThan(20);
  });
  it("negatives and traps give no head count, with the filer's name or without", () => {
    const texts = [...file.negatives, ...file.traps].filter((each) => each.text !== undefined);
    expect(texts.length).toBeGreaterThan(3);
    for (const { text, filer } of texts)
      for (const name of [filer, null]) expect(filingFact(text!, name)?.people ?? null).toBeNull();
  });
});
