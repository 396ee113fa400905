import type { Day } from "./facts.ts";
import { NEVER, NO_DAY, UNKNOWN } from "./layoff-ledger.ts";
import type { Ledger } from "./layoff-ledger.ts";
import type { Market } from "./market.ts";
import { dayName } from "./period-index.ts";
import { textAt } from "./texts.ts";

/** A known value that a source changed, or an event it took back. */
export interface Revision {
  readonly changedOn: Day;
  /** As the source spells it. */
  readonly company: string;
  readonly announcedOn: Day;
  /** "people 100 → 150, stage not reported → Series B", "no longer listed". */
  readonly what: string;
}

/** What sources changed after it was first read, newest first, and how many changes there are beyond `limit`. */
export function revisions(
  market: Market,
  limit: number,
): { readonly changes: readonly Revision[]; readonly total: number } {
  const { ledger } = market.layoffs();
  const found = changesOf(ledger);
  found.sort((a, b) => b.on - a.on || a.version - b.version);
  return {
    changes: found.slice(0, Math.max(0, limit)).map((change) => revisionOf(ledger, change)),
    total: found.length,
  };
}

interface Change {
  readonly on: number;
  readonly version: number;
  /** The version before; null for an event that was taken back. */
  readonly before: number | null;
}

function changesOf({ sightings, versions }: Ledger): Change[] {
  const first = sightings.firstVersion.all();
  const from = versions.from.all();
  const found: Change[] = [];
  sightings.withdrawn
    .all()
    .subarray(0, first.length - 1)
    .forEach((withdrawn, sighting) => {
      for (let version = first[sighting]! + 1; version < first[sighting + 1]!; version++) {
        found.push({ on: from[version]!, version, before: version - 1 });
      }
      if (withdrawn !== NEVER)
        found.push({ on: withdrawn, version: first[sighting + 1]! - 1, before: null });
    });
  return found;
}

function revisionOf(ledger: Ledger, { on, version, before }: Change): Revision {
  return {
    changedOn: dayName(on),
    company: textAt(ledger.texts.spelling, ledger.versions.spelling.at(version)),
    announcedOn: dayName(ledger.versions.announced.at(version)),
    what: before === null ? "no longer listed" : differences(ledger, before, version),
  };
}

function differences({ versions, texts }: Ledger, before: number, after: number): string {
  const day = (number: number) => (number === NO_DAY ? "not reported" : dayName(number));
  const word =
    (name: "spelling" | "industry" | "country" | "stage" | "reason" | "location" | "url") =>
    (code: number) =>
      textAt(texts[name], code) || "not reported";
  const shown: readonly [
    name: string,
    column: keyof typeof versions,
    say: (value: number) => string,
  ][] = [
    ["company", "spelling", word("spelling")],
    [
      "people",
      "people",
      (people) => (people === UNKNOWN ? "not reported" : people.toLocaleString("en-US")),
    ],
    [
      "share of staff",
      "percent",
      (percent) => (Number.isNaN(percent) ? "not reported" : `${Number(percent.toPrecision(4))} %`),
    ],
    ["announced", "announced", day],
    ["filed", "filed", day],
    ["effective", "effective", day],
    ["industry", "industry", word("industry")],
    ["country", "country", word("country")],
    ["location", "location", word("location")],
    ["stage", "stage", word("stage")],
    ["reason", "reason", word("reason")],
    ["link", "url", word("url")],
  ];
  const changed = shown.filter(
    ([, column]) => !Object.is(versions[column].at(before), versions[column].at(after)),
  );
  return (
    changed
      .map(
        ([name, column, say]) =>
          `${name} ${say(versions[column].at(before))} → ${say(versions[column].at(after))}`,
      )
      .join(", ") || "nothing shown here"
  );
}
