import { describe, expect, it } from "vitest";
import { snoozeUntil } from "../../src/alerts/snooze.ts";
import { Fault } from "../../src/fault.ts";

/** Wednesday 4 March 2026, 10:00 UTC. */
const NOW = Date.UTC(2026, 2, 4, 10);

describe("a snooze always has an end", () => {
  it.each([
    ["1h", Date.UTC(2026, 2, 4, 11)],
    ["8h", Date.UTC(2026, 2, 4, 18)],
    ["2d", Date.UTC(2026, 2, 6, 10)],
    ["1 week", Date.UTC(2026, 2, 11, 10)],
    ["until monday 09:00", Date.UTC(2026, 2, 9, 8)],
    ["until wednesday 09:00", Date.UTC(2026, 2, 11, 8)],
    ["until wednesday 12:30", Date.UTC(2026, 2, 4, 11, 30)],
    ["until resolved", "resolved"],
  ])("%s", (text, end) => {
    expect(snoozeUntil(text, NOW, "Europe/Berlin")).toBe(end);
  });
  it("at nine by the clock on the wall after the clocks changed", () => {
    const saturday = Date.UTC(2026, 2, 28, 10);
    expect(snoozeUntil("until monday 09:00", saturday, "Europe/Berlin")).toBe(
      Date.UTC(2026, 2, 30, 7),
    );
  });
  it.each(["", "for ever", "0h", "91d", "until someday", "-3h"])(
    "%j is refused with what would be right",
    (text) => {
      expect(() => snoozeUntil(text, NOW, "UTC")).toThrow(Fault);
    },
  );
});
