import { describe, expect, it } from "vitest";
import { quietUntil } from "../../src/alerts/quiet.ts";

describe("quiet hours are wall-clock hours of the rule's own zone", () => {
  const night = { from: "22:00", to: "07:00", zone: "Europe/Berlin", mode: "hold" } as const;

  it.each([
    ["before they begin", "2024-03-05T20:59:00Z", null],
    ["as they begin", "2024-03-05T21:00:00Z", "2024-03-06T06:00:00.000Z"],
    ["after midnight", "2024-03-06T02:00:00Z", "2024-03-06T06:00:00.000Z"],
    ["as they end", "2024-03-06T06:00:00Z", null],
    ["in the night the clocks go forward", "2024-03-30T23:00:00Z", "2024-03-31T05:00:00.000Z"],
    ["in the night they go back", "2024-10-26T22:00:00Z", "2024-10-27T06:00:00.000Z"],
  ])("%s", (_, now, ends) => {
    const until = quietUntil(night, Date.parse(now));
    expect(until === null ? null : new Date(until).toISOString()).toBe(ends);
  });

  it("within one day too", () => {
    const lunch = { ...night, from: "12:00", to: "13:00" };
    expect(quietUntil(lunch, Date.parse("2024-03-05T11:30:00Z"))).toBe(
      Date.parse("2024-03-05T12:00:00Z"),
    );
    expect(quietUntil(lunch, Date.parse("2024-03-05T12:30:00Z"))).toBeNull();
  });
});
