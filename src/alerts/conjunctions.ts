import type { CompanyBook } from "../market/company.ts";
import type { Comparison, Filter, Operator } from "./rule.ts";
import { companyKeys, spokenTrait } from "./traits.ts";

/** What a rule can be filed under: a name that an event has exactly one of. */
export const DIMENSIONS = ["company", "sector", "country", "stage", "reason", "source"] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** One way to pass a filter: names that must be equal and a least size, in the order rules are filed by. */
export interface Conjunction {
  readonly equal: ReadonlyMap<Dimension, string>;
  readonly least: { readonly field: "people" | "percent"; readonly bound: number } | null;
  /** There is more to it: a rule found by this alone must still be asked. */
  readonly open: boolean;
}

/** A rule with more ways than this is asked of every event, rather than filed under each. */
const WAYS_MAX = 256;

/** The ways to pass a filter (its disjunctive normal form); events that pass none of them do not pass the filter. */
export function conjunctionsOf(filter: Filter | null, book: CompanyBook): readonly Conjunction[] {
  const ways = filter === null ? [EVERYTHING] : waysOf(filter, false, book);
  return ways ?? [{ ...EVERYTHING, open: true }];
}

const EVERYTHING: Conjunction = { equal: new Map(), least: null, open: false };

/** Undefined where there are too many. `negated` is carried to the leaves, as De Morgan has it. */
function waysOf(
  filter: Filter,
  negated: boolean,
  book: CompanyBook,
): readonly Conjunction[] | undefined {
  switch (filter.kind) {
    case "not":
      return waysOf(filter.part, !negated, book);
    case "and":
    case "or": {
      const parts = filter.parts.map((part) => waysOf(part, negated, book));
      const either = (filter.kind === "or") !== negated;
      return parts.reduce((all, part) =>
        all === undefined || part === undefined
          ? undefined
          : either
            ? united(all, part)
            : crossed(all, part),
      );
    }
    case "is":
      return negated ? [{ ...EVERYTHING, open: true }] : namesOf(filter, book);
    case "compare":
      return [sizeOf(filter.field, negated ? opposite(filter.comparison) : filter.comparison)];
    case "in-watch":
      return [{ ...EVERYTHING, open: true }];
  }
}

function namesOf(
  { field, values }: Extract<Filter, { kind: "is" }>,
  book: CompanyBook,
): readonly Conjunction[] | undefined {
  const under = (
    dimension: Dimension,
    names: readonly string[],
  ): readonly Conjunction[] | undefined =>
    names.length > WAYS_MAX
      ? undefined
      : [...new Set(names)].map((name) => ({ ...EVERYTHING, equal: new Map([[dimension, name]]) }));
  if (field === "company" || field === "parent")
    return under(
      "company",
      values.flatMap((value) => companyKeys(book, value, field === "parent")),
    );
  const dimension = DIMENSIONS.find((name) => name === field);
  if (dimension === undefined || dimension === "company") return [{ ...EVERYTHING, open: true }];
  return under(
    dimension,
    values.map((value) => spokenTrait(dimension, value)),
  );
}

function sizeOf(field: "people" | "percent", { operator, value }: Comparison): Conjunction {
  // People are whole, so that more than 500 is at least 501.
  if (field === "people" && operator === ">")
    return { ...EVERYTHING, least: { field, bound: Math.floor(value) + 1 } };
  if (operator === ">=") return { ...EVERYTHING, least: { field, bound: value } };
  const least = operator === ">" || operator === "=" ? { field, bound: value } : null;
  return { ...EVERYTHING, least, open: true };
}

const OPPOSITES: Readonly<Record<Operator, Operator | undefined>> = {
  ">": "<=",
  ">=": "<",
  "<": ">=",
  "<=": ">",
  "=": undefined,
};

function opposite({ operator, value }: Comparison): Comparison {
  // Unequal has no sign of its own: anything may pass, and is asked.
  return {
    operator: OPPOSITES[operator] ?? "<=",
    value: OPPOSITES[operator] === undefined ? Infinity : value,
  };
}

function united(
  all: readonly Conjunction[],
  more: readonly Conjunction[],
): readonly Conjunction[] | undefined {
  return all.length + more.length > WAYS_MAX ? undefined : [...all, ...more];
}

function crossed(
  all: readonly Conjunction[],
  more: readonly Conjunction[],
): readonly Conjunction[] | undefined {
  if (all.length * more.length > WAYS_MAX) return undefined;
  return all.flatMap((a) => more.map((b) => joined(a, b)).filter((way) => way !== undefined));
}

/** Both at once; undefined where they ask for two different names. */
function joined(a: Conjunction, b: Conjunction): Conjunction | undefined {
  const equal = new Map(a.equal);
  for (const [dimension, name] of b.equal) {
    if ((equal.get(dimension) ?? name) !== name) return undefined;
    equal.set(dimension, name);
  }
  const [first, second] =
    a.least?.field === "percent" && b.least?.field === "people"
      ? [b.least, a.least]
      : [a.least, b.least];
  const same = first === null || second === null || first.field === second.field;
  const least =
    first !== null && second !== null && same
      ? { field: first.field, bound: Math.max(first.bound, second.bound) }
      : (first ?? second);
  return { equal, least, open: a.open || b.open || !same };
}
