import { minutesText } from "./amounts.ts";
import type { Comparison, Filter, Metric, Options, RuleSpec, Test } from "./rule.ts";

/** The rule as the one line it is kept as: `parseRule` gives the same rule back. */
export function ruleText(rule: RuleSpec): string {
  const where = rule.filter === null ? [] : ["where", filterText(rule.filter)];
  const options = optionTexts(rule.options);
  if (rule.kind === "event") return ["on", rule.event, ...where, ...options].join(" ");
  const { metric, test, forDays, clear } = rule;
  const named = test.kind === "no-data" && metric.name === "source" ? [] : [metricText(metric)];
  return [
    "when",
    ...named,
    // A source is named by its test, and a filter stands before the test that it narrows.
    ...(named.length === 0 ? [testText(test), ...where] : [...where, testText(test)]),
    ...(forDays > 0 ? [`for ${forDays}d`] : []),
    ...(clear === null ? [] : [`clear ${comparisonText(clear)}${isShare(test) ? "%" : ""}`]),
    ...options,
  ].join(" ");
}

/** `people(7d)`, `salary(p50, role=ai-engineer, quarter)`. */
export function metricText({ name, windowDays, argument, dimensions }: Metric): string {
  const inside = [
    ...(argument === null ? [] : [argument]),
    ...(windowDays === null ? [] : [`${windowDays}d`]),
    ...Object.entries(dimensions).map(([dimension, value]) =>
      value === "" ? dimension : `${dimension}=${word(value)}`,
    ),
  ];
  return inside.length === 0 ? name : `${name}(${inside.join(", ")})`;
}

/** `> 10000`, `change yoy > 50%`, `anomaly z > 3`. */
export function testText(test: Test): string {
  switch (test.kind) {
    case "compare":
      return comparisonText(test.comparison);
    case "change": {
      const against = typeof test.against === "string" ? test.against : `${test.against.days}d`;
      return `change ${against} ${comparisonText(test.comparison)}%`;
    }
    case "anomaly":
      return `anomaly z ${comparisonText(test.comparison)}`;
    case "record":
      return `record ${test.extreme}${test.since === null ? "" : ` since ${test.since}`}`;
    case "crosses":
      return `crosses ${test.direction} ${test.value}`;
    case "no-data":
      return `no data${test.source === "" ? "" : `(${word(test.source)})`} for ${test.days}d`;
  }
}

export function comparisonText({ operator, value }: Comparison): string {
  return `${operator} ${value}`;
}

/** `company in @bigtech and (people >= 500 or percent >= 10)`. */
export function filterText(filter: Filter): string {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.parts.map((part) => inner(part)).join(` ${filter.kind} `);
    case "not":
      return `not ${inner(filter.part)}`;
    case "is": {
      const [only] = filter.values;
      return filter.values.length === 1
        ? `${filter.field} = ${word(only!)}`
        : `${filter.field} in (${filter.values.map(word).join(", ")})`;
    }
    case "in-watch":
      return `${filter.field} in @${filter.watch}`;
    case "compare":
      return `${filter.field} ${comparisonText(filter.comparison)}`;
  }
}

/** In brackets whatever has an `and` or an `or` of its own, so that nothing hangs on which binds closer. */
function inner(filter: Filter): string {
  return filter.kind === "and" || filter.kind === "or"
    ? `(${filterText(filter)})`
    : filterText(filter);
}

function optionTexts(options: Options): readonly string[] {
  const { notify, group, quiet, escalate } = options;
  const lasting = (name: string, minutes: number | null) =>
    minutes === null ? [] : [`${name} ${minutesText(minutes)}`];
  const days = (name: string, count: number | null) =>
    count === null ? [] : [`${name} ${count}d`];
  return [
    ...(group === null
      ? []
      : [`group ${minutesText(group.minutes)}${group.most === null ? "" : ` max ${group.most}`}`]),
    ...lasting("cooldown", options.cooldownMinutes),
    ...lasting("repeat", options.repeatMinutes),
    ...(options.once ? ["once"] : []),
    ...(notify.length === 0 ? [] : [`notify ${notify.join(", ")}`]),
    ...(quiet === null ? [] : [`quiet ${quiet.from}-${quiet.to} ${quiet.zone} ${quiet.mode}`]),
    ...(options.severity === null ? [] : [`severity ${options.severity}`]),
    ...(escalate === null
      ? []
      : [`escalate after ${minutesText(escalate.afterMinutes)} to ${escalate.to}`]),
    ...(options.digestOnly ? ["digest-only"] : []),
    ...days("expires", options.expiresDays),
    ...days("max_age", options.maxAgeDays),
    ...(options.unknown === "quiet" ? [] : [`unknown ${options.unknown}`]),
    ...(options.note === null ? [] : [`note ${quoted(options.note)}`]),
  ];
}

/** A name bare where it reads back as itself, otherwise in quotes. */
function word(text: string): string {
  return /^[\p{L}\p{N}][\p{L}\p{N}\p{M}_.:+/&'’-]*$/u.test(text) ? text : quoted(text);
}

function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

function isShare(test: Test): boolean {
  return test.kind === "change";
}
