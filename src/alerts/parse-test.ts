import { cite } from "../fault.ts";
import { isDay } from "../market/calendar.ts";
import { ANY_PERCENT, isDuration, readComparison, readDays, readNumber } from "./amounts.ts";
import type { Scale } from "./amounts.ts";
import { METRIC_FORMS } from "./metric-forms.ts";
import type { Subject } from "./parse-metric.ts";
import type { Reader } from "./reader.ts";
import type { Metric, Test } from "./rule.ts";

const Z: Scale = {
  unit: "z",
  percent: "never",
  least: -1_000,
  most: 1_000,
  example: "when people(7d) anomaly z > 3",
};

/** `> 10000`, `change yoy > 50%`, `anomaly z > 3`, `record high`, `crosses up 10000`, `no data for 3d`. */
export function readTest(reader: Reader, metric: Metric): Test {
  if (reader.take("change")) return readChange(reader);
  if (reader.take("anomaly")) {
    reader.take("z");
    return { kind: "anomaly", comparison: readComparison(reader, Z) };
  }
  if (reader.take("record")) {
    const extreme = reader.oneOf(
      ["high", "low"] as const,
      "A side",
      "when people(7d) record high since 2023-01-01",
    );
    return { kind: "record", extreme, since: reader.take("since") ? readDay(reader) : null };
  }
  if (reader.take("crosses")) {
    const direction = reader.oneOf(
      ["up", "down"] as const,
      "A direction",
      "when people(7d) crosses up 10000",
    );
    return {
      kind: "crosses",
      direction,
      value: readNumber(reader, METRIC_FORMS[metric.name].scale),
    };
  }
  if (reader.take("no")) {
    reader.mustWord("data", "when people(7d) no data for 3d");
    reader.mustWord("for", "when people(7d) no data for 3d");
    return {
      kind: "no-data",
      source: "",
      days: readDays(reader, "when people(7d) no data for 3d"),
    };
  }
  const token = reader.peek();
  const { scale } = METRIC_FORMS[metric.name];
  if (token.kind === "word")
    reader.oneOf(
      ["change", "anomaly", "record", "crosses", "no", "where"],
      "A test",
      scale.example,
    );
  return { kind: "compare", comparison: readComparison(reader, scale) };
}

function readChange(reader: Reader): Test {
  const span = reader.takeOne(["prev", "yoy"] as const);
  reader.hint("28d");
  const example = "when people(7d) change yoy > 50%";
  if (span === undefined && (reader.peek().kind !== "word" || !isDuration(reader.peek().text)))
    reader.oneOf(["prev", "yoy"], "What to compare with: prev, yoy or days such as 28d", example);
  const against = span ?? { days: readDays(reader, "when people(7d) change 28d > 50%", 3_660) };
  return { kind: "change", against, comparison: readComparison(reader, ANY_PERCENT) };
}

function readDay(reader: Reader): string {
  reader.hint("2023-01-01");
  const token = reader.peek();
  if (token.kind !== "word" || !isDay(token.text))
    throw reader.fault(
      token,
      token.kind === "end" ? "The day is missing here." : `${cite(token.text)} is no day.`,
      "Days are written year first: 2023-01-01.",
    );
  reader.next();
  return token.text;
}

/** `no data(warn:CA) for 3d`: the newest row of a source is watched. */
export function readNoData(
  reader: Reader,
): { readonly subject: Subject; readonly test: Test } | undefined {
  if (!reader.take("no")) return undefined;
  const example = "when no data(warn:CA) for 3d";
  reader.mustWord("data", example);
  reader.mustMark("(", example);
  reader.hint("warn:CA");
  const token = reader.peek();
  if (token.kind !== "word" && token.kind !== "quoted")
    throw reader.fault(
      token,
      "The source is missing here.",
      `For example: ${example}. /sources lists them.`,
    );
  reader.next();
  reader.mustMark(")", example);
  reader.mustWord("for", example);
  const metric: Metric = { name: "source", windowDays: null, argument: null, dimensions: {} };
  return {
    subject: { metric, given: null },
    test: { kind: "no-data", source: token.text, days: readDays(reader, example) },
  };
}

/** What the number after `clear` counts: the same as the number of the test. */
export function scaleOf(test: Test, metric: Metric): Scale {
  if (test.kind === "change") return ANY_PERCENT;
  return test.kind === "anomaly" ? Z : METRIC_FORMS[metric.name].scale;
}
