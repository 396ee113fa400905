import { beforeEach, describe, expect, it } from "vitest";
import { auditLines } from "../../src/authority/audit.ts";
import { effectiveSettings } from "../../src/authority/settings.ts";
import { plainText } from "../../src/reply/plain.ts";
import type { Reply } from "../../src/reply/reply.ts";
import { TODAY, testBot } from "../bot.ts";
import type { TestBot } from "../bot.ts";
import { DM, asker, buttons } from "./asker.ts";

let bot: TestBot;
let ana: (text: string) => Promise<Reply>;
let admin: (text: string) => Promise<Reply>;
let now = TODAY;
beforeEach(async () => {
  bot = await testBot({ clock: () => (now += 5_000) });
  ana = asker(bot, "U1");
  admin = asker(bot, "U2", { admin: true });
});

const lines = () => auditLines(bot.book, "slack:T1").map(({ value }) => value);
const DEFAULTS = { zone: "UTC", density: "standard", quiet: null, managers: "anyone" };

describe("settings", () => {
  it("are the defaults until somebody sets one", async () => {
    const shown = await ana("/settings");
    expect(shown.figures).toMatchObject({
      ...DEFAULTS,
      from: { zone: "default", density: "default", quiet: "default", managers: "default" },
    });
    expect(lines()).toEqual([]);
  });
  it("of mine win over the channel's, and the channel's over everyone's", async () => {
    await admin("/settings workspace zone:Europe/Paris density:deep quiet:20-8");
    await ana("/settings channel zone:Asia/Tokyo density:brief");
    const mine = await ana("/settings zone:europe/berlin");
    expect(mine.figures).toMatchObject({
      zone: "Europe/Berlin",
      density: "brief",
      quiet: { from: "20:00", to: "08:00", mode: "hold" },
      from: { zone: "me", density: "channel", quiet: "workspace", managers: "default" },
    });
    const elsewhere = asker(bot, "U1", { place: { kind: "channel", id: "C2" } });
    expect((await elsewhere("/settings")).figures).toMatchObject({
      zone: "Europe/Berlin",
      density: "deep",
    });
    const { zone } = effectiveSettings(bot.book, "slack:T1", "C1", "U3");
    expect(zone).toEqual({ value: "Asia/Tokyo", from: "channel" });
  });
  it("given up with default fall back, and the last one takes its record along", async () => {
    await ana("/settings zone:Europe/Berlin quiet:22-7");
    await ana("/settings zone:default");
    expect((await ana("/settings")).figures).toMatchObject({ zone: "UTC", from: { quiet: "me" } });
    await ana("/settings quiet:default");
    expect(bot.book.list("settings")).toEqual([]);
    expect(lines().map(({ before, after }) => [before, after])).toEqual([
      [null, "zone:Europe/Berlin quiet:22:00-07:00 hold"],
      ["zone:Europe/Berlin quiet:22:00-07:00 hold", "quiet:22:00-07:00 hold"],
      ["quiet:22:00-07:00 hold", null],
    ]);
  });
  it("can say none where a wider scope says some", async () => {
    await admin("/settings workspace quiet:22-7");
    expect((await ana("/settings quiet:off")).figures).toMatchObject({
      quiet: null,
      from: { quiet: "me" },
    });
  });
  it("set twice to the same are already so, without a second line", async () => {
    await ana("/settings zone:Europe/Berlin density:brief");
    const again = await ana("/settings me density:brief zone:europe/berlin");
    expect(again.figures["changed"]).toBe(false);
    expect(again.title).toContain("already so");
    expect(lines()).toHaveLength(1);
    expect((await ana("/settings quiet:default")).figures["changed"]).toBe(false);
  });
});

describe("quiet hours", () => {
  it.each([
    ["22:00-07:00", { from: "22:00", to: "07:00", mode: "hold" }],
    ["22-7", { from: "22:00", to: "07:00", mode: "hold" }],
    ['"22:30 – 6:15 drop"', { from: "22:30", to: "06:15", mode: "drop" }],
    ["0-23,silent", { from: "00:00", to: "23:00", mode: "silent" }],
    ["none", null],
  ])("%s", async (typed, quiet) => {
    expect((await ana(`/settings quiet:${typed}`)).figures["quiet"]).toEqual(quiet);
  });
});

