import { describe, expect, it } from "vitest";
import { parseConfig } from "../src/config.ts";
import { Fault } from "../src/fault.ts";

function faultOf(environment: Record<string, string>): Fault {
  try {
    parseConfig(environment);
  } catch (fault) {
    if (fault instanceof Fault) return fault;
  }
  throw new Error("taken");
}

describe("settings", () => {
  it("are all optional: nothing set is the demo with the playground", () => {
    expect(parseConfig({})).toMatchObject({
      dataDir: "data/live",
      port: 3000,
      slack: undefined,
      discord: undefined,
      hints: [],
    });
  });
  it("turn a platform on when both of its tokens are there, and say what is missing otherwise", () => {
    const config = parseConfig({
      SLACK_BOT_TOKEN: "xoxb-1",
      SLACK_APP_TOKEN: "xapp-1",
      DISCORD_TOKEN: "abc",
    });
    expect(config.slack).toEqual({ botToken: "xoxb-1", appToken: "xapp-1" });
    expect(config.discord).toBeUndefined();
    expect(config.hints).toEqual(["Discord is half set up: DISCORD_APPLICATION_ID is missing."]);
  });
  it("take the proxy other programs take, small letters first, with or without http://", () => {
    expect(parseConfig({}).proxy).toBeNull();
    const both = parseConfig({
      HTTPS_PROXY: "http://upper.example:1",
      https_proxy: "proxy.example:3128",
      NO_PROXY: "a.example, .b.example",
    });
    expect(both.proxy).toEqual({
      url: "http://proxy.example:3128/",
      except: ["a.example", ".b.example"],
    });
    expect(both.sources.proxy).toEqual(both.proxy);
  });
  it.each(["socks5://proxy.example:1080", "http://a:%ff@proxy.example", "ftp://x.example"])(
    "refuse the proxy %s, and do not show it",
    (HTTPS_PROXY) => {
      const { message } = faultOf({ HTTPS_PROXY });
      expect(message).toContain("HTTPS_PROXY: the value given does not fit; it takes an address");
      expect(message).not.toContain(HTTPS_PROXY);
    },
  );
  it("list every fault together", () => {
    const fault = faultOf({
      PULSE_PORT: "99999",
      DISCORD_APPLICATION_ID: "my bot",
      SLAKC_BOT_TOKEN: "x",
    });
    expect(fault.message.split("\n")).toHaveLength(3);
    expect(fault.message).toContain(
      "Unknown setting SLAKC_BOT_TOKEN — did you mean SLACK_BOT_TOKEN?",
    );
  });
  it("never show the value of a secret", () => {
    const fault = faultOf({ SLACK_SIGNING_SECRET: "not-hex-canary" });
    expect(fault.message).not.toContain("canary");
    expect(fault.message).toContain("32 hex digits");
  });
});
