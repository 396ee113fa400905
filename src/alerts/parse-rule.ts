import { cite, Fault } from "../fault.ts";
import { isDay } from "../market/calendar.ts";
import {
  ANY_PERCENT,
  isDuration,
  numberOf,
  readComparison,
  readDays,
  readNumber,
} from "./amounts.ts";
import type { Scale } from "./amounts.ts";
import { checkClear } from "./check-clear.ts";
import { METRIC_FORMS, MEASURED } from "./metric-forms.ts";
import type { MetricForm } from "./metric-forms.ts";
import { readOptions } from "./parse-options.ts";
import { readFilter } from "./parse-filter.ts";
import { readerOf } from "./reader.ts";
import type { Reader } from "./reader.ts";
import { EVENTS } from "./rule.ts";
import type { EventName, EventRule, Filter, LevelRule, Metric, RuleSpec, Test } from "./rule.ts";

const EXAMPLE = "when people(7d) > 10000 notify #market";
const Z: Scale = {
  unit: "z",
  percent: "never",
  least: -1_000,
  most: 1_000,
  example: "when people(7d) anomaly z > 3",
};

/**
 * A rule from its one line of text. Keywords are case-blind; names keep their spelling. Throws a Fault that points at the
 * character, says what is wrong and gives a line that works.
 */
export function parseRule(text: string): RuleSpec {
  let reader: Reader | undefined;
  try {
    reader = readerOf(text);
    return readRule(reader);
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    const fixed = reader?.fixed;
    const whole = fixed !== undefined && parses(fixed) ? fixed : EXAMPLE;
    throw new Fault(fault.reason, fault.message, fault.right, [`/alert new ${whole}`]);
  }
}

/** What may follow at the end of a rule that is still being typed: the place it would be put at, and the words. */
export function suggestNext(text: string): {
  readonly from: number;
  readonly words: readonly string[];
} {
  const blankEnd = /(?:^|[\s(),=<>])$/u.test(text);
  let reader: Reader;
  try {
    reader = readerOf(text);
  } catch (fault) {
    if (fault instanceof Fault) return { from: text.length, words: [] };
    throw fault;
  }
  try {
    readRule(reader);
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
  }
  const from = blankEnd ? text.length : Math.max(text.search(/[^\s(),=<>]*$/u), 0);
  const typed = text.slice(from).toLowerCase();
  const words = reader.wanted.filter(({ at }) => at === from).map(({ word }) => word);
  return {
    from,
    words: [...new Set(words)].filter((word) => word.toLowerCase().startsWith(typed)),
  };
}

function parses(text: string): boolean {
  try {
    readRule(readerOf(text));
    return true;
  } catch (fault) {
    if (fault instanceof Fault) return false;
    throw fault;
  }
}

function readRule(reader: Reader): RuleSpec {
  const first = reader.peek();
  if (reader.take("on")) return readEventRule(reader);
  if (reader.take("when")) return readLevelRule(reader);
  // `people(7d) > 10000` and `layoff where …` say enough without the first word.
  if (first.kind === "word" && MEASURED.some((name) => name === first.text.toLowerCase()))
    return readLevelRule(reader);
  if (first.kind === "word" && EVENTS.some((name) => name === first.text.toLowerCase()))
    return readEventRule(reader);
  if (first.kind === "mark") throw withoutSubject(reader, "when ");
  throw reader.fault(
    first,
    first.kind === "end"
      ? "The rule is empty."
      : `A rule begins with when or on, not with ${cite(first.text)}.`,
    `when watches a figure (${EXAMPLE}), on tells of each event (on layoff where people >= 500 notify #market).`,
  );
}

function readEventRule(reader: Reader): EventRule {
  const event: EventName = reader.oneOf(
    EVENTS,
    "An event",
    "on layoff where people >= 500 notify #market",
  );
  const filter = reader.take("where") ? readFilter(reader) : null;
  return {
    kind: "event",
    event,
    filter,
    options: readOptions(reader, filter === null ? ["where"] : ["and", "or"]),
  };
}

function readLevelRule(reader: Reader): LevelRule {
  const noData = readNoData(reader);
  const { metric, given } = noData?.subject ?? readMetric(reader);
  const early = reader.take("where") ? readFilter(reader) : null;
  const test = noData?.test ?? readTest(reader, metric);
  const late = early === null && reader.take("where") ? readFilter(reader) : early;
  const forDays = reader.take("for") ? readDays(reader, "for 3d") : 0;
  const place = reader.peek();
  const clear = reader.take("clear") ? readComparison(reader, scaleOf(test, metric)) : null;
  checkClear(reader, place, test, clear);
  const before = [
    late === null ? ["where"] : ["and", "or"],
    forDays === 0 ? ["for"] : [],
    clear === null ? ["clear"] : [],
  ].flat();
  return {
    kind: "level",
    metric,
    test,
    filter: both(given, late),
    forDays,
    clear,
    options: readOptions(reader, before),
  };
}

