import { beforeEach, describe, expect, it } from "vitest";
import { auditLines, verifyAudit } from "../../src/authority/audit.ts";
import { HELD_TABLES, heldFor } from "../../src/authority/held.ts";
import type { Reply } from "../../src/reply/reply.ts";
import type { Change } from "../../src/stores/book.ts";
import type { Target } from "../../src/stores/records.ts";
import { digestOf, postOf, ruleOf } from "../authority/records.ts";
import { TODAY, testBot } from "../bot.ts";
import type { TestBot } from "../bot.ts";
import { DM, asker, buttons } from "./asker.ts";

const ME = "U4ME";
const tenant = "slack:T1";
let bot: TestBot;
let me: (text: string) => Promise<Reply>;
let other: (text: string) => Promise<Reply>;
let admin: (text: string) => Promise<Reply>;
let now = TODAY;

const to = (kind: "dm" | "channel", id: string): Target => ({
  platform: "slack",
  tenant,
  kind,
  id,
});
const rule = (id: string, owner: string, home: Target, text: string): Change => ({
  table: "rules",
  key: `${tenant}|${id}`,
  value: ruleOf({ id, tenant, owner, home, text }),
});
const EVENT = "on layoff where people >= 500";

beforeEach(async () => {
  bot = await testBot({ clock: () => (now += 5_000) });
  me = asker(bot, ME);
  other = asker(bot, "U2");
  admin = asker(bot, "U3", { admin: true });
  await me("/watch add mine google,meta");
  await me("/settings zone:Europe/Berlin");
  await admin(`/settings workspace managers:${ME},U8`);
  await me("/privacy delete workspace");
  await other("/settings zone:Asia/Tokyo");
  await bot.book.commit([
    rule("direct", ME, to("dm", "D7"), EVENT),
    rule("shared", ME, to("channel", "C1"), `${EVENT} notify #market, @me`),
    rule("alone", ME, to("channel", "C1"), `${EVENT} notify @me`),
    rule("theirs", "U2", to("channel", "C1"), EVENT),
    {
      table: "rules",
      key: `${tenant}|muted`,
      value: ruleOf({
        id: "muted",
        tenant,
        owner: "U2",
        mutedBy: ME,
        snooze: { until: 9, by: ME },
        paused: { reason: "by-owner", since: 1, by: ME },
      }),
    },
    {
      table: "digests",
      key: `${tenant}|weekly`,
      value: digestOf({ id: "weekly", tenant, owner: ME }),
    },
    {
      table: "digests",
      key: `${tenant}|private`,
      value: digestOf({ id: "private", tenant, owner: ME, target: to("dm", ME) }),
    },
    {
      table: "slots",
      key: `${tenant}|private|2026-W10`,
      value: {
        digest: "private",
        tenant,
        period: "2026-W10",
        dueAt: 1,
        status: "posted",
        reason: null,
        at: 1,
      },
    },
    {
      table: "posts",
      key: `${tenant}|p1`,
      value: postOf({ postKey: "p1", tenant, target: to("dm", ME) }),
    },
    {
      table: "posts",
      key: `${tenant}|p2`,
      value: postOf({ postKey: "p2", tenant, target: to("channel", "C1") }),
    },
  ]);
});

const everything = () =>
  JSON.stringify(HELD_TABLES.flatMap((table) => bot.book.list<typeof table>(table)));

describe("what is stored about me", () => {
  it("is counted and listed by id", async () => {
    const shown = await me("/privacy");
    expect(shown.figures).toMatchObject({
      rules: 4,
      digests: 2,
      watches: 1,
      settings: 2,
      slots: 1,
      posts: 1,
      audit: 4,
    });
    expect(JSON.stringify(shown)).toContain("direct");
    expect(JSON.stringify(shown)).not.toContain("theirs");
  });
  it("comes as a JSON file with all of it and nobody else's", async () => {
    const [file] = (await me("/privacy export")).files;
    expect(file).toMatchObject({ name: "market-pulse-me.json", mediaType: "application/json" });
    const content: unknown = JSON.parse(file!.content);
    expect(content).toMatchObject({
      tenant,
      rules: [{ id: "alone" }, { id: "direct" }, { id: "muted" }, { id: "shared" }],
      watches: [{ name: "mine", companies: ["google", "meta"] }],
    });
    expect(file!.content).not.toContain("Asia/Tokyo");
  });
  it("is also a guest's to see", async () => {
    const guest = asker(bot, "U9", { outsider: true, place: DM });
    expect((await guest("/privacy")).figures["total"]).toBe(0);
  });
});

