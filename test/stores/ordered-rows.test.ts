import * as fc from "fast-check";
import { expect, it } from "vitest";
import { orderedRows } from "../../src/stores/ordered-rows.ts";

const key = fc.string({ unit: fc.constantFrom("a", "b", "|", "ä", "𝒜"), maxLength: 4 });
const step = fc.record({ key, gone: fc.boolean() });

it("rows by prefix are those of a plain list, filtered and sorted, after any writes", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), key, (steps, prefix) => {
      const rows = orderedRows<{ readonly key: string; readonly at: number }>();
      const model = new Map<string, number>();
      for (const [at, { key: name, gone }] of steps.entries()) {
        if (gone) {
          rows.delete(name);
          model.delete(name);
        } else {
          rows.set({ key: name, at });
          model.set(name, at);
        }
      }
      const wanted = [...model.keys()].filter((name) => name.startsWith(prefix)).sort();
      expect(rows.startingWith(prefix)).toEqual(
        wanted.map((name) => ({ key: name, at: model.get(name) })),
      );
      expect(rows.size).toBe(model.size);
    }),
  );
});
