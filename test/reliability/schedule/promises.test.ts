import { describe, expect, it } from "vitest";
import { runP11 } from "./p11.ts";
import { runP12 } from "./p12.ts";
import { runP13 } from "./p13.ts";
import { runP14 } from "./p14.ts";

describe("the promises of the schedule, on a sample", () => {
  it.each([
    ["no digest is lost to the calendar (P11)", () => runP11("quick"), 1_800],
    ["no digest is lost to a late, jumping or sleeping clock (P12)", () => runP12("quick"), 3_000],
    ["downtime gives one catch-up that says what was missed (P13)", () => runP13("quick"), 1_000],
    ["changing a zone or hour neither doubles nor skips (P14)", () => runP14("quick"), 500],
  ])("%s", (_, run, least) => {
    const figure = run();
    expect(figure).toMatchObject({ violations: 0 });
    expect(figure.count).toBeGreaterThan(least);
  });
});
