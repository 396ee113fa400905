import { describe, expect, it } from "vitest";
import { suspicion, taken } from "../../src/fetching/suspicion.ts";
import { Fault } from "../../src/fault.ts";
import { SOURCES } from "../../src/sources/connectors/index.ts";
import { fileSample, looksJson } from "../../src/sources/file-sample.ts";
import { layoffLayout } from "../../src/sources/layoffs-csv.ts";
import { payLayout } from "../../src/sources/pay-csv.ts";
import { readAnswer } from "../../src/sources/read-answer.ts";
import type { ParseAbout, SourceDef } from "../../src/sources/source.ts";
import { SAMPLE_ANSWERS } from "./sample-answers.ts";

const TODAY = "2026-11-22";

function sampleOf({ id }: SourceDef) {
  const sample = SAMPLE_ANSWERS[id];
  if (sample === undefined) throw new Error(`${id} has no answer in sample-answers.ts`);
  return sample;
}

function aboutOf(def: SourceDef): ParseAbout {
  const { topic } = sampleOf(def);
  return { today: TODAY, url: null, ...(topic !== undefined && { topic }) };
}

/** What becomes of a text that a source answers with: a Fault's reason, why it is not believed, "nothing in it" or "taken". */
function fate(def: SourceDef, text: string): string {
  try {
    const parsed = readAnswer(def, text, aboutOf(def));
    const expected = { mayBeEmpty: def.mayBeEmpty, before: 12, today: TODAY };
    const isHarmless = taken(parsed) === 0 && parsed.wholeOf === null;
    return suspicion(parsed, expected) ?? (isHarmless ? "nothing in it" : "taken");
  } catch (error) {
    if (error instanceof Fault) return error.reason;
    throw error;
  }
}

describe.each(SOURCES.map((def) => [def.id, def] as const))("%s", (id, def) => {
  it("reads an answer of its shape, and the same text gives the same facts", () => {
    const { text } = sampleOf(def);
    const first = readAnswer(def, text, aboutOf(def));
    expect(first.rows).toBe(sampleOf(def).rows ?? 12);
    expect(first.faults).toEqual([]);
    expect(fate(def, text)).toBe("taken");
    expect(readAnswer(def, text, aboutOf(def))).toEqual(first);
  });

  it("knows a file of its answers, and no other source does", () => {
    const { text } = sampleOf(def);
    const sample = fileSample("any.txt", text, text);
    const fitting = SOURCES.filter((each) => each.fits(sample)).map((each) => each.id);
    // A tracker's export or a pay dump may be larger than memory; importing knows them by itself.
    const isTable = layoffLayout(sample.header) ?? payLayout(sample.header);
    expect(isTable === undefined).toBe(!["aijobs", "layoffs-fyi"].includes(id));
    expect(fitting).toEqual(isTable ? [] : [id]);
  });

  const hostile: readonly (readonly [what: string, make: (text: string) => string])[] = [
    ["nothing", () => ""],
    ["blanks", () => " \n \n"],
    ["a web page", () => "<!DOCTYPE html><html><body>Please sign in</body></html>"],
    ["a web page without a type", () => "<html><body>Just a moment…</body></html>"],
    ["plain words", () => "rate limit exceeded"],
    ["an error as JSON", () => '{"error":"unauthorised"}'],
    ["null", () => "null"],
    ["an empty list", () => "[]"],
    ["JSON in 5,000 brackets", () => `${"[".repeat(5_000)}${"]".repeat(5_000)}`],
    ["XML with entities", () => '<!DOCTYPE rss [<!ENTITY a "b">]><rss></rss>'],
    ["a feed of nothing", () => '<?xml version="1.0"?><rss><channel></channel></rss>'],
    ["other names for everything", (text) => renamed(text)],
    ["a key called __proto__", () => '{"__proto__":{"jobs":[]},"jobs":{"length":1e9}}'],
  ];
  it.each(hostile)("takes nothing of %s", (_what, make) => {
    expect(fate(def, make(sampleOf(def).text))).not.toBe("taken");
  });

  it("does not believe its beginning alone, or takes nothing down on its word", () => {
    const text = sampleOf(def).text.slice(0, sampleOf(def).text.length * 0.4);
    const isBelieved = fate(def, text) === "taken";
    expect(isBelieved && readAnswer(def, text, aboutOf(def)).wholeOf !== null).toBe(false);
  });

  it("does not believe its rows twice, or they are the same facts", () => {
    const text = doubled(sampleOf(def).text);
    if (fate(def, text) !== "taken") return;
    const { entries, layoffs } = readAnswer(def, sampleOf(def).text, aboutOf(def));
    expect(readAnswer(def, text, aboutOf(def))).toMatchObject({ entries, layoffs });
  });
});

it("every answer in sample-answers.ts is of a source that is there", () => {
  expect(Object.keys(SAMPLE_ANSWERS).sort()).toEqual(SOURCES.map(({ id }) => id).sort());
});

/** The same values under names nobody knows, as when a source changes its form. */
function renamed(text: string): string {
  if (looksJson(text)) return text.replaceAll(/"(\w+)":/g, '"new_$1":');
  if (text.startsWith("<")) return text.replaceAll(/(<\/?)(\w+)/g, "$1new-$2");
  const [header = "", ...lines] = text.split("\n");
  return [header.replaceAll(/[^,]+/g, "new $&"), ...lines].join("\n");
}

/** Each row again; of JSON, each element of its lists. */
function doubled(text: string): string {
  if (looksJson(text)) return JSON.stringify(twice(JSON.parse(text)));
  const [header = "", ...lines] = text.trimEnd().split("\n");
  return [header, ...lines, ...lines, ""].join("\n");
}

function twice(value: unknown): unknown {
  if (Array.isArray(value)) {
    const each = value.map(twice);
    return each.length > 1 ? [...each, ...each] : each;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, of]) => [name, twice(of)]));
}