describe("deleting what is stored about me", () => {
  it("asks first, and changes nothing until confirmed", async () => {
    const before = everything();
    const asked = await me("/privacy delete");
    expect(asked.actions[0]).toEqual({
      label: "Delete for good",
      run: "/privacy delete me confirm:yes",
      style: "danger",
    });
    expect(everything()).toBe(before);
  });
  it("leaves my id nowhere, keeps what channels use, and the log whole", async () => {
    const before = auditLines(bot.book, tenant).length;
    const done = await me(buttons(await me("/privacy delete"))[0]!);
    expect(done).toMatchObject({ figures: { total: 0, changed: true } });
    expect(everything()).not.toContain(ME);
    expect(bot.book.list("rules").map(({ value }) => [value.id, value.text])).toEqual([
      ["muted", "when people(7d) > 10000 notify here"],
      ["shared", `${EVENT} notify #market`],
      ["theirs", EVENT],
    ]);
    expect(bot.book.get("rules", `${tenant}|shared`)?.value.owner).toMatch(
      /^forgotten-[0-9a-f]{16}$/,
    );
    expect(bot.book.list("digests").map(({ value }) => value.id)).toEqual(["weekly"]);
    expect(bot.book.list("slots")).toEqual([]);
    expect(bot.book.list("posts").map(({ value }) => value.postKey)).toEqual(["p2"]);
    expect(bot.book.list("settings").map(({ value }) => [value.scope, value.managers])).toEqual([
      ["me", undefined],
      ["workspace", ["U8"]],
    ]);
    const lines = auditLines(bot.book, tenant);
    expect(verifyAudit(lines)).toEqual({ intact: true, lines: before + 1, first: 1 });
    expect(lines.at(-1)?.value.act).toBe("privacy-me");
    expect((await other("/settings")).figures["zone"]).toBe("Asia/Tokyo");
  });
  it("twice is already so", async () => {
    await me("/privacy delete confirm:yes");
    const before = everything();
    const again = await me("/privacy delete confirm:yes");
    expect(again.figures).toEqual({ total: 0, changed: false });
    expect(again.title).toContain("already so");
    expect(everything()).toBe(before);
  });
  it("gives another alias each time, so that two of them are never joined", async () => {
    await me("/privacy delete confirm:yes");
    const first = bot.book.get("watches", `${tenant}|mine`)?.value.owner;
    await me("/watch add again amazon");
    await me("/privacy delete confirm:yes");
    const second = bot.book.get("watches", `${tenant}|again`)?.value.owner;
    expect(first).not.toBe(second);
    expect(everything()).not.toContain(ME);
  });
  it("in my direct messages on Discord leaves no byte of me", async () => {
    const alone = asker(bot, "4242", { tenant: "discord:dm:4242", place: DM });
    await alone("/settings zone:Europe/Berlin");
    await alone("/watch add mine google");
    expect(everything()).toContain("4242");
    expect((await alone("/privacy delete confirm:yes")).reason).toBeUndefined();
    expect(everything()).not.toContain("4242");
  });
});

describe("a whole workspace", () => {
  it("is for admins only", async () => {
    for (const text of [
      "/privacy show workspace",
      "/privacy export what:workspace",
      "/privacy delete workspace confirm:yes",
    ])
      expect((await other(text)).reason).toBe("not_allowed");
  });
  it("is shown with the newest changes and whether the log is whole", async () => {
    const shown = await admin("/privacy show workspace");
    expect(JSON.stringify(shown.blocks)).toContain("The log is whole");
    const [first] = auditLines(bot.book, tenant);
    await bot.book.commit([
      { table: "audit", key: first!.key, value: { ...first!.value, actor: "X" } },
    ]);
    expect(JSON.stringify((await admin("/privacy show workspace")).blocks)).toContain("tampered");
  });
  it("is exported whole, and who took it is written down", async () => {
    const [file] = (await admin("/privacy export what:workspace")).files;
    expect(file!.content).toContain("Asia/Tokyo");
    expect(auditLines(bot.book, tenant).at(-1)?.value).toMatchObject({
      actor: "U3",
      act: "export-all",
      outcome: "done",
    });
  });
  it("is deleted but for one line without an id, and other workspaces stay", async () => {
    const elsewhere = asker(bot, "U1", { tenant: "slack:T12" });
    await elsewhere("/watch add bigtech google");
    expect((await admin("/privacy delete workspace confirm:yes")).reason).toBeUndefined();
    const held = heldFor(bot.book, tenant);
    expect(HELD_TABLES.filter((table) => held[table].length > 0)).toEqual(["audit"]);
    expect(held.audit).toMatchObject([{ value: { act: "delete-all", outcome: "done" } }]);
    expect(JSON.stringify(held)).not.toMatch(/U3|U2|U4ME/);
    expect(verifyAudit(held.audit).intact).toBe(true);
    expect((await elsewhere("/watch")).figures["sets"]).toHaveLength(1);
  });
});
