import { isGiven, isRecord } from "../discord/json.ts";
import type { Problem } from "./api-fault.ts";

/** What is wrong with a value at a place; none when Slack takes it. */
export type Rule = (value: unknown, at: string) => readonly Problem[];

export function problem(message: string, at: string): Problem {
  return { message, at };
}

/** Text of so many characters; an empty one counts as none unless allowed. */
export function text(
  max: number,
  { min = 1, pattern }: { readonly min?: number; readonly pattern?: RegExp } = {},
): Rule {
  return (value, at) => {
    if (typeof value !== "string") return [problem("must be a string", at)];
    if (value.length > max) return [problem(`must be less than ${max + 1} characters`, at)];
    if (value.length < min) return [problem(`must be more than ${min - 1} characters`, at)];
    if (pattern && !pattern.test(value))
      return [problem(`input must match regex pattern: ${pattern.source}`, at)];
    return [];
  };
}

export function oneOf(...values: readonly unknown[]): Rule {
  return (value, at) => (values.includes(value) ? [] : [problem("must be a valid enum value", at)]);
}

export const truth: Rule = (value, at) =>
  typeof value === "boolean" ? [] : [problem("must be a boolean", at)];

export const number: Rule = (value, at) =>
  typeof value === "number" && Number.isFinite(value) ? [] : [problem("must be a number", at)];

export function whole(min: number, max: number): Rule {
  return (value, at) => {
    if (typeof value !== "number" || !Number.isInteger(value))
      return [problem("must be an integer", at)];
    if (value < min) return [problem(`must be greater than ${min - 1}`, at)];
    return value > max ? [problem(`must be less than ${max + 1}`, at)] : [];
  };
}

/** So many of one kind. When there are too many, Slack looks no further. */
export function list(each: Rule, max: number, min = 1): Rule {
  return (value, at) => {
    if (!Array.isArray(value)) return [problem("must provide an array", at)];
    if (value.length > max) return [problem(`no more than ${max} items allowed`, at)];
    if (value.length < min) return [problem(`no fewer than ${min} items allowed`, at)];
    return value.flatMap((item, index) => each(item, `${at}/${index}`));
  };
}

/** An object of these fields and no others; `type` is for the reader of unions. */
export function shape(
  required: Readonly<Record<string, Rule>>,
  optional: Readonly<Record<string, Rule>> = {},
): Rule {
  const rules = { ...optional, ...required };
  return (value, at) => {
    if (!isRecord(value)) return [problem("must provide an object", at)];
    const missing = Object.keys(required).filter((name) => !isGiven(value[name]));
    const extra = Object.keys(value).filter((name) => name !== "type" && !(name in rules));
    return [
      ...missing.map((name) => problem(`missing required field: ${name}`, at)),
      ...extra.map((name) => problem(`invalid additional property: ${name}`, at)),
      ...Object.entries(rules).flatMap(([name, rule]) =>
        isGiven(value[name]) ? rule(value[name], `${at}/${name}`) : [],
      ),
    ];
  };
}

/** One of several shapes by its `type`, said in one line of its own when it is none of them. */
export function union(byType: Readonly<Record<string, Rule>>): Rule {
  const tagged = typed(byType);
  return (value, at) => {
    const problems = tagged(value, at);
    return problems.length === 0
      ? []
      : [problem("failed to match all allowed schemas", at), ...problems];
  };
}

/** One of several shapes by its `type`, its faults said directly. */
export function typed(byType: Readonly<Record<string, Rule>>): Rule {
  return (value, at) => {
    if (!isRecord(value)) return [problem("must provide an object", at)];
    const rule = Object.hasOwn(byType, String(value.type)) ? byType[String(value.type)] : undefined;
    return rule ? rule(value, at) : [problem(`unsupported type: ${String(value.type)}`, at)];
  };
}

/** A rule and what only the whole value shows. */
export function both(first: Rule, second: Rule): Rule {
  return (value, at) => [...first(value, at), ...second(value, at)];
}
