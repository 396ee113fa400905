import { cite, Fault } from "../fault.ts";
import { readComparison, readDays } from "./amounts.ts";
import { checkClear } from "./check-clear.ts";
import { MEASURED } from "./metric-forms.ts";
import { readFilter } from "./parse-filter.ts";
import { EXAMPLE, readMetric, withoutSubject } from "./parse-metric.ts";
import { readOptions } from "./parse-options.ts";
import { readNoData, readTest, scaleOf } from "./parse-test.ts";
import { readerOf } from "./reader.ts";
import type { Reader } from "./reader.ts";
import { EVENTS } from "./rule.ts";
import type { EventName, EventRule, Filter, LevelRule, RuleSpec } from "./rule.ts";

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

function both(a: Filter | null, b: Filter | null): Filter | null {
  return a === null || b === null ? (a ?? b) : { kind: "and", parts: [a, b] };
}
