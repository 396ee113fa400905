import { describe, expect, it } from "vitest";
import { runP8 } from "./p08.ts";
import { runP24 } from "./p24.ts";
import { runP25 } from "./p25.ts";

describe("the promises of alerts, on a sample", () => {
  it.each([
    [
      "each new fact is told by the rule that watches it, once, on the next look (P8)",
      () => runP8({ facts: 500, rules: 10, ingests: 30, within: Infinity }),
      30,
    ],
    ["an alert does not flap (P24)", () => runP24({ crossings: 200, series: 60, days: 20 }), 61],
    ["the cool-down holds over restarts (P25)", () => runP25({ kills: 20 }), 20],
  ])("%s", async (_, run, count) => {
    expect(await run()).toMatchObject({ violations: 0, count });
  });
});
