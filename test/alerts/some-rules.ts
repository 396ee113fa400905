import * as fc from "fast-check";
import { addDays } from "../../src/market/calendar.ts";
import { FIELDS, NO_OPTIONS } from "../../src/alerts/rule.ts";
import type {
  Comparison,
  EventRule,
  Filter,
  LevelRule,
  Metric,
  Options,
  RuleSpec,
  Test,
} from "../../src/alerts/rule.ts";

/** Every rule a person could write, and names nobody would. */

const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });
const days = fc.integer({ min: 1, max: 366 });
const minutes = fc.integer({ min: 1, max: 366 * 1_440 });
const upward = fc.constantFrom<">" | ">=">(">", ">=");
const downward = fc.constantFrom<"<" | "<=">("<", "<=");
const percent = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((tenths) => tenths / 10);

const strangeName = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
  .filter((name) => name.trim() === name && name !== "");
const plainName = fc.constantFrom(
  "Google",
  "Yahoo!",
  "New York",
  "in",
  "and",
  "10,000",
  "@bigtech",
  "#x",
  'say "hi"',
  "a\\b",
  "日本",
  "50%",
  "(x)",
  "Moody's",
  "-1",
);
const name = fc.oneof({ weight: 3, arbitrary: plainName }, { weight: 1, arbitrary: strangeName });
const watch = fc.constantFrom("bigtech", "faang-2", "my_list", "日本");
const nameField = fc.constantFrom(
  ...FIELDS.filter(
    (field): field is Exclude<(typeof FIELDS)[number], "people" | "percent"> =>
      field !== "people" && field !== "percent",
  ),
);

const size: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({
    kind: fc.constant("compare" as const),
    field: fc.constant("people" as const),
    comparison: fc.record({
      operator: fc.constantFrom<Comparison["operator"]>(">", ">=", "<", "<=", "="),
      value: fc.integer({ min: 1, max: 10_000_000 }),
    }),
  }),
  fc.record({
    kind: fc.constant("compare" as const),
    field: fc.constant("percent" as const),
    comparison: fc.record({
      operator: upward,
      value: fc.integer({ min: 0, max: 1_000 }).map((tenths) => tenths / 10),
    }),
  }),
);

export const someFilter: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter; part: Filter }>(
  (tie) => ({
    part: fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant("is" as const),
          field: nameField,
          values: fc.array(name, { minLength: 1, maxLength: 3 }),
        }),
      },
      { weight: 2, arbitrary: size },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant("in-watch" as const),
          field: fc.constantFrom("company" as const, "parent" as const),
          watch,
        }),
      },
    ),
    filter: fc.oneof(
      { maxDepth: 3 },
      { weight: 3, arbitrary: tie("part") },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constantFrom("and" as const, "or" as const),
          parts: fc.array(tie("filter"), { minLength: 2, maxLength: 3 }),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constant("not" as const), part: tie("filter") }),
      },
    ),
  }),
).filter;

export const someOptions: fc.Arbitrary<Options> = fc
  .record(
    {
      notify: fc.array(
        fc.constantFrom("#market", "@me", "me", "here", "<#C024BE91L|market>", "<@123>"),
        { minLength: 1, maxLength: 3 },
      ),
      group: orNull(fc.record({ minutes, most: orNull(fc.integer({ min: 1, max: 999 })) })),
      cooldownMinutes: orNull(minutes),
      repeatMinutes: orNull(minutes),
      once: fc.boolean(),
      quiet: orNull(
        fc.record({
          from: fc.constantFrom("22:00", "23:30"),
          to: fc.constantFrom("07:00", "00:05"),
          zone: fc.constantFrom("Europe/Berlin", "UTC", "America/Argentina/Buenos_Aires"),
          mode: fc.constantFrom("hold" as const, "drop" as const, "silent" as const),
        }),
      ),
      severity: orNull(fc.constantFrom("low", "high", "wichtig")),
      escalate: orNull(fc.record({ afterMinutes: minutes, to: fc.constantFrom("@me", "#ops") })),
      digestOnly: fc.boolean(),
      expiresDays: orNull(days),
      maxAgeDays: orNull(days),
      unknown: fc.constantFrom("include" as const, "exclude" as const, "quiet" as const),
      note: orNull(fc.string({ unit: "grapheme", maxLength: 20 })),
    },
    { requiredKeys: [] },
  )
  .map((given) => ({ ...NO_OPTIONS, ...given }));

