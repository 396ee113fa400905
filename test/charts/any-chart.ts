import * as fc from "fast-check";
import type { Chart } from "../../src/charts/chart.ts";

/** Charts of any kind and size with any words, holes and wild numbers. */
export function anyChart(text: fc.Arbitrary<string>): fc.Arbitrary<Chart> {
  const value = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 200_000 }) },
    fc.double({ min: -1e6, max: 1e6 }),
    fc.double(),
    fc.constantFrom(null, 0, -1, 0.001, 1e15),
  );
  const head = {
    title: text,
    subtitle: text,
    unit: fc.oneof(
      fc.constantFrom("people", "events", "percent", "USD per year", "CHF per year"),
      text,
    ),
  };
  const series = fc.integer({ min: 0, max: 30 }).chain((count) =>
    fc.record(
      {
        kind: fc.constantFrom("bars" as const, "lines" as const, "grouped" as const),
        ...head,
        categories: fc.array(text, { minLength: count, maxLength: count }),
        series: fc.array(
          fc.record(
            {
              name: text,
              values: fc.array(value, { maxLength: 32 }),
              as: fc.constant("line" as const),
            },
            { requiredKeys: ["name", "values"] },
          ),
          { maxLength: 8 },
        ),
        threshold: fc.record({
          value: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
          label: text,
        }),
        lastIncomplete: fc.boolean(),
        marks: fc.array(fc.record({ category: text, label: text }), { maxLength: 4 }),
      },
      {
        requiredKeys: [
          "kind",
          "title",
          "subtitle",
          "unit",
          "categories",
          "series",
          "lastIncomplete",
        ],
      },
    ),
  );
  const pay = fc.double({ min: 0, max: 1e6, noNaN: true });
  const ranges = fc.record({
    kind: fc.constant("ranges" as const),
    ...head,
    rows: fc.array(
      fc
        .tuple(text, pay, pay, pay, fc.option(text, { nil: undefined }))
        .map(([label, a, b, c, note]) => {
          const [low = 0, middle = 0, high = 0] = [a, b, c].sort((x, y) => x - y);
          return { label, low, middle, high, ...(note === undefined ? {} : { note }) };
        }),
      { maxLength: 30 },
    ),
  });
  return fc.oneof(series, ranges);
}
