import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scaleOf, spread, ticksOf } from "../../src/charts/scale.ts";

describe("an axis", () => {
  it.each([
    [[0, 12_115], { min: 0, max: 15_000, step: 5000 }],
    [[1], { min: 0, max: 2, step: 1 }],
    [[0, 0], { min: 0, max: 1, step: 1 }],
    [[], { min: 0, max: 1, step: 1 }],
    [[-66, 212.4], { min: -100, max: 300, step: 100 }],
    [[-5, -1], { min: -6, max: 0, step: 2 }],
  ])("over %j runs %j", (values, scale) => {
    expect(scaleOf(values)).toEqual(scale);
  });

  it("has a line at zero exactly, also in steps of fractions", () => {
    expect(ticksOf(scaleOf([-0.6, 0.5]))).toContain(0);
  });

  it("starts above zero only where that is asked for and the values crowd", () => {
    expect(scaleOf([188_000, 203_600]).min).toBe(0);
    expect(scaleOf([188_000, 203_600], { fit: true }).min).toBeGreaterThan(180_000);
    expect(scaleOf([10, 203_600], { fit: true }).min).toBe(0);
    expect(scaleOf([196_000], { fit: true }).min).toBe(0);
  });

  it("covers all values in one to six steps and ends on its steps", () => {
    const value = fc.oneof(
      fc.integer({ min: -1e6, max: 1e9 }),
      fc
        .double({ min: -1e6, max: 1e6, noNaN: true })
        .map((each) => (Math.abs(each) < 1e-9 ? 0 : each)),
      fc.constant(1e15),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 20 }), fc.boolean(), (values, fit) => {
        const scale = scaleOf(values, { fit });
        const ticks = ticksOf(scale);
        expect(scale.min).toBeLessThanOrEqual(Math.min(...values));
        expect(scale.max).toBeGreaterThanOrEqual(Math.max(...values));
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(7);
        expect(ticks[0]).toBe(scale.min);
        expect(ticks.at(-1)).toBe(scale.max);
      }),
    );
  });
});

describe("labels spread apart", () => {
  it("keep their order, their distance and their bounds while there is room", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 250 }), { minLength: 1, maxLength: 8 }),
        (places) => {
          const moved = spread(places, 19, 0, 250);
          const byPlace = moved.toSorted((a, b) => a - b);
          for (let at = 1; at < byPlace.length; at++)
            expect(byPlace[at]! - byPlace[at - 1]!).toBeGreaterThanOrEqual(19);
          expect(byPlace[0]).toBeGreaterThanOrEqual(0);
          expect(byPlace.at(-1)).toBeLessThanOrEqual(250);
          const order = (each: readonly number[]): number[] =>
            places.map((_, at) => at).sort((a, b) => each[a]! - each[b]! || a - b);
          expect(order(moved)).toEqual(order(places));
        },
      ),
    );
  });

  it("leave alone what is far enough apart", () => {
    expect(spread([10, 100], 19, 0, 250)).toEqual([10, 100]);
  });
});