const metric: fc.Arbitrary<Metric> = fc.oneof(
  fc.record({
    name: fc.constantFrom(
      "people" as const,
      "events" as const,
      "companies" as const,
      "median_cut" as const,
    ),
    windowDays: days,
    argument: fc.constant(null),
    dimensions: fc.constant({}),
  }),
  fc.record({
    name: fc.constant("share_over" as const),
    windowDays: days,
    argument: fc.constantFrom("1", "500"),
    dimensions: fc.constant({}),
  }),
  fc.record({
    name: fc.constant("salary" as const),
    windowDays: fc.constant(null),
    argument: fc.constantFrom("p25", "p50", "p75", "mean"),
    dimensions: fc
      .record(
        {
          role: fc.constantFrom("ai-engineer", "data scientist"),
          level: fc.constant("senior"),
          quarter: fc.constantFrom("", "2023Q4"),
        },
        { requiredKeys: [] },
      )
      .map((found) => ({ ...found })),
  }),
  fc.record({
    name: fc.constant("premium" as const),
    windowDays: fc.constant(null),
    argument: fc.constant(null),
    dimensions: fc.constantFrom({}, { level: "senior" }),
  }),
);

const test: fc.Arbitrary<Test> = fc.oneof(
  fc.record({
    kind: fc.constant("compare" as const),
    comparison: fc.record({ operator: upward, value: fc.integer({ min: 1, max: 100 }) }),
  }),
  fc.record({
    kind: fc.constant("change" as const),
    against: fc.oneof(fc.constantFrom("prev" as const, "yoy" as const), fc.record({ days })),
    comparison: fc.record({ operator: fc.oneof(upward, downward), value: percent }),
  }),
  fc.record({
    kind: fc.constant("anomaly" as const),
    comparison: fc.record({
      operator: upward,
      value: fc.integer({ min: -50, max: 50 }).map((tenths) => tenths / 10),
    }),
  }),
  fc.record({
    kind: fc.constant("record" as const),
    extreme: fc.constantFrom("high" as const, "low" as const),
    since: orNull(fc.nat({ max: 2_000 }).map((after) => addDays("2019-01-01", after))),
  }),
  fc.record({
    kind: fc.constant("crosses" as const),
    direction: fc.constantFrom("up" as const, "down" as const),
    value: fc.integer({ min: 0, max: 100 }),
  }),
  fc.record({ kind: fc.constant("no-data" as const), source: fc.constant(""), days }),
);

function clearFor(of: Test): fc.Arbitrary<Comparison | null> {
  if (of.kind !== "compare" && of.kind !== "change" && of.kind !== "anomaly")
    return fc.constant(null);
  const { operator, value } = of.comparison;
  const up = operator.startsWith(">");
  return orNull(
    fc.nat({ max: 20 }).map((apart) => ({
      operator: up ? ("<" as const) : (">" as const),
      value: up ? value - (apart / 20) * Math.abs(value) : value + apart,
    })),
  ).filter(
    (clear) =>
      clear === null ||
      (Number.isInteger(clear.value * 1_000) && (of.kind !== "compare" || clear.value > 0)),
  );
}

const levelRule: fc.Arbitrary<LevelRule> = fc
  .record({
    metric,
    test,
    filter: orNull(someFilter),
    forDays: fc.nat({ max: 366 }),
    options: someOptions,
  })
  .chain((draft) =>
    clearFor(draft.test).map((clear): LevelRule => ({ kind: "level", ...draft, clear })),
  );

const noDataRule: fc.Arbitrary<LevelRule> = fc
  .record({
    source: name,
    days,
    options: someOptions,
    filter: orNull(someFilter),
    forDays: fc.nat({ max: 20 }),
  })
  .map(({ source, days, ...rest }): LevelRule => ({
    kind: "level",
    metric: { name: "source", windowDays: null, argument: null, dimensions: {} },
    test: { kind: "no-data", source, days },
    clear: null,
    ...rest,
  }));

const eventRule: fc.Arbitrary<EventRule> = fc.record({
  kind: fc.constant("event" as const),
  event: fc.constantFrom(
    "layoff" as const,
    "revision" as const,
    "posting" as const,
    "warn_notice" as const,
    "source_down" as const,
  ),
  filter: orNull(someFilter),
  options: someOptions,
});

export const someRule: fc.Arbitrary<RuleSpec> = fc.oneof(
  { weight: 5, arbitrary: levelRule },
  { weight: 1, arbitrary: noDataRule },
  { weight: 3, arbitrary: eventRule },
);
