import { describe, expect, it } from "vitest";
import { postKeys, providerKey } from "../../src/delivery/post-key.ts";
import type { Target } from "../../src/stores/records.ts";

const slack: Target = { platform: "slack", tenant: "slack:T1", kind: "channel", id: "C1" };
const discord: Target = { platform: "discord", tenant: "discord:9", kind: "channel", id: "7" };
const postKey = postKeys.digest("d1", 2, "2026-W10");
const keyFor = (target: Target, generation = 1): string =>
  providerKey({ tenant: target.tenant, postKey, target, generation });

describe("a post key", () => {
  it("names the fact that is told", () => {
    expect([
      postKey,
      postKeys.alert("r7k2", "google", 1, "opened"),
      postKeys.paused("r7k2", 5),
      postKeys.lost(postKey, 1),
      postKeys.lost(postKey, 2),
      postKeys.away(slack, 5),
    ]).toEqual([
      "digest:d1:2:2026-W10",
      "alert:r7k2:google:1:opened",
      "paused:r7k2:5",
      "lost:digest:d1:2:2026-W10",
      "lost:digest:d1:2:2026-W10:2",
      "away:C1:5",
    ]);
  });
});

describe("what the platform knows a post by", () => {
  it("is the version 5 UUID another library makes, on Slack", () => {
    expect(keyFor(slack)).toBe("2a9bc6f0-9abd-5082-a32f-99474cd80a48");
  });
  it("is the SHA-256 in base62 another language makes, on Discord, within its 25 characters", () => {
    expect(keyFor(discord)).toBe("WwuhQOEnmTweHHzx9A9AVs");
  });
  it("is the same after a restart and another in the next generation", () => {
    expect(keyFor(slack)).toBe(keyFor(slack));
    expect(keyFor(slack, 2)).not.toBe(keyFor(slack));
    expect(keyFor(discord, 2)).not.toBe(keyFor(discord));
  });
  it("differs between tenants", () => {
    expect(keyFor({ ...slack, tenant: "slack:T2" })).not.toBe(keyFor(slack));
  });
});
