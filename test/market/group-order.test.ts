import * as fc from "fast-check";
import { expect, it } from "vitest";
import { groupOrder, regrouped, upwardOrder } from "../../src/market/group-order.ts";

const amount = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.integer({ min: 0, max: 1e9 }),
  fc.double({ min: 0, max: 1e12, noNaN: true, noDefaultInfinity: true }).map(Math.abs),
);

it("numbers are put in order as sorting them does, equal ones in their own order", () => {
  fc.assert(
    fc.property(fc.array(amount, { maxLength: 300 }), (amounts) => {
      const sorted = [...amounts.keys()].sort((a, b) => amounts[a]! - amounts[b]! || a - b);
      expect([...upwardOrder(Float64Array.from(amounts))]).toEqual(sorted);
    }),
  );
});

it("places are grouped in the order they are given in", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 100 }), (groups) => {
      const groupOf = Int32Array.from(groups);
      const backwards = Int32Array.from([...groups.keys()].reverse());
      const { order, ends } = regrouped(backwards, groupOf, 8);
      expect([...order]).toEqual([...backwards].sort((a, b) => groups[a]! - groups[b]!));
      expect(ends).toEqual(groupOrder(groupOf, 8).ends);
    }),
  );
});
