import { cite, Fault } from "../fault.ts";
import { numberOf } from "./amounts.ts";
import { parseRule } from "./parse-rule.ts";
import { faultParts } from "./pointed-fault.ts";
import { filterText, metricText, ruleText } from "./rule-text.ts";
import { NO_OPTIONS } from "./rule.ts";
import type { Filter, RuleSpec, Test } from "./rule.ts";

/** A rule as a form asks for it, every value as it was picked or typed; an empty one says nothing. */
export interface RuleFields {
  /** One of `WATCHED`. */
  readonly watch: string;
  /** One of `TESTS`. */
  readonly test: string;
  /** A number: 10,000 or 10k; for a change a percentage; for an event the size it must have, or nothing. */
  readonly threshold: string;
  /** Conditions as after `where`. */
  readonly where: string;
  /** One of `TOLD`. */
  readonly tell: string;
  /** Whatever else stands after the test: for, clear, group, cooldown, note … */
  readonly more: string;
}

export const FIELD_NAMES = ["watch", "test", "threshold", "where", "tell", "more"] as const;
export type FieldName = (typeof FIELD_NAMES)[number];

export const WATCHED = [
  { label: "People laid off in 7 days", value: "people(7d)" },
  { label: "People laid off in 30 days", value: "people(30d)" },
  { label: "Layoffs in 7 days", value: "events(7d)" },
  { label: "Layoffs in 30 days", value: "events(30d)" },
  { label: "Companies that cut in 30 days", value: "companies(30d)" },
  { label: "Each new layoff", value: "layoff" },
  { label: "Each changed or withdrawn layoff", value: "revision" },
  { label: "Each new WARN notice", value: "warn_notice" },
  { label: "Each new posting of a job", value: "posting" },
  { label: "Each source in trouble", value: "source_down" },
] as const;

export const TESTS = [
  { label: "above", value: "above" },
  { label: "below", value: "below" },
  { label: "up on a year before by more than (%)", value: "up" },
  { label: "down on a year before by more than (%)", value: "down" },
] as const;

export const TOLD = [
  { label: "This channel", value: "here" },
  { label: "Me, in a direct message", value: "me" },
] as const;

export const EMPTY_FIELDS: RuleFields = {
  watch: WATCHED[0].value,
  test: TESTS[0].value,
  threshold: "10000",
  where: "",
  tell: TOLD[0].value,
  more: "",
};

/** A Fault in one field of a form. */
export class FieldFault extends Fault {
  readonly field: FieldName;
  constructor(field: FieldName, wrong: string, right: string) {
    super("bad_argument", wrong, right);
    this.name = "FieldFault";
    this.field = field;
  }
}

/** The one line of a rule out of a form's fields; `parseRule` reads it. Throws a FieldFault that says what would be right. */
export function builtRule(fields: RuleFields): string {
  const watch = picked(fields, "watch", WATCHED);
  const test = picked(fields, "test", TESTS);
  const tell = picked(fields, "tell", TOLD);
  const isEvent = !watch.includes("(");
  const size = isEvent ? sizeOf(test, fields.threshold) : null;
  const head = isEvent ? `on ${watch}` : headOf(watch, test, fields.threshold);
  const spec = read("more", `${head} ${fields.more}`);
  if (spec.filter !== null)
    throw new FieldFault("more", "A condition stands here.", "Conditions go into “Only where”.");
  if (spec.options.notify.length > 0)
    throw new FieldFault("more", "Whom to tell is chosen above.", "Leave notify out here.");
  return ruleText({
    ...spec,
    filter: both(size, whereOf(fields.where)),
    options: { ...spec.options, notify: [tell] },
  });
}