describe("who may manage", () => {
  it.each([
    ["anyone", "anyone"],
    ["Admins", "admins"],
    ["managers", []],
    ["U7,S9", ["S9", "U7"]],
    ['"<@U7|ana> <!subteam^S9|@core>"', ["S9", "U7"]],
    ['"<@&123456> <@!42>"', ["123456", "42"]],
  ])("%s", async (typed, managers) => {
    const set = await admin(`/settings workspace managers:${typed}`);
    expect(set.figures["managers"]).toEqual(managers);
    expect(JSON.stringify(set)).not.toContain("<@");
  });
  it("is for admins to say, also in a channel that anyone manages", async () => {
    for (const scope of ["workspace", "channel"])
      expect((await ana(`/settings ${scope} managers:U1`)).reason).toBe("not_allowed");
    const manager = asker(bot, "U3", { manager: true });
    expect((await manager("/settings channel managers:anyone")).reason).toBe("not_allowed");
    expect((await manager("/settings channel density:brief")).reason).toBeUndefined();
    expect((await admin("/settings channel managers:admins")).reason).toBeUndefined();
    expect((await manager("/settings channel density:deep")).reason).toBe("not_allowed");
  });
  it("is never made by one's own settings", async () => {
    await admin("/settings workspace managers:admins");
    await bot.book.commit([
      {
        table: "settings",
        key: "slack:T1|me|U1",
        value: { tenant: "slack:T1", scope: "me", id: "U1", managers: "anyone", changedAt: 1 },
      },
    ]);
    expect((await ana("/watch add a google")).reason).toBe("not_allowed");
  });
});

describe("what there is on purpose no setting for", () => {
  it.each([
    ["locale:de", "one way for everybody"],
    ["channel locale:en-US", "1,234 and 17 Mar 2024"],
    ["channel defaults:country:US", "same question has the same answer"],
  ])("%s is told why, and nothing is kept", async (typed, says) => {
    const answer = await ana(`/settings ${typed}`);
    expect(answer.reason).toBe("unsupported");
    expect(plainText(answer)).toContain(says);
    expect(buttons(answer)[0]).toBe(`/settings ${typed}`.replace(/ \w+:.*/, ""));
    expect(bot.book.list("settings")).toEqual([]);
  });
  it("stands in its help", async () => {
    const help = plainText(await ana("/help settings"));
    expect(help).toContain("No locale: here.");
    expect(help).toContain("No defaults: here.");
  });
  it("is no key that gets a guess when it is mistyped", async () => {
    expect((await ana("/settings local:de")).reason).toBe("bad_argument");
  });
});

describe("what does not fit is refused, and nothing is kept", () => {
  it.each([
    ["/settings zone:Mars/Base", "bad_zone"],
    ["/settings zone:IST", "bad_zone"],
    ["/settings zone:GMT+3", "bad_zone"],
    ["/settings density:loud", "bad_argument"],
    ["/settings quiet:22", "bad_argument"],
    ["/settings quiet:22-22", "bad_argument"],
    ["/settings quiet:25-7", "bad_argument"],
    ['/settings quiet:"22-7 shout"', "bad_argument"],
    ["/settings workspace managers:everybody", "bad_argument"],
    ["/settings me managers:anyone", "bad_argument"],
    ["/settings workspace zone:UTC", "not_allowed"],
    ["/settings everyone zone:UTC", "bad_argument"],
  ])("%s: %s", async (text, reason) => {
    const answer = await ana(text);
    expect(answer.reason).toBe(reason);
    expect(buttons(answer)[0]).toMatch(/^\//);
    expect(bot.book.list("settings")).toEqual([]);
    expect(bot.broken).toEqual([]);
  });
  it("a channel's settings are not changed from a direct message", async () => {
    const direct = asker(bot, "U2", { place: DM, admin: true });
    expect((await direct("/settings channel zone:UTC")).reason).toBe("wrong_place");
    expect((await direct("/settings workspace zone:UTC")).reason).toBeUndefined();
  });
  it("outsiders keep none", async () => {
    const guest = asker(bot, "U9", { outsider: true });
    expect((await guest("/settings zone:UTC")).reason).toBe("not_allowed");
  });
});
