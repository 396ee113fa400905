import * as fc from "fast-check";
import { medianAbsoluteDeviation, median as trustedMedian } from "simple-statistics";
import { describe, expect, it } from "vitest";
import { mad, median, quantile, robustZ } from "../../src/market/stats.ts";

describe("quantile", () => {
  // R: quantile(c(1, 2, 3, 4, 10), c(0, .1, .25, .5, .75, .9, 1)) and quantile(c(15, 20, 35, 40, 50), .4)
  it.each([
    [[1, 2, 3, 4, 10], 0, 1],
    [[1, 2, 3, 4, 10], 0.1, 1.4],
    [[1, 2, 3, 4, 10], 0.25, 2],
    [[1, 2, 3, 4, 10], 0.5, 3],
    [[1, 2, 3, 4, 10], 0.75, 4],
    [[1, 2, 3, 4, 10], 0.9, 7.6],
    [[1, 2, 3, 4, 10], 1, 10],
    [[15, 20, 35, 40, 50], 0.4, 29],
    [[7], 0.9, 7],
    [[5, 5, 5, 5], 0.25, 5],
  ])("of %j at %d is R's type 7: %d", (sorted, p, expected) => {
    expect(quantile(sorted, p)).toBeCloseTo(expected, 12);
  });

  it("nothing has no quantile", () => {
    expect(quantile([], 0.5)).toBeNull();
  });
});

describe("median and MAD", () => {
  it("nothing has neither, one value has both", () => {
    expect([median([]), mad([]), median([4]), mad([4])]).toEqual([null, null, 4, 0]);
  });

  it("they say what a trusted library says", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 60 }),
        (values) => {
          expect(median(values)).toBe(trustedMedian(values));
          expect(mad(values)).toBe(medianAbsoluteDeviation(values));
        },
      ),
      { seed: 7 },
    );
  });

  it("the values given stay as they were", () => {
    const values = [3, 1, 2];
    median(values);
    mad(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe("robust z", () => {
  it("is the distance from the median in scaled MADs", () => {
    // R: (12 - median(c(1, 2, 3, 4, 10))) / mad(c(1, 2, 3, 4, 10)) with mad = 1.4826 * 1
    expect(robustZ(12, [1, 2, 3, 4, 10])).toBeCloseTo(9 / 1.4826, 12);
  });

  it("without spread or history there is none", () => {
    expect(robustZ(9, [5, 5, 5, 5, 100])).toBeNull();
    expect(robustZ(9, [])).toBeNull();
  });
});