/** `no data(warn:CA) for 3d`: the newest row of a source is watched. */
function readNoData(
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

interface Subject {
  readonly metric: Metric;
  /** What stood in the brackets of a count: `people(7d, country=US)` is `people(7d) where country = US`. */
  readonly given: Filter | null;
}

/** `> 500`: the most usual slip. */
function withoutSubject(reader: Reader, before: string): Fault {
  const token = reader.peek();
  return reader.fault(
    token,
    "What should be compared is missing before this.",
    `Name what is counted and over how long: ${EXAMPLE}`,
    `${before}people(7d) ${token.text}`,
  );
}

function readMetric(reader: Reader): Subject {
  if (reader.peek().kind === "mark") throw withoutSubject(reader, "");
  const name = reader.oneOf(MEASURED, "A figure", EXAMPLE);
  const form = METRIC_FORMS[name];
  const draft = {
    windowDays: null as number | null,
    argument: null as string | null,
    dimensions: {} as Record<string, string>,
  };
  const filters: Filter[] = [];
  const place = reader.peek();
  if (reader.takeMark("(") !== undefined) {
    do readArgument(reader, form, draft, filters);
    while (reader.takeMark(",") !== undefined);
    reader.mustMark(")", form.example);
  }
  if (form.window === "must" && draft.windowDays === null)
    throw reader.fault(
      place,
      `${name} needs the days it is counted over.`,
      `For example: ${form.example}`,
    );
  if (form.argument !== undefined && draft.argument === null)
    throw reader.fault(
      place,
      `${name} needs ${form.argument.name}.`,
      `For example: ${form.example}`,
    );
  const [first = null] = filters;
  return {
    metric: { name, ...draft },
    given: filters.length > 1 ? { kind: "and", parts: filters } : first,
  };
}

function readArgument(
  reader: Reader,
  form: MetricForm,
  draft: { windowDays: number | null; argument: string | null; dimensions: Record<string, string> },
  filters: Filter[],
): void {
  const token = reader.peek();
  const { argument, window } = form;
  if (window !== "none") reader.hint("7d", "30d");
  if (
    window !== "none" &&
    draft.windowDays === null &&
    token.kind === "word" &&
    isDuration(token.text)
  ) {
    draft.windowDays = readDays(reader, form.example, 3_660);
    return;
  }
  if (argument !== undefined && draft.argument === null) {
    reader.hint(...argument.samples);
    const said = token.kind === "word" ? argument.read(token.text.toLowerCase()) : undefined;
    if (said === undefined)
      throw reader.fault(token, `Here stands ${argument.name}.`, `For example: ${form.example}`);
    reader.next();
    draft.argument = said;
    return;
  }
  if (form.dimensions.length === 0) {
    if (token.kind === "word" && numberOf(token.text) === undefined) {
      filters.push(readFilter(reader));
      return;
    }
    throw reader.fault(
      token,
      "Here stands a length of time in days.",
      `For example: ${form.example}`,
    );
  }
  const dimension = reader.oneOf(form.dimensions, "A dimension", form.example);
  if (Object.hasOwn(draft.dimensions, dimension))
    throw reader.fault(token, `${dimension} is given twice.`, `For example: ${form.example}`);
  draft.dimensions[dimension] = readDimension(reader, dimension, form);
}

function readDimension(reader: Reader, dimension: string, form: MetricForm): string {
  if (dimension === "quarter" && reader.peek().text !== "=") return "";
  reader.mustMark("=", form.example);
  const value = reader.peek();
  if ((value.kind !== "word" && value.kind !== "quoted") || value.text.trim() === "")
    throw reader.fault(value, `The ${dimension} is missing here.`, `For example: ${form.example}`);
  reader.next();
  return value.text.trim();
}

function readTest(reader: Reader, metric: Metric): Test {
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

/** What the number after `clear` counts: the same as the number of the test. */
function scaleOf(test: Test, metric: Metric): Scale {
  if (test.kind === "change") return ANY_PERCENT;
  return test.kind === "anomaly" ? Z : METRIC_FORMS[metric.name].scale;
}

function both(a: Filter | null, b: Filter | null): Filter | null {
  return a === null || b === null ? (a ?? b) : { kind: "and", parts: [a, b] };
}