/** The fields that `builtRule` makes this rule from; undefined for a rule that says more than they can. */
export function fieldsOf(rule: RuleSpec): RuleFields | undefined {
  const [tell = "here", ...others] = rule.options.notify.map((target) =>
    target.replace(/^@me$/, "me"),
  );
  const watch = rule.kind === "event" ? rule.event : metricText(rule.metric);
  const tested = rule.kind === "event" ? { test: "above", threshold: "" } : testFields(rule.test);
  const bare = { ...rule, filter: null, options: { ...rule.options, notify: [] } };
  const head =
    bare.kind === "event"
      ? { ...bare, options: NO_OPTIONS }
      : { ...bare, forDays: 0, clear: null, options: NO_OPTIONS };
  if (tested === undefined || others.length > 0 || !offers(WATCHED, watch) || !offers(TOLD, tell))
    return undefined;
  return {
    watch,
    ...tested,
    where: rule.filter === null ? "" : filterText(rule.filter),
    tell,
    more: ruleText(bare).slice(ruleText(head).length).trim(),
  };
}

function testFields(test: Test): Pick<RuleFields, "test" | "threshold"> | undefined {
  if (test.kind !== "compare" && test.kind !== "change") return undefined;
  const { operator, value } = test.comparison;
  if (test.kind === "compare") {
    if (operator !== ">" && operator !== "<") return undefined;
    return { test: operator === ">" ? "above" : "below", threshold: String(value) };
  }
  if (test.against !== "yoy") return undefined;
  if (operator === ">" && value >= 0) return { test: "up", threshold: String(value) };
  return operator === "<" && value <= 0
    ? { test: "down", threshold: String(Math.abs(value)) }
    : undefined;
}

function headOf(watch: string, test: string, typed: string): string {
  const isChange = test === "up" || test === "down";
  const number = thresholdOf(typed, isChange);
  if (number === undefined)
    throw new FieldFault(
      "threshold",
      "How much is missing.",
      isChange ? "Write a percentage: 50." : "Write a number: 10000 or 10k.",
    );
  const head = {
    above: `> ${number}`,
    below: `< ${number}`,
    up: `change yoy > ${number}%`,
    down: `change yoy < -${number}%`,
  }[test];
  const line = `when ${watch} ${head}`;
  read("threshold", line);
  return line;
}

/** The size an event must have: none when nothing is typed. */
function sizeOf(test: string, typed: string): Filter | null {
  const value = thresholdOf(typed, false);
  if (value === undefined) return null;
  if (test !== "above" && test !== "below")
    throw new FieldFault("test", "One event has no year before.", "Choose above or below.");
  return {
    kind: "compare",
    field: "people",
    comparison: { operator: test === "above" ? ">" : "<", value },
  };
}

/** The number typed, or undefined for nothing. A percentage may have its sign. */
function thresholdOf(typed: string, isPercent: boolean): number | undefined {
  const text = typed.trim();
  if (text === "") return undefined;
  const value = numberOf(isPercent ? text.replace(/\s*%$/, "") : text);
  if (value !== undefined && value >= 0) return value;
  throw new FieldFault(
    "threshold",
    value === undefined ? `${cite(text)} is no number.` : `${cite(text)} is below zero.`,
    isPercent ? "Write a percentage: 50." : "Write a number: 10000, 10,000 or 10k.",
  );
}

function whereOf(typed: string): Filter | null {
  const text = typed.trim().replace(/^where\s+/i, "");
  if (text === "") return null;
  const { filter, options } = read("where", `on layoff where ${text}`);
  if (JSON.stringify(options) !== JSON.stringify(NO_OPTIONS))
    throw new FieldFault(
      "where",
      "Something after the condition is no condition.",
      "Options go into “More options”.",
    );
  return filter;
}

/** Reads a line of which only one field is in doubt. */
function read(field: FieldName, line: string): RuleSpec {
  try {
    return parseRule(line.trim());
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    throw new FieldFault(field, faultParts(fault).wrong, fault.right);
  }
}

function picked(
  fields: RuleFields,
  field: "watch" | "test" | "tell",
  options: readonly { readonly value: string }[],
): string {
  const value = fields[field].trim();
  if (offers(options, value)) return value;
  throw new FieldFault(
    field,
    value === "" ? "One of these must be picked." : `${cite(value)} is not on offer.`,
    `It takes ${options.map((each) => each.value).join(", ")}.`,
  );
}

function offers(options: readonly { readonly value: string }[], value: string): boolean {
  return options.some((option) => option.value === value);
}

function both(a: Filter | null, b: Filter | null): Filter | null {
  return a === null || b === null ? (a ?? b) : { kind: "and", parts: [a, b] };
}
