import { describe, expect, it, test } from "vitest";
import {
  dayCell,
  isBlank,
  millionsCell,
  peopleCell,
  percentIn,
  percentOn,
  percentScale,
  textCell,
} from "../../src/sources/cells.ts";

describe("a count of people", () => {
  test.each([
    ["500", 500],
    ["500.0", 500],
    ["1,200", 1200],
    [" 40 ", 40],
    ["５０", 50],
    ["", null],
    ["NULL", null],
    ["no-data", null],
    ["Unknown", null],
    ["N/A", null],
  ])("%j is %j", (text, value) => expect(peopleCell(text)).toEqual({ value }));

  test.each([
    ["-5", "negative"],
    ["12.5", "whole number"],
    ["0", "zero"],
    ["０", "zero"],
    ["1000000000", "more people than"],
    ["~200", "plain number"],
    ["200+", "plain number"],
    ["100-150", "plain number"],
    ["1e3", "plain number"],
    ["1,20", "plain number"],
    ["Infinity", "plain number"],
    ["0x10", "plain number"],
  ])("%j is refused, and why is said", (text, reason) =>
    expect(peopleCell(text)).toEqual({ fault: expect.stringContaining(reason) }),
  );
});

describe("a day", () => {
  test.each([
    ["2024-03-17", "2024-03-17"],
    ["2024-04-26T15:58:59.000Z", "2024-04-26"],
    ["2022-12-18 04:12:29", "2022-12-18"],
    ["2024-04-26T23:30:00-05:00", "2024-04-27"],
    ["3/6/2023", "2023-03-06"],
    ["12/31/2022", "2022-12-31"],
    ["NULL", null],
    ["", null],
  ])("%j is %j", (text, value) => expect(dayCell(text, "2026-12-23")).toEqual({ value }));

  test.each([
    ["2024-02-30", "is not a day"],
    ["31/12/2022", "is not a day"],
    ["17 March 2024", "is not a day"],
    ["1999-12-31", "before 2000"],
    ["2099-01-01", "in the future"],
  ])("%j is refused, and why is said", (text, reason) =>
    expect(dayCell(text, "2026-12-23")).toEqual({ fault: expect.stringContaining(reason) }),
  );
});

describe("a percentage", () => {
  const percent = (text: string, scale: "fractions" | "percents") => {
    const written = percentIn(text);
    if ("fault" in written) return written;
    return written.value === null ? { value: null } : percentOn(scale, written.value);
  };

  test.each([
    ["3%", "fractions", 3],
    ["100%", "percents", 100],
    ["0.03", "fractions", 3],
    ["0.7000000000000001", "fractions", 70],
    ["0.35000000000000003", "fractions", 35],
    ["1.0", "fractions", 100],
    ["12", "percents", 12],
    ["1", "percents", 1],
    ["no-data", "percents", null],
    ["0", "fractions", null],
  ] as const)("%j in a column of %s is %j", (text, scale, value) =>
    expect(percent(text, scale)).toEqual({ value }),
  );

  test.each([
    ["150", "percents", "more than 100 %"],
    ["1500%", "fractions", "more than 100 %"],
    ["12", "fractions", "holds fractions"],
    ["about 30%", "fractions", "not a percentage"],
    ["-0.1", "fractions", "negative"],
  ] as const)("%j in a column of %s is refused, and why is said", (text, scale, reason) =>
    expect(percent(text, scale)).toEqual({ fault: expect.stringContaining(reason) }),
  );

  it("is a fraction or a percentage by what most rows of its column look like", () => {
    const ones = (...numbers: number[]) => numbers.map((number) => [number, 1] as const);
    expect(percentScale([...ones(12, 25), [0.5, 3]])).toBe("fractions");
    expect(percentScale(ones(0.1, 0.25, 1, 1, 12))).toBe("fractions");
    expect(percentScale(ones(12, 25, 1, 0.5))).toBe("percents");
    expect(percentScale(ones(1, 1, 1))).toBe("fractions");
    expect(percentScale([])).toBe("fractions");
  });
});

test("millions are read with and without dollar sign and thousands mark", () => {
  expect(millionsCell("$1,000")).toEqual({ value: 1000 });
  expect(millionsCell("390.0")).toEqual({ value: 390 });
  expect(millionsCell("no-data")).toEqual({ value: null });
  expect(millionsCell("lots")).toEqual({ fault: expect.stringContaining("millions of USD") });
});

test("text loses its inner line ends and control characters, and a blank says nothing", () => {
  expect(textCell(" Acme\r\nRobotics\u0007 ")).toBe("Acme Robotics");
  expect(textCell("Unknown")).toBeNull();
  expect(isBlank(" nUlL ")).toBe(true);
  expect(isBlank("Nullify")).toBe(false);
});
