import { describe, expect, it } from "vitest";
import { backoffMs, waitMs } from "../../src/delivery/backoff.ts";
import type { Wait } from "../../src/delivery/sender.ts";

const wait = (retryAfterMs: number | null, reason: Wait["reason"] = "rate_limited"): Wait => ({
  status: "wait",
  reason,
  retryAfterMs,
  scope: "channel",
});
const most = (): number => 0.999_999;
const least = (): number => 0;

describe("the back-off", () => {
  it.each([
    [0, 2_000],
    [1, 4_000],
    [5, 64_000],
    [7, 256_000],
    [8, 300_000],
    [60, 300_000],
  ])("after %i tries is anything up to %i ms", (attempts, ms) => {
    expect(backoffMs(attempts, least)).toBe(0);
    expect(backoffMs(attempts, most)).toBe(ms);
  });
});

describe("a platform that asks for patience", () => {
  it("gets what it asked for and up to a tenth more", () => {
    expect(waitMs(wait(30_000), 3, least)).toBe(30_000);
    expect(waitMs(wait(30_000), 3, most)).toBe(33_000);
  });
  it.each([null, 0, -1])("without a number it can mean (%s) gets half a minute", (asked) => {
    expect(waitMs(wait(asked), 3, least)).toBe(30_000);
  });
  it("for longer than an hour is asked again after one", () => {
    expect(waitMs(wait(1e12), 3, least)).toBe(3_600_000);
  });
  it("and cannot be reached is tried again by the back-off", () => {
    expect(waitMs(wait(null, "unreachable"), 1, most)).toBe(4_000);
  });
});
